"""What both readers say together: the second one's doubt, weighed with the first one's score.

Our own encoder tells of everything it holds possible; each reader errs in its own way, so that
their sum is right more often than either. How much the first one's score counts, and the mark from
which a post is sent to a second person, were set by posts that neither had seen (`together.json`,
written by `make train-reader`). A reader it does not name is believed as it is.
"""

import json
from dataclasses import dataclass, replace
from functools import cache
from math import log
from pathlib import Path

from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.second import SecondReading, Suspected
from shared.policy.verdict import Candidate

SMALLEST = 1e-4
"""A probability nearer to 0 or 1 than this says no more."""


@dataclass(frozen=True)
class Agreement:
    """How the scores of the first reader and of the encoder called `reader` are added up."""

    reader: str
    weight: float
    mark: float


@cache
def agreement() -> Agreement:
    """The one that ships with the code."""
    source = Path(__file__).with_name("together.json").read_text(encoding="utf-8")
    return Agreement(**json.loads(source))


def together(second: SecondReading, candidate: Candidate, pack: Pack) -> SecondReading:
    """What the second reader suspects, without what the first one holds too unlikely."""
    agreed = agreement()
    if second.version.split(" ")[0] != agreed.reader:
        return second
    scores = Reading(candidate).judged_by(pack.model).scores

    def is_held(one: Suspected) -> bool:
        first = scores.get(one.rule)
        return first is None or (log_odds(one.probability) + agreed.weight * first >= agreed.mark)

    return replace(second, suspected=tuple(filter(is_held, second.suspected)))


def log_odds(probability: float) -> float:
    """The logarithm of the odds, with what is nearly certain held back."""
    held = min(max(probability, SMALLEST), 1 - SMALLEST)
    return log(held / (1 - held))
