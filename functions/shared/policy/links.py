"""Where a post sends its readers: every address in it that is written as one.

An address has a scheme, or is a bare host; addresses whose dots are written out are found by
`written`. E-mail addresses and handles are none. Each pattern starts only where a word starts and
never steps back over what it has read, so that a hostile text costs no more than a long one.
"""

import re
from collections.abc import Iterator
from functools import cache
from heapq import merge
from typing import NamedTuple

from shared.policy.lookalikes import fold
from shared.policy.written import hosts_written_out
from shared.posts.domains import top_level_domains

MOST_LINKS = 200
"""Beyond this many addresses a text is no post, and reading them all would cost too much."""

_SCHEME = re.compile(
    r"(?<![A-Za-z])(?:h(?:tt|xx)ps?|ftps?):[/\\]{1,3}([^\s<>\"“”]++)", re.IGNORECASE
)
_AUTHORITY_END = re.compile(r"[/\\?#]")
_PORT_AT_END = re.compile(r":\d*\Z")
_BARE = re.compile(r"(?<![\w@.\-])[\w-]++(?:\.[\w-]++)++")
_HOST = re.compile(r"[\w-]++(?:\.[\w-]++)++")
_PATH_BEGINS = re.compile(r"(?::\d++)?[/?#]|:\d")
_REST = re.compile(r"(?::\d++)?(?:[/?#][^\s<>\"“”]*+)?")
_CLOSING = ".,;:!?'\"’”)]}>»*_"
_THREE_WORDS = "///"  # what3words: three words, two dots, no host

_SET_ASIDE = frozenset({"example", "test"})  # RFC 2606: no site has them, drafts do
_ALSO_WORDS = frozenset(
    """ad ag ai al am an app are as at be by cab do go id in io is it la last ls ma md me mo mom
    mov ms mt my na ne no now nu of one pa par pe pl pm ps py re rs sa se sh so st tab tm to us we
    you zip""".split()  # noqa: SIM905 - a list of fifty quoted words cannot be read
)
_NEVER_WORDS = frozenset({"com", "org", "net", "uk", "eu", "info", "biz", "example", "test"})
_SHORTEST_NAME = 3


class Link(NamedTuple):
    """`start` and `end` of the whole address; `host` as found between `host_start` and
    `host_end`, its dots put back where they were `written` out."""

    start: int
    end: int
    host: str
    host_start: int
    host_end: int
    written: bool = False


def links_in(plain: str) -> Iterator[Link]:
    """Every address in a text whose look-alikes are folded, in order, none within another."""
    last = 0
    kinds = (_with_scheme(plain), _bare(plain), _written_out(plain))
    for link in merge(*kinds, key=lambda found: (found.start, -found.end)):
        if link.start >= last:
            yield link
            last = link.end


def _with_scheme(plain: str) -> Iterator[Link]:
    """Addresses with a scheme lead somewhere whatever their host is: a browser decides."""
    for match in _SCHEME.finditer(plain) if ":" in plain else ():
        address = match[1].rstrip(_CLOSING)
        authority = _AUTHORITY_END.split(address, maxsplit=1)[0]
        user = authority.rfind("@") + 1  # what stands before it is a name, not the host
        host = _PORT_AT_END.sub("", authority[user:])
        start = match.start(1) + user
        if address:
            end = match.start(1) + len(address)
            yield Link(match.start(), end, host, start, start + len(host))


def _bare(plain: str) -> Iterator[Link]:
    """Addresses without a scheme, known by how their host ends."""
    position = 0
    while "." in plain and (match := _BARE.search(plain, position)):
        start, position = match.span()
        labels = match.group().split(".")
        link = None
        if plain[position : position + 1] == "@":
            link = _behind_user(plain, start, position)
        elif len(labels) > len(("name", "ending")) or _is_ending(labels[-1]):
            link = _host_at(plain, start, position, labels)
        if link:
            position = max(position, link.end)
            yield link


def _written_out(plain: str) -> Iterator[Link]:
    for start, end, host, host_end in hosts_written_out(plain):
        yield Link(start, end, host, start, host_end, written=True)


def _behind_user(plain: str, start: int, at: int) -> Link | None:
    """`gov.uk@elsewhere.example/page` is an address with a user's name, not a mailbox."""
    host = _HOST.match(plain, at + 1)
    if not host or not (plain.startswith("/", host.end()) or plain.startswith("www.", start)):
        return None
    return Link(start, _rest_end(plain, host.end()), host.group(), host.start(), host.end())


def _host_at(plain: str, start: int, end: int, labels: list[str]) -> Link | None:
    """The address that begins at `start`, if its labels are meant as one; a sentence that runs on
    behind it (`police.uk.Thanks`) is left out."""
    while len(labels) > 1 and not _is_ending(labels[-1]):
        labels.pop()
    host = ".".join(labels)
    host_end = start + len(host)
    has_path = host_end == end and _PATH_BEGINS.match(plain, end) is not None
    if len(labels) == 1 or not (has_path or _is_meant(plain, start, labels)):
        return None
    return Link(start, _rest_end(plain, end) if has_path else host_end, host, start, host_end)


def _is_meant(plain: str, start: int, labels: list[str]) -> bool:
    """True if a host without a path is meant as one, and is not two sentences run together, a
    time, a file or three words for a place."""
    *_, name, ending = labels
    if labels[0].lower() == "www":
        return True
    if plain.startswith(_THREE_WORDS, max(0, start - len(_THREE_WORDS))) or "_" in name:
        return False
    if ending.istitle() and not (name.istitle() or name.isupper()):
        return False
    if ending.lower() in _ALSO_WORDS:
        return len(labels) > len(("name", "ending")) and len(name) >= _SHORTEST_NAME
    return not name.isdigit() or ending.lower() in _NEVER_WORDS


def _rest_end(plain: str, start: int) -> int:
    """Where the port, path and query end, closing punctuation left to the sentence."""
    rest = _REST.match(plain, start)
    return start + len(rest.group().rstrip(_CLOSING)) if rest else start


def _is_ending(label: str) -> bool:
    return label.lower() in _endings() or label.lower().startswith("xn--")


@cache
def _endings() -> frozenset[str]:
    """Top-level domains as they read once folded, because the text is."""
    folded = ("".join(map(fold, name)) for name in top_level_domains())
    return top_level_domains() | frozenset(folded) | _SET_ASIDE
