"""Where a post sends its readers: every address in it, however written.

An address is one with a scheme, a bare host, or a host whose dots are written out
(`bit dot ly`, `example[.]org`, `example . org`). E-mail addresses and handles are not.
Each pattern starts only where a word starts and never steps back over what it has read.
"""

import re
from collections.abc import Iterator
from functools import cache
from heapq import merge
from typing import NamedTuple

from shared.posts.domains import top_level_domains

_WITH_SCHEME = re.compile(r"(?<![A-Za-z])(?:h(?:tt|xx)ps?|ftps?):[/\\]{1,3}([^\s<>\"“”]++)", re.I)
_BARE = re.compile(r"(?<![\w@.\-])[\w-]++(?:\.[\w-]++)++")
_HOST = re.compile(r"[\w-]++(?:\.[\w-]++)++")
_WRITTEN_DOT = (
    r"(?:\s{0,2}[\[({<]\s{0,2}(?:\.|d[o0]t)\s{0,2}[\])}>]\s{0,2}|\s{1,2}d[o0]t\s{1,2}|\s\.\s)"
)
_WRITTEN = re.compile(
    rf"(?<![\w@.\-])[\w-]++(?:(?:{_WRITTEN_DOT}|\.)[\w-]++){{0,6}}?{_WRITTEN_DOT}[\w-]++"
    rf"(?:(?:{_WRITTEN_DOT}|\.)[\w-]++){{0,6}}",
    re.I,
)
_BRACKETED = re.compile(r"[\[({<]\s{0,2}\.\s{0,2}[\])}>]")
_PAUSE = re.compile(r"[,;:!?]|\.\s")
_DOT = re.compile(rf"{_WRITTEN_DOT}|\.", re.I)
_WRITTEN_PATH = re.compile(r"(?:\s{0,2}/\s{0,2}|\sslash\s)\w[\w-]*+", re.I)
_PATH_BEGINS = re.compile(r"(?::\d++)?[/?#]|:\d")
_REST = re.compile(r"(?::\d++)?(?:[/?#][^\s<>\"“”]*+)?")
_CLOSING = ".,;:!?'\"’”)]}>»*_"
_AT = re.compile(r"(?:\bat|[\[(]at[\])]|@)\s?\Z", re.I)
_SPELT_OUT = re.compile(
    r"[_\d]|underscore|hyphen|e-?mail|\b(?:d[o0]t|one|two|three|four|five|six|seven|eight|nine)\b", re.I
)
_LOOK_BACK = 60
_MOST_WORDS = 4

MOST_LINKS = 200
"""Beyond this many addresses a text is no post, and reading them all would cost too much."""

_SET_ASIDE = frozenset({"example", "test"})  # RFC 2606: no site has them, drafts do

_ALSO_WORDS = frozenset(
    "ad ag ai al am an app are as at be by cab do go id in io is it la last ls ma md me mo mom mov"
    " ms mt my na ne no now nu of one pa par pe pl pm ps py re rs sa se sh so st tab tm to us we"
    " you zip".split()
)
"""Top-level domains that begin a sentence or end a file name more often than a link."""

_PLAIN_ENDINGS = frozenset(
    "com org net uk co info biz eu io ly gl gg tv xyz cc ie fr de pl ro nl be test example app dev"
    " online site website wales cymru scot london gov edu".split()
)
"""The endings a written-out dot is believed before; `polka dot dress` and its like stay words."""


class Link(NamedTuple):
    """`start` and `end` of the whole address; `host` as found, between `host_start` and
    `host_end`; dots put back where they were `written` out."""

    start: int
    end: int
    host: str
    host_start: int
    host_end: int
    written: bool


def links_in(plain: str) -> Iterator[Link]:
    """Every address in a text whose look-alikes are already folded."""
    last = 0
    kinds = (_with_scheme(plain), _bare(plain), _written(plain))
    for link in merge(*kinds, key=lambda found: (found.start, -found.end)):
        if link.start >= last:
            yield link
            last = link.end


def _with_scheme(plain: str) -> Iterator[Link]:
    if ":" not in plain:
        return
    for match in _WITH_SCHEME.finditer(plain):
        address = match[1].rstrip(_CLOSING)
        if not address:
            continue
        authority = re.split(r"[/\\?#]", address, maxsplit=1)[0]
        user = authority.rfind("@") + 1
        host = re.sub(r":\d*\Z", "", authority[user:])
        start = match.start(1) + user
        end = match.start(1) + len(address)
        yield Link(match.start(), end, host, start, start + len(host), False)


