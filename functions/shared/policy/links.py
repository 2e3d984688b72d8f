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
_MAY_BE_WRITTEN = re.compile(r"\bd[o0]t\b|[\[({<]\s{0,2}\.\s{0,2}[\])}>]|\w\s\.\s\w", re.I)
_DOT = re.compile(rf"{_WRITTEN_DOT}|\.", re.I)
_WRITTEN_PATH = re.compile(r"(?:\s{0,2}/\s{0,2}|\sslash\s)\w[\w-]*+", re.I)
_REST = re.compile(r"(?::\d++)?(?:[/?#][^\s<>\"“”]*+)?")
_CLOSING = ".,;:!?'\"’”)]}>»*_"
_MAILBOX_BEFORE = re.compile(
    r"(?:\w{1,30}\s?(?:[_\d]|underscore|hyphen|\bd[o0]t\b|[a-z]+ty-[a-z]+|\b(?:one|two|three|four"
    r"|five|six|seven|eight|nine)\b)[^.!?]{0,40}|\be-?mail[^.!?]{0,40}|@)\s?(?:at|[\[(]at[\])]|@)\s?\Z",
    re.I,
)
_LOOK_BACK = 80

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
    if "." not in plain:
        return
    for match in _BARE.finditer(plain):
        start, end = match.span()
        if plain[end : end + 1] == "@":
            yield from _behind_user(plain, start, end)
            continue
        labels = match.group().split(".")
        while len(labels) > 1 and labels[-1].lower() not in _endings():
            labels.pop()
        host = ".".join(labels)
        rest = _rest_end(plain, start + len(host)) if len(host) == end - start else end
        if len(labels) > 1 and _is_address(plain, start, labels, rest > start + len(host)):
            finish = rest if len(host) == end - start else start + len(host)
            yield Link(start, finish, host, start, start + len(host), False)


def _behind_user(plain: str, start: int, at: int) -> Iterator[Link]:
    """`gov.uk@elsewhere.example/page` is an address with a user's name, not a mailbox."""
    host = _HOST.match(plain, at + 1)
    if host and (plain[host.end() : host.end() + 1] == "/" or plain.startswith("www.", start)):
        yield Link(
            start, _rest_end(plain, host.end()), host.group(), host.start(), host.end(), False
        )


def _written(plain: str) -> Iterator[Link]:
    if not _MAY_BE_WRITTEN.search(plain):
        return
    for match in _WRITTEN.finditer(plain):
        labels = _DOT.split(match.group())
        while len(labels) > 1 and labels[-1].lower() not in _PLAIN_ENDINGS:
            labels.pop()
        if len(labels) < 2 or not _written_out(match.group(), labels):
            continue
        end = _end_of_labels(match.group(), len(labels)) + match.start()
        path = _WRITTEN_PATH.match(plain, end)
        before = plain[max(0, match.start() - _LOOK_BACK) : match.start()]
        if not path and _MAILBOX_BEFORE.search(before):
            continue
        finish = path.end() if path else end
        yield Link(match.start(), finish, ".".join(labels), match.start(), end, True)


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
