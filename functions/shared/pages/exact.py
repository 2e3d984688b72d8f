"""A text cut into runs, so that a page can show exactly what would go out, hidden parts included.

Characters nobody can see (zero width, direction marks, odd spaces, tabs, trailing line ends) are
replaced by their names; spaces that a browser would swallow are marked; links and the words a
finding speaks of are told apart. Joined together, the runs are the text again.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from urllib.parse import urlsplit

from shared.pages.parts import FindingView
from shared.pages.words import SEVERITIES
from shared.posts.looks import Mark


class Look(StrEnum):
    """How a run is to be shown."""

    PLAIN = "plain"
    SPACE = "space"
    HIDDEN = "hidden"
    LINK = "link"


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look; `covered` and `ending` count findings from 1.

    `name` says in words what a hidden run is; `sign` what a platform makes of it.
    """

    text: str
    look: Look
    name: str = ""
    covered: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()
    sign: str = ""


@dataclass(frozen=True)
class LinkLine:
    """A link in the text: as written, and the host it really leads to."""

    written: str
    address: str
    host: str


_UNSEEN_CODES = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{_UNSEEN_CODES}]")
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
# What would be unseen alone but is part of one picture: flags, joined people, coloured signs.
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
_JOINED = "(?<=[\u2190-\U0001faff])\u200d(?=[\u2190-\U0001faff])"
_COLOURED = "[#*0-9\u00a9\u00ae\u2000-\u2bff\u3000-\u33ff\U0001f000-\U0001faff][\ufe0e\ufe0f]"
_INNER = f'[^\\s<>"{_UNSEEN_CODES}]'
_LAST = f"[^\\s<>\".,;:!?)\\]}}'\u2019\u201d{_UNSEEN_CODES}]"
_PARTS = re.compile(
    f"(?P<plain>{_FLAG}|{_JOINED}|{_COLOURED})"
    f"|(?P<link>(?i:https?://|www\\.){_INNER}*{_LAST})"
    r"|(?P<space>^ +| +$| {2,})"
    r"|(?P<other>.)",
    # No IGNORECASE for all: it would fold every sign of the ranges above, 10 ms of a cold start.
    re.DOTALL | re.MULTILINE,
)
_CONTROLS = {"\t": "tab", "\n": "line end", "\r": "carriage return", "\0": "null"}


def runs_of(
    text: str, findings: Sequence[FindingView] = (), marks: Sequence[Mark] | None = None
) -> tuple[Run, ...]:
    """The text in runs, cut wherever its look or the set of findings that cover it changes. With
    `marks`, only what a platform makes a link looks like one.
    """
    spans = [_span(finding, len(text)) for finding in findings]
    edges_of = [*spans, *((mark.start, mark.end) for mark in marks or ())]
    cuts = sorted({edge for span in edges_of if span for edge in span})
    signed = {mark.start: mark for mark in marks or ()}
    runs: list[Run] = []
    mark: Mark | None = None
    for start, end, seen, name in _looks(text):
        look = Look.PLAIN if seen is Look.LINK and marks is not None else seen
        edges = [start, *cuts[bisect_right(cuts, start) : bisect_left(cuts, end)], end]
        for here, there in pairwise(edges):
            mark = signed.get(here, mark if mark and here < mark.end else None)
            covered = tuple(n for n, s in enumerate(spans, 1) if s and s[0] <= here < s[1])
            ending = tuple(n for n, s in enumerate(spans, 1) if s and s[1] == there)
            sign = mark.sign.value if mark else ""
            runs.append(Run(text[here:there], look, name, covered, ending, sign))
    return tuple(runs)


def gravest_first(findings: Sequence[FindingView]) -> tuple[FindingView, ...]:
    """What blocks, then what needs approval, then advice; each in the order of the text."""
    weights = list(SEVERITIES)
    return tuple(sorted(findings, key=lambda f: (weights.index(f.severity), f.start, f.end)))


def links_of(text: str) -> tuple[LinkLine, ...]:
    """Every link in the text, in order, each once."""
    written = dict.fromkeys(text[a:b] for a, b, look, _ in _looks(text) if look is Look.LINK)
    return tuple(_link_line(word) for word in written)


def excerpt(text: str, most: int = 120) -> str:
    """The beginning of a text on one line, for lists; never used where somebody decides."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def _span(finding: FindingView, length: int) -> tuple[int, int] | None:
    if finding.where:
        return None  # it is about other words
    start, end = max(0, finding.start), min(length, finding.end)
    return (start, end) if start < end else None


def _looks(text: str) -> Iterator[tuple[int, int, Look, str]]:
    plain_from = 0
    last_words = len(text.rstrip("\n"))
    for match in _PARTS.finditer(text):
        look, name = _look_of(match, last_words)
        if look is Look.PLAIN:
            continue
        if plain_from < match.start():
            yield plain_from, match.start(), Look.PLAIN, ""
        yield match.start(), match.end(), look, name
        plain_from = match.end()
    if plain_from < len(text):
        yield plain_from, len(text), Look.PLAIN, ""


def _look_of(match: re.Match[str], last_words: int) -> tuple[Look, str]:
    part, seen = match.lastgroup, match.group()
    if part in (Look.LINK, Look.SPACE):
        return Look(part), ""
    shows = seen == " " or (seen == "\n" and match.start() < last_words)
    if part == "other" and not shows and _is_unseen(seen):
        return Look.HIDDEN, _name(seen)
    return Look.PLAIN, ""


def _is_unseen(character: str) -> bool:
    unseen = unicodedata.category(character) in _UNSEEN_CATEGORIES
    return unseen or _UNSEEN.match(character) is not None


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return _CONTROLS.get(character) or unicodedata.name(character, code).lower()


def _link_line(written: str) -> LinkLine:
    address = written if "://" in written else f"https://{written}"
    try:
        host = urlsplit(address).hostname or ""
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except ValueError:
        host = ""
    return LinkLine(written, address, host or "an address nobody can reach")
