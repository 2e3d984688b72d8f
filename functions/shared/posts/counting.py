"""How long a post is, counted as each platform counts.

The story: a text is walked in `_Piece`s, each with its weight; `length` adds them all, `overflow`
stops as soon as the limit is behind it and says from which word on the post does not fit.

- x: NFC; a link, bare or not, weighs `url_length`; an emoji sequence 2; Latin and its neighbours
  1; all else 2 (docs.x.com, Counting characters; policy.md B32)
- graphemes: what a reader takes for one character (Bluesky; policy.md B33)
- mastodon: graphemes; a link with http weighs `url_length`, the server's name in a mention
  nothing (its own length validator; policy.md B34)
- characters: code points (LinkedIn, Facebook; policy.md B35; not checked against a server)
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from heapq import merge
from typing import Any, NamedTuple

from shared.posts.weblinks import steps

_HEAVY = re.compile(r"[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_MAY_BE_EMOJI = re.compile(r"[\u00a9\u00ae\u203c\u2049\u20e3\u2122-\U0010ffff]")
_MAY_BE_LINK = re.compile(r"\.[^\s.]")
_EMOJI = (
    r"\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3"
    r"|(?![0-9#*]|[\u00A9\u00AE](?!\uFE0F))\p{Emoji}(?:\p{EMod}|\uFE0F)?(?:[\U000E0020-\U000E007E]+\U000E007F)?"
    r"(?:\u200D(?![0-9#*])\p{Emoji}(?:\p{EMod}|\uFE0F)?)*"
)
_MENTION = re.compile(r"(?<![=/\w])@[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?(@[\w.-]*\w)")
_LINK_GAIN = 19  # a link is at least "a.co"; no link weighs more than 23
_FAR = 4  # limits behind which nobody needs the exact excess
_WIDEST = 4  # code points that normalisation may join into one


class Counting(StrEnum):
    """The ways of counting."""

    X = "x"
    GRAPHEMES = "graphemes"
    MASTODON = "mastodon"
    CHARACTERS = "characters"


@dataclass(frozen=True)
class Limit:
    """How long a post may be: `maximum` in the platform's counting, `maximum_bytes` in UTF-8."""

    maximum: int
    counting: Counting
    url_length: int = 23
    maximum_bytes: int | None = None


@dataclass(frozen=True)
class Overflow:
    """What does not fit: from `start` (code points into the text) on, `characters` and `bytes`
    too many; not `exact` if there are more than that."""

    start: int
    characters: int
    bytes: int
    exact: bool


class _Piece(NamedTuple):
    """A stretch up to `end`; `each` is the weight of every code point, 0 if it stays whole."""

    end: int
    weight: int
    each: int


def length(text: str, limit: Limit) -> int:
    """How long the text is, exactly, in the platform's counting."""
    return sum(piece.weight for piece in _pieces(_counted(text, limit), limit))


def fits(text: str, limit: Limit) -> bool:
    """True if the text may be published as it is."""
    return overflow(text, limit) is None


