"""The little of a raw mail that is asked of each of tens of thousands.

The standard library's modern parser takes every header apart by its grammar, which is ten times the
work; `local.mailbox` opens the few mails that somebody looks at with that one.
"""

import re
from email import message_from_string
from email.header import decode_header, make_header
from email.message import Message

HEAD_ENDS = re.compile(r"\r?\n\r?\n")


def header_of(raw: str, name: str) -> str:
    """A header of it in plain words; empty where it has none."""
    return _words(head_of(raw)[name])


def head_of(raw: str) -> "Message[str, str]":
    """Its headers, without what it says."""
    return message_from_string(HEAD_ENDS.split(raw, maxsplit=1)[0])


def told_by(raw: str) -> tuple[str, str, str]:
    """Its subject, whom it is to, and its plain text, which is empty where it has none."""
    mail = message_from_string(raw)
    plain = (_text(part) for part in mail.walk() if part.get_content_type() == "text/plain")
    return _words(mail["Subject"]), _words(mail["To"]), next(plain, "")


def _words(header: str | None) -> str:
    """Folded lines are one line; encoded words are read."""
    if header is None:
        return ""
    unfolded = header.replace("\r", "").replace("\n", "")
    return str(make_header(decode_header(unfolded)))


def _text(part: "Message[str, str]") -> str:
    held = part.get_payload(decode=True)
    words = held if isinstance(held, bytes) else b""
    return words.decode(part.get_content_charset("utf-8"), errors="replace")
