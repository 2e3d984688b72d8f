"""What strangers wrote, made safe to keep: nothing in it can break a line, a page or a table.

A name on a platform may hold line ends, signs that turn the reading direction round, half of a
character, or a megabyte. Names become one line of bounded length; words keep their lines and lose
only what is no character; an address is kept if a browser may follow it.

Millions of names are read in a year, and nearly all of them are harmless, so what plainly is so is
told first, by patterns; only the rest is looked at sign by sign.
"""

import re
import unicodedata
from urllib.parse import urlsplit

LONGEST_NAME = 200
LONGEST_WORDS = 100_000
LONGEST_ADDRESS = 2_000
LONGEST_ID = 1_000

CONTROL, FORMAT, SURROGATE = "Cc", "Cf", "Cs"
JOINERS = frozenset("\u200c\u200d")
"""Signs without ink that make words and emoji what they are."""

TAGS = range(0xE0020, 0xE0080)
"""The letters in the flags of Wales, Scotland and England."""

NOT_SAID = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control signs but for line ends and tabs, and half characters; Unicode will never add to them."""

PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?::[0-9]+)?(?:[/?#][!-~]*)?")
"""What most addresses look like; whatever else may be one is parsed."""


def line(text: object, longest: int = LONGEST_NAME) -> str:
    """One line: no control signs, nothing that turns the direction round, not too long."""
    said = str(text or "")[: 4 * longest]
    # Whatever is printable has neither control signs nor any that turn the direction.
    kept = said if said.isprintable() else "".join(map(_in_line, said))
    return _cut(" ".join(kept.split()), longest)


def words(text: object, longest: int = LONGEST_WORDS) -> str:
    """Words as they were said, with their lines and their direction; half characters and control
    signs are replaced, as no record could hold them."""
    return NOT_SAID.sub("\ufffd", _cut(str(text or "").replace("\r\n", "\n"), longest))


def address(url: object) -> str:
    """An address that may be followed; empty for any other."""
    if not isinstance(url, str) or len(url) > LONGEST_ADDRESS:
        return ""
    if PLAIN_ADDRESS.fullmatch(url):
        return url
    if url != line(url, LONGEST_ADDRESS):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("https", "http") and parts.hostname else ""


def _in_line(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == FORMAT:
        return sign if sign in JOINERS or ord(sign) in TAGS else ""
    if kind in (CONTROL, SURROGATE):
        return " " if sign.isspace() else ""
    return sign


def _cut(text: str, longest: int) -> str:
    """What is left out at the end is shown to be."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