def overflow(text: str, limit: Limit) -> Overflow | None:
    """What does not fit, or None; says so of most posts without counting them."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
    spare = limit.maximum_bytes is None or size <= limit.maximum_bytes
    if spare and _at_most(text, limit) <= limit.maximum:
        return None
    counted = _counted(text, limit)
    total, cut = _walk(counted, limit)
    starts = [] if total <= limit.maximum else [_typed_offset(text, counted, cut, limit)]
    too_many = max(0, size - limit.maximum_bytes) if limit.maximum_bytes is not None else 0
    if too_many:
        whole = text.encode("utf-8", "replace")[: limit.maximum_bytes]
        starts.append(len(whole.decode("utf-8", "ignore")))
    if not starts:
        return None
    excess = max(0, total - limit.maximum)
    return Overflow(_word_start(text, min(starts)), excess, too_many, total <= _ceiling(limit))


def _at_most(text: str, limit: Limit) -> int:
    """A number the length cannot exceed, found without looking for links or emoji."""
    if limit.counting in (Counting.GRAPHEMES, Counting.CHARACTERS):
        return len(text)
    if limit.counting is Counting.MASTODON:
        return len(text) + limit.url_length * text.count("://")
    links = _LINK_GAIN * len(_MAY_BE_LINK.findall(text))
    if text.isascii():
        return len(text) + links
    if not unicodedata.is_normalized("NFC", text):
        return _FAR * len(text) + links
    return len(text) + len(_HEAVY.findall(text)) + links


def _ceiling(limit: Limit) -> int:
    """The length beyond which counting stops."""
    return limit.maximum * _FAR


def _walk(counted: str, limit: Limit) -> tuple[int, int]:
    """The length (if below the ceiling), and where in the counted text the limit is reached."""
    total, cut, last = 0, -1, 0
    for piece in _pieces(counted, limit):
        if cut < 0 and total + piece.weight > limit.maximum:
            room = limit.maximum - total
            cut = last + (room // piece.each if piece.each else 0)
        total, last = total + piece.weight, piece.end
        if total > _ceiling(limit):
            break
    return total, cut


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


def _pieces(counted: str, limit: Limit) -> Iterator[_Piece]:
    """The text in pieces, lazily, because only its beginning may be wanted."""
    if limit.counting is Counting.CHARACTERS:
        yield _Piece(len(counted), len(counted), 1)
        return
    within = _x_pieces if limit.counting is Counting.X else _grapheme_pieces
    last = 0
    for start, end, weight in _entities(counted, limit):
        if start > last:
            yield from within(counted[last:start], last)
        yield _Piece(end, weight, 0)
        last = max(last, end)
    yield from within(counted[last:], last)


def _entities(counted: str, limit: Limit) -> Iterator[tuple[int, int, int]]:
    """Start, end and weight of what does not weigh what it measures, in order; some are empty,
    and only say how far the text is read."""
    if limit.counting is Counting.X:
        yield from _links(counted, limit, bare=True)
    if limit.counting is Counting.MASTODON and "." in counted:
        servers = ((*mention.span(1), 0) for mention in _MENTION.finditer(counted))
        last = 0
        for start, end, weight in merge(_links(counted, limit, bare=False), servers):
            if start >= last:
                yield start, end, weight
                last = end


def _links(counted: str, limit: Limit, *, bare: bool) -> Iterator[tuple[int, int, int]]:
    for step in steps(counted, bare=bare):
        for start, end in step.links:
            yield start, end, limit.url_length
        yield step.end, step.end, 0


def _x_pieces(stretch: str, offset: int) -> Iterator[_Piece]:
    """A stretch without links: emoji weigh 2, light code points 1, heavy ones 2."""
    if stretch.isascii():
        yield _Piece(offset + len(stretch), len(stretch), 1)
        return
    last = 0
    emoji = _emoji().finditer(stretch) if _MAY_BE_EMOJI.search(stretch) else ()
    for match in emoji:
        yield from _x_plain(stretch, last, match.start(), offset)
        yield _Piece(offset + match.end(), 2, 0)
        last = match.end()
    yield from _x_plain(stretch, last, len(stretch), offset)


def _x_plain(stretch: str, start: int, end: int, offset: int) -> Iterator[_Piece]:
    """Light and heavy runs between two emoji."""
    while start < end:
        heavy = _HEAVY.search(stretch, start, end)
        run_end = heavy.start() if heavy else end
        if run_end > start:
            yield _Piece(offset + run_end, run_end - start, 1)
        if heavy:
            yield _Piece(offset + heavy.end(), 2, 0)
        start = heavy.end() if heavy else end


def _grapheme_pieces(stretch: str, offset: int) -> Iterator[_Piece]:
    """A stretch counted as a reader would."""
    if stretch.isascii() and "\r" not in stretch:
        yield _Piece(offset + len(stretch), len(stretch), 1)
        return
    for match in _grapheme().finditer(stretch):
        yield _Piece(offset + match.end(), 1, 0)


@cache
def _emoji() -> Any:
    """The pattern of one emoji sequence; `regex` is loaded only when a post may hold one."""
    import regex

    return regex.compile(_EMOJI)


@cache
def _grapheme() -> Any:
    """The pattern of one grapheme cluster; `regex` is loaded only when a post is not ASCII."""
    import regex

    return regex.compile(r"\X")