def _bare(plain: str) -> Iterator[Link]:
    position = 0
    while "." in plain and (match := _BARE.search(plain, position)):
        start, position = match.span()
        labels = match.group().split(".")
        if plain[position : position + 1] == "@":
            for link in _behind_user(plain, start, position):
                position = link.end
                yield link
        elif len(labels) > 2 or labels[1].lower() in _endings():
            link = _host(plain, start, position, labels)
            if link:
                position = max(position, link.end)
                yield link


def _host(plain: str, start: int, end: int, labels: list[str]) -> Link | None:
    """The address that begins at `start`, if its labels are meant as one."""
    while len(labels) > 1 and labels[-1].lower() not in _endings():
        labels.pop()
    host = ".".join(labels)
    host_end = start + len(host)
    has_path = host_end == end and _PATH_BEGINS.match(plain, end) is not None
    if len(labels) < 2 or not _is_address(plain, start, labels, has_path):
        return None
    return Link(
        start, _rest_end(plain, end) if has_path else host_end, host, start, host_end, False
    )


def _behind_user(plain: str, start: int, at: int) -> Iterator[Link]:
    """`gov.uk@elsewhere.example/page` is an address with a user's name, not a mailbox."""
    host = _HOST.match(plain, at + 1)
    if host and (plain[host.end() : host.end() + 1] == "/" or plain.startswith("www.", start)):
        yield Link(
            start, _rest_end(plain, host.end()), host.group(), host.start(), host.end(), False
        )


def _written(plain: str) -> Iterator[Link]:
    if not _may_be_written(plain):
        return
    for match in _WRITTEN.finditer(plain):
        labels = _DOT.split(match.group())
        while len(labels) > 1 and labels[-1].lower() not in _PLAIN_ENDINGS:
            labels.pop()
        if len(labels) < 2 or not _written_out(match.group(), labels):
            continue
        end = _end_of_labels(match.group(), len(labels)) + match.start()
        path = _WRITTEN_PATH.match(plain, end)
        if path or not _is_mailbox(plain, match.start()):
            finish = path.end() if path else end
            yield Link(match.start(), finish, ".".join(labels), match.start(), end, True)


def _may_be_written(plain: str) -> bool:
    """False for nearly every post, found without reading it word by word."""
    lower = plain.lower()
    told = "dot" in lower or "d0t" in lower or " . " in plain
    return told or _BRACKETED.search(plain) is not None


def _is_mailbox(plain: str, start: int) -> bool:
    """True if what stands before a host is `at` and a name spelt out."""
    before = plain[max(0, start - _LOOK_BACK) : start]
    at = _AT.search(before)
    if not at:
        return False
    name = _PAUSE.split(before[: at.start()])[-1].split()[-_MOST_WORDS:]
    return _SPELT_OUT.search(" ".join(name)) is not None


def _written_out(stretch: str, labels: list[str]) -> bool:
    """True unless all its dots are plain ones, which `_bare` reads."""
    return stretch[: _end_of_labels(stretch, len(labels))].count(".") != len(labels) - 1 or (
        re.search(r"\s\.\s|[\[({<]", stretch) is not None
    )


def _end_of_labels(stretch: str, count: int) -> int:
    """Where the first `count` labels of a written address end."""
    dots = list(_DOT.finditer(stretch))
    return dots[count - 1].start() if count <= len(dots) else len(stretch)


def _rest_end(plain: str, start: int) -> int:
    rest = _REST.match(plain, start)
    return start + len(rest.group().rstrip(_CLOSING)) if rest else start


def _is_address(plain: str, start: int, labels: list[str], has_path: bool) -> bool:
    """True if a bare host is meant as one, and is not two sentences or a file name run together."""
    ending, name = labels[-1], labels[-2]
    if has_path or labels[0].lower() == "www":
        return True
    if plain[max(0, start - 3) : start] == "///" or "_" in name:
        return False
    if ending.istitle() and not (name.istitle() or name.isupper()):
        return False
    if ending.lower() in _ALSO_WORDS:
        return len(labels) > 2 and len(name) > 2
    return not name.isdigit() or ending.lower() in _PLAIN_ENDINGS


@cache
def _endings() -> frozenset[str]:
    return top_level_domains() | _SET_ASIDE
