"""Whether the words of a post give the credit that its pictures owe."""

import re
from collections.abc import Iterable

_BLANKS = re.compile(r"\s+")


def uncredited(owed: Iterable[str], text: str) -> tuple[str, ...]:
    """Of these credit lines those that the words do not have; blanks and case do not matter."""
    said = _folded(text)
    return tuple(dict.fromkeys(line for line in owed if line and _folded(line) not in said))


def _folded(text: str) -> str:
    return _BLANKS.sub(" ", text).strip().casefold()
