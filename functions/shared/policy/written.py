"""Hosts whose dots are written out: `bit dot ly`, `example[.]org`, `example . org`.

People do so to get past filters, or because they speak their posts. A written dot is believed
only before an ending that is no everyday word, so that `polka dot dress` stays a dress; and not
behind a spelt-out name and `at`, which is an e-mail address.
"""

import re
from collections.abc import Iterator

_DOT = r"(?:\s{0,2}[\[({<]\s{0,2}(?:\.|d[o0]t)\s{0,2}[\])}>]\s{0,2}|\s{1,2}d[o0]t\s{1,2}|\s\.\s)"
_HOST = re.compile(
    rf"(?<![\w@.\-])[\w-]++(?:(?:{_DOT}|\.)[\w-]++){{0,6}}?{_DOT}[\w-]++"
    rf"(?:(?:{_DOT}|\.)[\w-]++){{0,6}}",
    re.IGNORECASE,
)
_ANY_DOT = re.compile(rf"{_DOT}|\.", re.IGNORECASE)
_DISGUISED = re.compile(_DOT, re.IGNORECASE)
_BRACKETED = re.compile(r"[\[({<]\s{0,2}\.\s{0,2}[\])}>]")
_PATH = re.compile(r"(?:\s{0,2}/\s{0,2}|\sslash\s)\w[\w-]*+", re.IGNORECASE)
_PAUSE = re.compile(r"[,;:!?]|\.\s")
_AT = re.compile(r"(?:\bat|[\[(]at[\])]|@)\s?\Z", re.IGNORECASE)
_SPELT_OUT = re.compile(
    r"[_\d]|underscore|hyphen|e-?mail"
    r"|\b(?:d[o0]t|one|two|three|four|five|six|seven|eight|nine)\b",
    re.IGNORECASE,
)
_LOOK_BACK = 60  # code points before a host in which the name of a mailbox may stand
_MOST_WORDS = 4  # of that name

_ENDINGS = frozenset(
    """com org net uk co info biz eu io ly gl gg tv xyz cc ie fr de pl ro nl be app dev online
    site website wales cymru scot london gov edu example test""".split()  # noqa: SIM905 - as above
)

Host = tuple[int, int, str, int]
"""Start and end of the address, the host with real dots, and where the host ends."""


def hosts_written_out(plain: str) -> Iterator[Host]:
    """Every host with a written-out dot, with the path that may follow, in order."""
    if not _may_hold_one(plain):
        return
    for match in _HOST.finditer(plain):
        labels = _ANY_DOT.split(match.group())
        while len(labels) > 1 and labels[-1].lower() not in _ENDINGS:
            labels.pop()
        size = _end_of_labels(match.group(), len(labels))
        if len(labels) == 1 or not _DISGUISED.search(match.group()[:size]):
            continue
        host_end = match.start() + size
        path = _PATH.match(plain, host_end)
        if path or not _is_mailbox(plain, match.start()):
            yield match.start(), path.end() if path else host_end, ".".join(labels), host_end


def _may_hold_one(plain: str) -> bool:
    """False for nearly every post, found without reading it word by word."""
    lower = plain.lower()
    told = "dot" in lower or "d0t" in lower or " . " in plain
    return told or _BRACKETED.search(plain) is not None


def _end_of_labels(stretch: str, count: int) -> int:
    """Where the first `count` labels of a written address end."""
    dots = list(_ANY_DOT.finditer(stretch))
    return dots[count - 1].start() if count <= len(dots) else len(stretch)


def _is_mailbox(plain: str, start: int) -> bool:
    """True if what stands before a host is `at` and a name spelt out."""
    before = plain[max(0, start - _LOOK_BACK) : start]
    at = _AT.search(before)
    if not at:
        return False
    name = _PAUSE.split(before[: at.start()])[-1].split()[-_MOST_WORDS:]
    return _SPELT_OUT.search(" ".join(name)) is not None
