"""Forms with files in them (multipart/form-data, RFC 7578), read without trusting them.

What a browser calls a file, and of what type, is not looked at: neither can be believed.
"""

import re
from dataclasses import dataclass, field

from shared.http.problems import BadRequestError, UnsupportedTypeError

MOST_PARTS = 60
LONGEST_HEAD = 2_000
_BOUNDARY = re.compile(
    r'multipart/form-data\s*;.*?boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE
)
_NAME = re.compile(
    rb'content-disposition:\s*form-data;[^\r\n]*?\bname="([^"\r\n]{1,100})"', re.IGNORECASE
)
_FILE = re.compile(rb'\bfilename\*?="?', re.IGNORECASE)


@dataclass(frozen=True)
class Sent:
    """What came: texts by field, in order, and files by field; of a file only its bytes."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def multipart(content_type: str, body: bytes) -> Sent:
    """The form in a body; BadRequestError, UnsupportedTypeError."""
    match = _BOUNDARY.match(content_type.strip())
    if match is None:
        raise UnsupportedTypeError("Send the form as multipart/form-data with a boundary.")
    line = b"\r\n--" + (match[1] or match[2]).encode("latin-1", "replace")
    first, *parts = (b"\r\n" + body).split(line, MOST_PARTS + 1)
    ends = bool(parts) and parts[-1].startswith(b"--")
    if first not in {b"", b"\r\n"} or not ends or len(parts) > MOST_PARTS:
        raise _unreadable()
    sent = Sent()
    for part in parts[:-1]:
        _put(sent, part)
    return sent


def _put(sent: Sent, part: bytes) -> None:
    head, blank, content = part.partition(b"\r\n\r\n")
    name = _NAME.search(head)
    if not head.startswith(b"\r\n") or not blank or len(head) > LONGEST_HEAD or name is None:
        raise _unreadable()
    try:
        key = name[1].decode("utf-8")
        if _FILE.search(head):
            sent.files.setdefault(key, content)
        else:
            sent.texts.setdefault(key, []).append(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise _unreadable() from None


def _unreadable() -> BadRequestError:
    return BadRequestError("The form could not be read; go back and send it again.")
