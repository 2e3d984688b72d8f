"""Which words Bluesky shows as links and hashtags: those we tell it of, for it finds none itself.

Mentions stay plain text: naming an account needs its DID, and freezing a request asks no network.
"""

from collections.abc import Iterator
from typing import NamedTuple

import regex

LONGEST_TAG = 64
"""Code points; the server allows 64 graphemes, of which there are never more."""

ENDINGS = ("uk", "com", "org", "net", "info", "eu", "ie", "wales", "cymru", "scot", "london")
SHORT_ENDINGS = ("ly", "be", "gl", "io", "co")
"""Endings that make a bare name a link. A fixed list, because "tonight.We" is no address."""

_FULL = regex.compile(r"(?<![\p{L}\p{N}_])https?://[^\s<>\"“”«»]+", regex.IGNORECASE)
_BARE = regex.compile(
    r"(?<![\p{L}\p{M}\p{N}_@./:#＃-])"
    r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.){1,8}"
    rf"(?:{'|'.join(ENDINGS + SHORT_ENDINGS)})"
    r"(?![\p{L}\p{M}\p{N}_@-]|\.[a-zA-Z0-9])"
    r"(?:[/?#][^\s<>\"“”«»]*)?"
)
_TAG = regex.compile(
    r"(?<![\p{L}\p{M}\p{N}_&/#＃])[#＃](?![\ufe0f\u20e3])"
    r"([\p{N}_]*[\p{L}\p{So}][\p{L}\p{M}\p{N}\p{So}_\u200d\U0001f3fb-\U0001f3ff]*)"
)
_HOSTED = regex.compile(r"https?://[^\s/?#.].*", regex.IGNORECASE)

_TRAILING = ".,;:!?'\"’…·、。，！？；："
_PAIRS = {")": "(", "]": "[", "}": "{", "）": "（", "】": "【", "」": "「"}


class Span(NamedTuple):
    """A stretch of text, in code points: the `address` it leads to, or the `tag` it is."""

    start: int
    end: int
    address: str = ""
    tag: str = ""


def spans(text: str) -> Iterator[Span]:
    """Links before tags where both begin alike; whatever begins inside another is left out."""
    candidates = [*_links(text), *_tags(text)]
    candidates.sort(key=lambda span: (span.start, -span.end))
    reached = 0
    for span in candidates:
        if span.start >= reached:
            yield span
            reached = span.end


def _links(text: str) -> Iterator[Span]:
    for match in _FULL.finditer(text):
        address = _trimmed(match[0])
        if _HOSTED.fullmatch(address):
            yield Span(match.start(), match.start() + len(address), address)
    for match in _BARE.finditer(text):
        address = _trimmed(match[0])
        yield Span(match.start(), match.start() + len(address), f"https://{address}")


def _tags(text: str) -> Iterator[Span]:
    for match in _TAG.finditer(text):
        if len(match[1]) <= LONGEST_TAG:
            yield Span(match.start(), match.end(), tag=match[1])


def _trimmed(address: str) -> str:
    """Without the sentence's own punctuation; a bracket stays if the address opened it."""
    while address:
        last = address[-1]
        opening = _PAIRS.get(last)
        stray = opening is not None and address.count(last) > address.count(opening)
        if last not in _TRAILING and not stray:
            break
        address = address[:-1]
    return address
