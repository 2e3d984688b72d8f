"""How long a post is, counted as each platform counts.

The story: a text is walked in pieces, each with its weight; `length` adds them all, `overflow`
stops when the limit is far behind and says from which word on the post does not fit.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from shared.posts.limits import Counting, Limit
from shared.posts.pieces import HEAVY, pieces

__all__ = ["Counting", "Limit", "Overflow", "length", "overflow"]

_MAY_BE_LINK = re.compile(r"\.[^\s.]")
_SHORTEST_LINK = len("a.co")
_HEAVIEST = 6  # one code point may become three of weight 2 when normalised
_FAR = 4  # limits behind which nobody needs the exact excess
_WIDEST = 4  # code points that normalisation may join into one


@dataclass(frozen=True)
class Overflow:
    """What does not fit: from `start` (code points into the text) on, `characters` and `bytes`
    too many; not `exact` if there are more than that."""

    start: int
    characters: int
    bytes: int
    exact: bool


def length(text: str, limit: Limit) -> int:
    """How long the text is, exactly, in the platform's counting."""
    return sum(piece.weight for piece in pieces(_counted(text, limit), limit))


def overflow(text: str, limit: Limit) -> Overflow | None:
    """What does not fit, or None; says so of most posts without counting them."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
    spare = limit.maximum_bytes is None or size <= limit.maximum_bytes
    if spare and _at_most(text, limit) <= limit.maximum:
        return None
    counted = _counted(text, limit)
    total, cut, exact = _walk(counted, limit)
    starts = [] if cut < 0 else [_typed_offset(text, counted, cut, limit)]
    too_many = max(0, size - limit.maximum_bytes) if limit.maximum_bytes is not None else 0
    if too_many:
        whole = text.encode("utf-8", "replace")[: limit.maximum_bytes]
        starts.append(len(whole.decode("utf-8", "ignore")))
    if not starts:
        return None
    excess = max(0, total - limit.maximum)
    return Overflow(_word_start(text, min(starts)), excess, too_many, exact)


def _at_most(text: str, limit: Limit) -> int:
    """A number the length cannot exceed, found without looking for links or emoji."""
    if limit.counting in (Counting.GRAPHEMES, Counting.CHARACTERS):
        return len(text)
    if limit.counting is Counting.MASTODON:
        return len(text) + limit.url_length * text.count("://")
    gain = max(0, limit.url_length - _SHORTEST_LINK)
    links = gain * len(_MAY_BE_LINK.findall(text))
    if text.isascii():
        return len(text) + links
    if not unicodedata.is_normalized("NFC", text):
        return _HEAVIEST * len(text) + links
    return len(text) + len(HEAVY.findall(text)) + links


def _walk(counted: str, limit: Limit) -> tuple[int, int, bool]:
    """The length, where in the counted text the limit is reached (-1 if nowhere), and whether the
    whole text was counted: far behind the limit nobody goes on."""
    total, cut, last = 0, -1, 0
    for piece in pieces(counted, limit):
        if cut < 0 and total + piece.weight > limit.maximum:
            room = limit.maximum - total
            cut = last + (room // piece.each if piece.each else 0)
        total, last = total + piece.weight, piece.end
        if total > limit.maximum * _FAR:
            break
    return total, cut, last == len(counted)


def _counted(text: str, limit: Limit) -> str:
    """The form of the text that the platform counts."""
    if limit.counting is not Counting.X:
        return text
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return composed.replace("\r\n", "\n") if "\r" in composed else composed


def _typed_offset(text: str, counted: str, offset: int, limit: Limit) -> int:
    """The offset into the text as typed that answers to an offset into the counted text."""
    if counted == text:
        return offset
    reach = range(min(len(text), offset * _WIDEST + _WIDEST) + 1)
    return bisect_right(reach, offset, key=lambda end: len(_counted(text[:end], limit))) - 1


def _word_start(text: str, offset: int) -> int:
    """The start of the word that `offset` stands in, unless that word is all there is."""
    start = offset
    while start and not text[start - 1].isspace():
        start -= 1
    return start if text[:start].strip() else offset
