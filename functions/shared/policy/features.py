"""What the model looks at in a post: its words, singly and in runs, and the circumstances.

    word             as read, in lower case; digits become 0, particulars their kind (`~mobile`)
    s=stem           a word without its commonest endings
    two or three     neighbouring words, with `<` before the first and `>` behind the last
    n=...            two to four neighbours among which a `^` stands for a word that looks a name
    k= l= r=         kind of post, level of the account, role of the author

A feature counts once, at its first place. Training and reading share this module, so that the
model is asked in the very words it was taught.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from shared.policy.particulars import Particular
from shared.policy.verdict import Candidate

LONGEST = 1_000
"""Words read of one post, marks included; who writes more is asked to have it read by somebody."""

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.!?\n:,]|[^\w\s]")
_STOPS = frozenset(".!?:\n")
_ENDINGS = ("ing", "ed", "es", "s", "ly")
_SHORTEST_STEM = 3
_LONGEST_NUMBER = 8
_DIGITS = str.maketrans("123456789", "000000000")
_NO_APOSTROPHES = str.maketrans("", "", "'’")
_NAME = "^"
_SIGNS = {"\n": "¶"}  # the model is kept in lines

Place = tuple[int, int]
"""The first and the last token of a feature."""


class Tokens(NamedTuple):
    """A text cut up: each token as read, with names masked, and where it stands in the text."""

    read: list[str]
    masked: list[str]
    spans: list[tuple[int, int]]


def tokens_in(plain: str, particulars: Sequence[Particular], everyday: Collection[str]) -> Tokens:
    """Cut up a text; `everyday` are the words that are no names though they begin large."""
    tokens = Tokens([], [], [])
    pieces = _pieces(plain, particulars)
    begins = True
    for index, (text, start, end) in enumerate(pieces):
        first = text[0]
        read = masked = _word(text) if first.isalnum() else _SIGNS.get(text, text)
        if first.isupper() and (len(text) == 1 or not text.isupper()) and read not in everyday:
            large_next = index + 1 < len(pieces) and pieces[index + 1][0][0].isupper()
            masked = _NAME if not begins or large_next else read
        begins = text in _STOPS or (begins and not first.isalnum())
        tokens.read.append(read)
        tokens.masked.append(masked)
        tokens.spans.append((start, end))
    return tokens


def _pieces(plain: str, particulars: Sequence[Particular]) -> list[tuple[str, int, int]]:
    """The words and signs of a text, each with its place; a particular is one piece, its kind."""
    if not particulars:
        return [(match.group(), *match.span()) for match in islice(_TOKEN.finditer(plain), LONGEST)]
    pieces = []
    at = 0
    for one in particulars:
        between = _TOKEN.finditer(plain, at, one.start)
        pieces += [(match.group(), *match.span()) for match in between]
        pieces.append((f"~{one.kind}", one.start, one.end))
        at = one.end
    pieces += [(match.group(), *match.span()) for match in _TOKEN.finditer(plain, at)]
    return pieces[:LONGEST]


def features_of(tokens: Tokens, candidate: Candidate) -> dict[str, Place]:
    """Every feature and its first place; a circumstance has none and says (-1, -1)."""
    places: dict[str, Place] = {}
    first = places.setdefault
    read = ["<", *tokens.read, ">"]
    stems = [_stem(word) for word in tokens.read]
    last = len(tokens.read)
    for index in range(last):
        here = (index, index)
        first(tokens.read[index], here)
        first(f"s={stems[index]}", here)
    for index in range(last + 1):
        # read[index] is the token before `index`: the marks at both ends shift it by one.
        two = f"{read[index]} {read[index + 1]}"
        begin = max(index - 1, 0)
        first(two, (begin, min(index, last - 1)))
        if index < last:
            first(f"{two} {read[index + 2]}", (begin, min(index + 1, last - 1)))
    _add_names(tokens.masked, places)
    for circumstance in circumstances(candidate):
        first(circumstance, (-1, -1))
    return places


def circumstances(candidate: Candidate) -> tuple[str, str, str]:
    """Kind, level and role as features."""
    kind = "original" if candidate.kind == "correction" else candidate.kind
    return (
        f"k={kind}",
        f"l={candidate.account_level}",
        f"r={candidate.author_role}",
    )


def _add_names(masked: list[str], places: dict[str, Place]) -> None:
    """Runs of two to four tokens with a name among them."""
    if _NAME not in masked:
        return
    for size in (2, 3, 4):
        for index in range(len(masked) - size + 1):
            run = masked[index : index + size]
            if _NAME in run:
                places.setdefault(f"n={' '.join(run)}", (index, index + size - 1))


def _word(token: str) -> str:
    word = token.lower().translate(_NO_APOSTROPHES)
    if word.isalpha():
        return word
    return word.translate(_DIGITS)[:_LONGEST_NUMBER]


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
