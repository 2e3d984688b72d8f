"""Words from an archive on a terminal: what would steer it, or cannot be seen, is spelled."""

import unicodedata
from collections.abc import Iterator

UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
BEHIND = "      "


def plain(text: str) -> str:
    """The text on one line."""
    return "".join(
        f"\\u{{{ord(each):x}}}" if unicodedata.category(each) in UNSEEN else each for each in text
    )


def indented(text: str, label: str = "  ") -> Iterator[str]:
    """The text line by line, the first behind its label."""
    first, *rest = text.split("\n")
    yield f"{label}{plain(first)}"
    for line in rest:
        yield f"{BEHIND}{plain(line)}"
