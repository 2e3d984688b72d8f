"""Reading a pack field by field, so that what is wrong with it can be named.

Every question takes a name, gives the value in its Python shape, or raises InvalidPackError with
the path of the field; `nothing_else` refuses the fields nobody asked for, which are mostly slips
of the pen.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from shared.policy.errors import InvalidPackError

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]+\Z")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")


class Fields:
    """One JSON object of a pack, and where in the pack it stands."""

    def __init__(self, content: Mapping[str, Any], place: str = "") -> None:
        self._content = content
        self._place = place
        self._asked: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._content

    def is_given(self, name: str) -> bool:
        """False where the object says null."""
        return self._content[name] is not None

    def path(self, name: str) -> str:
        """The field's name, with those of the objects around it."""
        return f"{self._place}.{name}" if self._place else name

    def names(self) -> tuple[str, ...]:
        """Every name in the object."""
        return tuple(self._content)

    def only(self, known: Sequence[str]) -> None:
        """Refuse names that are not known."""
        for name in self._content:
            if name not in known:
                raise InvalidPackError(self.path(name), f"is none of {', '.join(known)}")

    def nothing_else(self) -> None:
        """Refuse names that nobody asked for."""
        for name in self._content:
            if name not in self._asked:
                raise InvalidPackError(self.path(name), "is not a field of a pack")

    def text(self, name: str) -> str:
        """A sentence or name, not empty."""
        value = self._value(name, str)
        if not value.strip():
            raise InvalidPackError(self.path(name), "is empty")
        return str(value)

    def word(self, name: str) -> str:
        """Letters, digits, dots, hyphens and underscores: 64 at most."""
        value = self.text(name)
        if not _WORD.match(value):
            raise InvalidPackError(self.path(name), "may hold letters, digits and ._- only")
        return value

    def number(self, name: str) -> int:
        """A whole number from 1 up."""
        value = self._value(name, int)
        if isinstance(value, bool) or value < 1:
            raise InvalidPackError(self.path(name), "is not a whole number from 1 up")
        return int(value)

    def day(self, name: str) -> date:
        """A date as YYYY-MM-DD."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError as error:
            raise InvalidPackError(self.path(name), "is not a date as YYYY-MM-DD") from error

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """One of the words that are known."""
        value = self.text(name)
        if value not in choices:
            raise InvalidPackError(self.path(name), f"is none of {', '.join(choices)}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, none empty, none twice."""
        values = self._value(name, list)
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise InvalidPackError(self.path(name), "is not a list of texts")
        if len(set(values)) < len(values):
            raise InvalidPackError(self.path(name), "holds something twice")
        return tuple(values)

    def hosts(self, name: str) -> tuple[str, ...]:
        """A list of host names in lower case, without scheme, path or wildcard."""
        values = self.texts(name)
        for value in values:
            if not _HOST.match(value):
                raise InvalidPackError(self.path(name), f"holds {value!r}, which is no host name")
        return values

    def group(self, name: str) -> "Fields":
        """An object within."""
        return Fields(self._value(name, dict), self.path(name))

    def groups(self, name: str) -> Iterator[tuple[str, "Fields"]]:
        """Every object within an object, by name."""
        group = self.group(name)
        for inner in group.names():
            yield inner, group.group(inner)

    def optional_groups(self, name: str) -> Iterator[tuple[str, "Fields | None"]]:
        """Every object within an object, by name; None where it says null."""
        group = self.group(name)
        for inner in group.names():
            yield inner, group.group(inner) if group.is_given(inner) else None

    def _value(self, name: str, kind: type) -> Any:
        self._asked.add(name)
        if name not in self._content:
            raise InvalidPackError(self.path(name), "is missing")
        value = self._content[name]
        if not isinstance(value, kind):
            words = {str: "text", int: "a whole number", list: "a list", dict: "an object"}
            raise InvalidPackError(self.path(name), f"is not {words[kind]}")
        return value
