"""A text in the pieces a platform counts it by, each with its weight, from the front.

Everything here is lazy and reads each character a fixed number of times, because a text may be a
hundred thousand flags and only its beginning be wanted. `regex` is loaded for what the standard
`re` cannot say (graphemes, emoji), and only when a post may hold it.
"""

import re
from collections.abc import Iterator
from functools import cache
from heapq import merge
from typing import Any, NamedTuple

from shared.posts.limits import Counting, Limit
from shared.posts.weblinks import steps

HEAVY = re.compile(r"[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
"""What weighs 2 on X where no emoji is concerned."""

# ©, ®, ‼, ⁉, the keycap and all from ™ on. Said by what it leaves out, because a range that long
# takes 3 ms to compile, at every cold start.
_MAY_BE_EMOJI = re.compile(
    r"[^\u0000-\u00a8\u00aa-\u00ad\u00af-\u203b\u203d-\u2048\u204a-\u20e2\u20e4-\u2121]"
)
_EMOJI = (
    r"\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3"
    r"|(?![0-9#*]|[\u00A9\u00AE](?!\uFE0F))\p{Emoji}(?:\p{EMod}|\uFE0F)?(?:[\U000E0020-\U000E007E]+\U000E007F)?"
    r"(?:\u200D(?![0-9#*])\p{Emoji}(?:\p{EMod}|\uFE0F)?)*"
)
_MENTION = re.compile(r"(?<![=/\w])@[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?(@[\w.-]*\w)")
_FLAGS = re.compile(r"[\U0001F1E6-\U0001F1FF]{8,}")  # in one go `regex` needs a second for a page

Entity = tuple[int, int, int]
"""Start, end and weight of what does not weigh what it measures."""


class Piece(NamedTuple):
    """A stretch up to `end`; `each` is the weight of every code point, 0 if it stays whole."""

    end: int
    weight: int
    each: int


def pieces(counted: str, limit: Limit) -> Iterator[Piece]:
    """The text in pieces, lazily, because only its beginning may be wanted."""
    if limit.counting is Counting.CHARACTERS:
        yield Piece(len(counted), len(counted), 1)
        return
    within = _x_pieces if limit.counting is Counting.X else _grapheme_pieces
    last = 0
    for start, end, weight in _entities(counted, limit):
        if start > last:
            yield from within(counted[last:start], last)
        yield Piece(end, weight, 0)
        last = max(last, end)
    yield from within(counted[last:], last)


def _entities(counted: str, limit: Limit) -> Iterator[Entity]:
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


def _links(counted: str, limit: Limit, *, bare: bool) -> Iterator[Entity]:
    for step in steps(counted, bare=bare):
        for start, end in step.links:
            yield start, end, limit.url_length
        yield step.end, step.end, 0


def _x_pieces(stretch: str, offset: int) -> Iterator[Piece]:
    """A stretch without links: emoji weigh 2, light code points 1, heavy ones 2."""
    if stretch.isascii():
        yield Piece(offset + len(stretch), len(stretch), 1)
        return
    last = 0
    emoji = _emoji().finditer(stretch) if _MAY_BE_EMOJI.search(stretch) else ()
    for match in emoji:
        yield from _x_plain(stretch, last, match.start(), offset)
        yield Piece(offset + match.end(), 2, 0)
        last = match.end()
    yield from _x_plain(stretch, last, len(stretch), offset)


def _x_plain(stretch: str, start: int, end: int, offset: int) -> Iterator[Piece]:
    """Light and heavy runs between two emoji."""
    while start < end:
        heavy = HEAVY.search(stretch, start, end)
        run_end = heavy.start() if heavy else end
        if run_end > start:
            yield Piece(offset + run_end, run_end - start, 1)
        if heavy:
            yield Piece(offset + heavy.end(), 2, 0)
        start = heavy.end() if heavy else end


def _grapheme_pieces(stretch: str, offset: int) -> Iterator[Piece]:
    """A stretch counted as a reader would; a flag is two letters, whatever came before."""
    if stretch.isascii() and "\r" not in stretch:
        yield Piece(offset + len(stretch), len(stretch), 1)
        return
    last = 0
    for flags in _FLAGS.finditer(stretch):
        yield from _clusters(stretch[last : flags.start()], offset + last)
        last = flags.start() + (len(flags.group()) - 1) // 2 * 2
        for end in range(flags.start() + 2, last + 1, 2):
            yield Piece(offset + end, 1, 0)
    yield from _clusters(stretch[last:], offset + last)


def _clusters(stretch: str, offset: int) -> Iterator[Piece]:
    for match in _grapheme().finditer(stretch) if stretch else ():
        yield Piece(offset + match.end(), 1, 0)


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
