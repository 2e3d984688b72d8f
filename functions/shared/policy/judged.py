"""Rules that no pattern can tell: the model judges, and the words that moved it are told.

A score says how sure the model is, and so how much a finding weighs: what is only likely is
advice, what is certain asks for a second person, and only what is sure weighs what the pack says
of the rule. A suggestion leaves words out; that this removes the finding is tried before it is
said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.policy.findings import finding, quoted
from shared.policy.model import Marks
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

__all__ = ["Findings", "Pack", "Reading", "Sentences", "Span", "judged"]

LIKELY, CERTAIN, SURE = "likely", "certain", "sure"

Findings = Iterator[Finding]

Span = tuple[int, int]
"""Start and end."""


@dataclass(frozen=True)
class Sentences:
    """What a rule says of the words it found: `{words}` becomes those words, in quotes."""

    message: str
    suggestion: str


def judged(
    rule: str,
    reading: Reading,
    pack: Pack,
    say: Sentences,
    *,
    told: Sequence[Span] = (),
    strict: bool = False,
) -> Findings:
    """What the model finds of one rule, unless words `told` already (offsets of the plain text)
    are all that moved it; where it is `strict`, what is only likely is let be."""
    judgement = reading.judged_by(pack.model)
    if not judgement.tokens.read:
        return
    score, marks = judgement.scores[rule], pack.model.marks[rule]
    least = marks.certain if strict else marks.likely
    if score < least or (told and judgement.without(rule, told) < least):
        return
    span = reading.typed(*judgement.telling(rule, least))
    words = quoted(reading.text[slice(*span)])
    yield finding(
        rule,
        reading,
        pack,
        span=span,
        message=say.message.format(words=words),
        suggestion=say.suggestion.format(words=words),
        case=_case(score, marks),
    )


def _case(score: float, marks: Marks) -> str:
    """How sure the model is, in the pack's words."""
    if score < marks.certain:
        return LIKELY
    return CERTAIN if score < marks.sure else SURE
