"""Words for a month of invented posts: like the labelled ones, and hardly ever the same twice.

Each word is drawn from those that followed the one before it in the labelled posts. Such text
packs a little worse than what people write (gzip -6 leaves 42 % of it, and 40 % of the labelled
posts), so sizes measured on it are not flattered.
"""

import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from random import Random

from local.tools import ROOT

CORPUS = ROOT / "tests" / "assets" / "corpus"
_WORD = re.compile(r"\S+\s*")
PLACES = ("ash", "crow", "elm", "fern", "hazel", "holm", "kirk", "linden", "marl", "mill", "oak")
ENDS = ("by", "combe", "dale", "field", "ford", "ham", "ley", "stead", "thorpe", "ton", "well")
FEWEST, MOST = 4, 90
"""Words of a text: fewer are no post, and the chain seldom ends by itself later."""


class Words:
    """A drawer of texts; the same seed draws the same."""

    def __init__(self, random: Random, folder: Path = CORPUS) -> None:
        self._random = random
        self._after: dict[str, list[str]] = defaultdict(list)
        for text in _texts(folder):
            words = ["", *_WORD.findall(text), ""]
            for word, following in pairwise(words):
                self._after[word.rstrip()].append(following)

    def text(self) -> str:
        """The words of one post."""
        drawn = self._drawn()
        while len(drawn) < FEWEST:
            drawn += self._drawn()
        return "".join(drawn).strip()

    def sentence(self) -> str:
        """A few words, as somebody gives a reason."""
        return " ".join("".join(self._drawn()[:12]).split())

    def place(self, number: int) -> str:
        """The name of an invented place; there are as many as the numbers that are asked for."""
        first, second = PLACES[number % len(PLACES)], ENDS[number // len(PLACES) % len(ENDS)]
        beyond = number // (len(PLACES) * len(ENDS))
        return f"{first}-{second}-{beyond}" if beyond else f"{first}-{second}"

    def _drawn(self) -> list[str]:
        drawn: list[str] = []
        word = ""
        while len(drawn) < MOST:
            following = self._after[word]
            found = following[int(self._random.random() * len(following))]
            if not found:
                break
            drawn.append(found)
            word = found.rstrip()
        return drawn


def _texts(folder: Path) -> list[str]:
    files = (*sorted(folder.glob("posts*.jsonl")), *sorted(folder.glob("own/*.jsonl")))
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    return list(dict.fromkeys(json.loads(line)["text"] for line in lines))
