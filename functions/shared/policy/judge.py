"""Asks the model about one post, and says which words moved it.

The words told of are the shortest run whose removal takes the score below the mark that it
reached: they are the explanation, and leaving them out is a remedy that is known to work.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from math import inf, sqrt

from shared.policy.features import Place, Tokens, features_of, tokens_in
from shared.policy.model import SHORT, Model, Term
from shared.policy.particulars import Particular
from shared.policy.verdict import Candidate

MARGIN = 0.05
"""How far below its mark a score has to fall: what joins over the gap may add a little."""

_LENGTHS = (1, 2, 3, 4, 6, 8, 11, 15, 21, 30)
"""Lengths of runs that are tried: to the word where they are short."""

_MOST_STARTS = 100
_ROUNDS = 6
_LONG, _FEW_ROUNDS = 300, 2  # tokens of a text in which looking on costs more than it tells


class Judgement:
    """What the model makes of one post."""

    def __init__(
        self,
        plain: str,
        candidate: Candidate,
        particulars: Sequence[Particular],
        model: Model,
    ) -> None:
        self._candidate = candidate
        self._model = model
        self.tokens = tokens_in(plain, particulars, model.everyday)

    @cached_property
    def scores(self) -> Mapping[str, float]:
        """Every rule's score."""
        return dict(zip(self._model.rules, self._model.scores(self._known), strict=True))

    def without(self, rule: str, told: Sequence[tuple[int, int]]) -> float:
        """A rule's score if the words between these offsets of the plain text were not there."""
        left = [
            index
            for index, (start, end) in enumerate(self.tokens.spans)
            if not any(start < last and first < end for first, last in told)
        ]
        known = self._model.known(features_of(_kept(self.tokens, left), self._candidate))
        return self._model.score(self._model.rules.index(rule), known) if left else -inf

    def telling(self, rule: str, mark: float) -> tuple[int, int]:
        """Start and end, in the plain text, of the words that took the score to its mark."""
        index = self._model.rules.index(rule)
        wanted = mark - MARGIN - self._model.biases[index]
        left = list(range(len(self.tokens.read)))
        places, known = self._places, self._known
        first, last = len(left), -1
        for _ in range(_ROUNDS if len(left) < _LONG else _FEW_ROUNDS):
            run = _shortest_run(_Sums(places, known, index, len(left)), wanted, len(left))
            first, last = min(first, left[run[0]]), max(last, left[run[1]])
            del left[run[0] : run[1] + 1]
            places = features_of(_kept(self.tokens, left), self._candidate)
            known = self._model.known(places)
            if not left or self._model.score(index, known) < mark - MARGIN:
                break
        return self.tokens.spans[first][0], self.tokens.spans[last][1]

    @cached_property
    def _places(self) -> dict[str, Place]:
        return features_of(self.tokens, self._candidate)

    @cached_property
    def _known(self) -> dict[str, Term]:
        return self._model.known(self._places)


class _Sums:
    """What the features before a token and behind it add up to, for one rule."""

    def __init__(
        self, places: Mapping[str, Place], known: Mapping[str, Term], index: int, size: int
    ) -> None:
        ending, beginning = [0.0] * size, [0.0] * size
        ending_squares, beginning_squares = [0.0] * size, [0.0] * size
        self.always = self.always_square = 0.0
        for feature, term in known.items():
            weight, square = term.weights.get(index, 0.0), term.square
            first, last = places[feature]
            if last < 0:
                self.always += weight
                self.always_square += square
                continue
            ending[last] += weight
            ending_squares[last] += square
            beginning[first] += weight
            beginning_squares[first] += square
        self.before, self.before_squares = _before(ending), _before(ending_squares)
        self.behind = _before(beginning[::-1])[::-1]
        self.behind_squares = _before(beginning_squares[::-1])[::-1]

    def without(self, first: int, last: int) -> float:
        """The normalised sum of the features that touch none of the tokens from first to last."""
        total = self.always + self.before[first] + self.behind[last + 1]
        square = self.always_square + self.before_squares[first] + self.behind_squares[last + 1]
        return total / max(sqrt(square), SHORT)


def _before(amounts: Sequence[float]) -> list[float]:
    """For each place, the sum of what stands before it; and at the end, of all."""
    return [0.0, *accumulate(amounts)]


def _shortest_run(sums: _Sums, wanted: float, size: int) -> tuple[int, int]:
    """The shortest run of tokens without which the sum is below what is wanted, or if there is
    none, the run without which it is lowest."""
    step = max(1, size // _MOST_STARTS)
    lowest, best = inf, (0, size - 1)
    for length in (tried for tried in _LENGTHS if tried <= size):
        total, first = min(
            (sums.without(first, first + length - 1), first)
            for first in range(0, size - length + 1, step)
        )
        if total < lowest:
            lowest, best = total, (first, first + length - 1)
        if total < wanted:
            break
    return best


def _kept(tokens: Tokens, left: Sequence[int]) -> Tokens:
    """The tokens at some indexes only."""
    return Tokens(
        [tokens.read[index] for index in left],
        [tokens.masked[index] for index in left],
        [tokens.spans[index] for index in left],
    )
