"""Sets how both readers are added up, by the fold that neither was taught."""

import json
from collections.abc import Sequence

import numpy as np

from local.tools import ROOT
from local.training import first_reader
from local.training.labelled import Labelled
from local.training.second_reader import FOLDER
from local.training.small import NAME, chances_of
from shared.policy.together import log_odds

TOGETHER = ROOT / "functions" / "shared" / "policy" / "together.json"

WEIGHT = 2.0
"""What the first reader's score counts beside the encoder's log odds."""

STOPPED = 0.025
"""Share of clean posts that both together may send to a second person."""


def write(apart: Sequence[Labelled], seen: Sequence[Labelled], rules: tuple[str, ...]) -> None:
    """The mark that no more than a share of the clean posts kept apart reaches for any rule."""
    first = first_reader.scores_of(first_reader.unmarked(first_reader.teach(seen, rules)), apart)
    second = np.vectorize(log_odds)(chances_of(FOLDER, apart))
    clean = np.array([post.is_clean for post in apart])
    highest = np.sort((second + WEIGHT * first)[clean].max(axis=1))[::-1]
    mark = round(float(highest[int(STOPPED * clean.sum())]) + 0.005, 3)
    content = {"reader": NAME, "weight": WEIGHT, "mark": mark}
    TOGETHER.write_text(json.dumps(content) + "\n", encoding="utf-8")
