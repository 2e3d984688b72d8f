"""What a platform makes of a text: which words it turns into links, mentions and hashtags.

Each looks in its own way: X links bare addresses, Mastodon only whole ones, Bluesky what we tell it
of (`richtext`); Facebook, LinkedIn and the others tell nobody that they were named. Every pattern
reads a character a fixed number of times, because posts may be hostile.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from shared.posts.names import PlatformName


class Sign(StrEnum):
    """What words become on a platform."""

    LINK = "link"
    MENTION = "mention"
    HASHTAG = "hashtag"


@dataclass(frozen=True)
class Mark:
    """A stretch of text, in code points, and what it becomes."""

    start: int
    end: int
    sign: Sign


X, BLUESKY, MASTODON, SANDBOX = map(PlatformName, ("x", "bluesky", "mastodon", "sandbox"))

_NAME = r"(?<![\w@＠#/.&-])[@＠][A-Za-z0-9_]{1,30}(?![\w@])"
_NAME_ON_SERVER = (
    r"(?<![\w@/.])@[A-Za-z0-9_]{1,30}(?:@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})?"
)
_MENTIONS = {X: _NAME, SANDBOX: _NAME, MASTODON: _NAME_ON_SERVER}
_HASHTAG = r"(?<![\w&#＃/])[#＃](?=[\d_]{0,100}[^\W\d_])\w{1,100}"


def marks(text: str, platform: PlatformName) -> tuple[Mark, ...]:
    """What becomes of the words there, in order, none overlapping another."""
    found = sorted(_found(text, platform), key=lambda mark: (mark.start, -mark.end))
    return tuple(_apart(found))


def _found(text: str, platform: PlatformName) -> Iterator[Mark]:
    if platform == BLUESKY:
        from shared.posts.richtext import spans  # `regex` is only wanted here

        for span in spans(text):
            yield Mark(span.start, span.end, Sign.LINK if span.address else Sign.HASHTAG)
        return
    from shared.posts.weblinks import web_links  # many patterns, and only a page wants them

    for start, end in web_links(text, bare=platform != MASTODON):
        yield Mark(start, end, Sign.LINK)
    if platform in _MENTIONS:
        for match in re.finditer(_MENTIONS[platform], text):
            yield Mark(match.start(), match.end(), Sign.MENTION)
    for match in re.finditer(_HASHTAG, text):
        yield Mark(match.start(), match.end(), Sign.HASHTAG)


def _apart(found: Iterable[Mark]) -> Iterator[Mark]:
    reached = 0
    for mark in found:
        if mark.start >= reached:
            yield mark
            reached = mark.end
