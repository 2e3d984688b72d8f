"""The linear model of the first reader: how much each feature says for each rule.

Weights are data that ship with the code (`weights.txt`, written by `make train`), read when first
needed and believed only if they are whole. A post's score for a rule is

    bias + sum of (weight x rarity) over its features / length of the vector of their rarities
                                                        (SHORT at least)

and says nothing by itself; what counts is which of the rule's three marks it reaches, `likely`,
`certain` or `sure`, which were set by posts that the weights had not seen.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

from shared.policy.errors import InvalidPackError

SHORT = 30.0
"""Length of the vector of a post of some eight words; of a shorter one, each word counts no more
than it would in that."""

SCALE = 1_000
"""Weights and rarities are whole thousandths in the file."""


@dataclass(frozen=True)
class Marks:
    """Scores from which a rule is likely, certain and sure to be broken."""

    likely: float
    certain: float
    sure: float


@dataclass(frozen=True)
class Term:
    """What one feature adds: the square of its rarity to the vector's length, and to some rules
    (by index) a weight times rarity."""

    square: float
    weights: Mapping[int, float]


class Model:
    """Weights ready to be asked; a feature's line is taken apart when it is first met."""

    def __init__(self, source: str, name: str = "weights.txt") -> None:
        head, _, body = source.partition("\n")
        try:
            content = json.loads(head)
            self.rules: tuple[str, ...] = tuple(content["rules"])
            self.biases = tuple(float(bias) for bias in content["biases"])
            self.marks = {rule: Marks(*content["marks"][rule]) for rule in self.rules}
            self.everyday = frozenset(content["everyday"].split())
            lines = dict(line.split("\t", 1) for line in body.split("\n") if line)
            self._terms: dict[str, str | Term] = {**lines}
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidPackError(name, f"cannot be read: {error!r}") from error
        if len(self.biases) != len(self.rules) or len(self._terms) != content.get("features"):
            raise InvalidPackError(name, "is not whole")
        self.sha256 = hashlib.sha256(source.encode()).hexdigest()

    def known(self, features: Iterable[str]) -> dict[str, Term]:
        """The features the model was taught, each with what it adds."""
        terms = self._terms
        found = {}
        for feature in features:
            term = terms.get(feature)
            if term is None:
                continue
            if isinstance(term, str):
                term = terms[feature] = _term(term)
            found[feature] = term
        return found

    def scores(self, known: Mapping[str, Term]) -> list[float]:
        """One score a rule, in the order of `rules`."""
        sums = [0.0] * len(self.rules)
        for term in known.values():
            for rule, weight in term.weights.items():
                sums[rule] += weight
        length = _length(known)
        return [bias + total / length for bias, total in zip(self.biases, sums, strict=True)]

    def score(self, rule: int, known: Mapping[str, Term]) -> float:
        """The score of one rule."""
        total = sum(term.weights.get(rule, 0.0) for term in known.values())
        return self.biases[rule] + total / _length(known)


@cache
def bundled_model() -> Model:
    """The weights that ship with the code."""
    return Model(Path(__file__).with_name("weights.txt").read_text(encoding="utf-8"))


def _length(known: Mapping[str, Term]) -> float:
    return max(sqrt(sum(term.square for term in known.values())), SHORT)


def _term(line: str) -> Term:
    """`rarity rule:weight rule:weight ...`, all whole numbers."""
    rarity, *pairs = line.split()
    split = (pair.split(":") for pair in pairs)
    own = int(rarity) / SCALE
    return Term(own * own, {int(rule): int(weight) / SCALE * own for rule, weight in split})
