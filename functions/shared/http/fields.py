"""Takes fields out of a JSON object or a form, and collects a sentence for everything wrong.

Nothing is guessed: a field of the wrong type is named, an unknown field is named, and all faults
are reported together, so that a person mends a request once.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from shared.http.problems import FieldFault, InvalidFieldsError

T = TypeVar("T")

LONGEST_NAME = 100
MOST_DIGITS = 9

_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)

_KEY = re.compile(r"[ -~]{1,100}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Fields:
    """Reads one JSON object field by field; `done()` raises InvalidFieldsError with every fault.

    `sentences` says in a form's own words what is wrong with a field, whatever it is.
    """

    def __init__(
        self, source: Mapping[str, Any], sentences: Mapping[str, str] | None = None
    ) -> None:
        self._source = source
        self._sentences = sentences or {}
        self._known: set[str] = set()
        self._faults: list[FieldFault] = []

    def text(
        self,
        name: str,
        *,
        default: str | None = None,
        longest: int = 70_000,
        like: re.Pattern[str] | None = None,
    ) -> str:
        """A string; required unless there is a default. All of it is `like` the pattern."""
        value = self._take(name, default)
        if not isinstance(value, str):
            return self._fault(name, f"“{name}” must be a text.", default or "")
        if len(value) > longest:
            return self._fault(name, f"“{name}” has more than {longest:,} characters.", "")
        if not _is_storable(value):
            return self._fault(
                name, f"“{name}” has characters that are not valid Unicode text.", ""
            )
        if like and not like.fullmatch(value):
            return self._fault(name, f"“{name}” is not spelled as it should be.", "")
        return value

    def maybe_text(self, name: str, *, longest: int = 2_000) -> str | None:
        """A string, or None where the field is absent or null."""
        if self._source.get(name) is None:
            self._known.add(name)
            return None
        faults = len(self._faults)
        text = self.text(name, longest=longest)
        return text if len(self._faults) == faults else None  # wrong once is told once

    def maybe_texts(self, name: str, *, longest: int, most: int = 20) -> tuple[str, ...] | None:
        """A list of texts, which may be empty ones; or None where the field is absent or null."""
        value = self._take(name, None)
        if value is None:
            return None
        good = isinstance(value, list) and len(value) <= most
        if not good or not all(isinstance(v, str) and len(v) <= longest for v in value):
            return self._fault(name, f"“{name}” must be a list of up to {most} texts.", None)
        if not all(map(_is_storable, value)):
            return self._fault(name, f"“{name}” has characters that are not Unicode text.", None)
        return tuple(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Either true or false."""
        value = self._take(name, default)
        if not isinstance(value, bool):
            return self._fault(name, f"“{name}” must be true or false.", default)
        return value

    def one_of(self, name: str, allowed: tuple[str, ...], *, default: str | None = None) -> str:
        """One of a few words."""
        value = self._take(name, default)
        if not isinstance(value, str) or value not in allowed:
            words = ", ".join(allowed)
            return self._fault(name, f"“{name}” must be one of: {words}.", allowed[0])
        return value

    def words(self, name: str, *, most: int = 20) -> tuple[str, ...]:
        """A list of short texts, each once, at least one."""
        value = self._take(name, None)
        good = isinstance(value, list) and 0 < len(value) <= most
        if not good or not all(isinstance(v, str) and 0 < len(v) <= LONGEST_NAME for v in value):
            return self._fault(name, f"“{name}” must be a list of 1 to {most} names.", ())
        if len(set(value)) != len(value):
            return self._fault(name, f"“{name}” names something twice.", ())
        return tuple(value)

    def an_object(self, name: str) -> dict[str, Any]:
        """A JSON object, whatever it holds; required."""
        value = self._take(name, None)
        return (
            value
            if isinstance(value, dict)
            else self._fault(name, f"“{name}” must be a JSON object.", {})
        )

    def maybe_object(self, name: str, *, most: int) -> dict[str, Any]:
        """A JSON object of so many fields at most; empty where it is absent or null."""
        if self._source.get(name) is None:
            self._known.add(name)
            return {}
        value = self.an_object(name)
        if len(value) > most:
            return self._fault(name, f"“{name}” has more than {most} fields.", {})
        return value

    def objects(self, name: str, *, most: int) -> tuple[dict[str, Any], ...]:
        """A list of JSON objects, whatever they hold; at least one."""
        value = self._take(name, None)
        if not isinstance(value, list) or not 0 < len(value) <= most:
            return self._fault(name, f"“{name}” must be a list of 1 to {most}.", ())
        if not all(isinstance(one, dict) for one in value):
            return self._fault(name, f"“{name}” must hold JSON objects.", ())
        return tuple(value)

    def maybe_objects(self, name: str, *, most: int) -> tuple[dict[str, Any], ...]:
        """The same, or none where the field is absent, null or empty."""
        if self._source.get(name) in (None, []):
            self._known.add(name)
            return ()
        return self.objects(name, most=most)

    def maybe_moment(self, name: str) -> datetime | None:
        """An RFC 3339 time with an offset, as UTC; or None where absent or null."""
        value = self._take(name, None)
        if value is None:
            return None
        if isinstance(value, str) and _RFC_3339.fullmatch(value):
            with suppress(ValueError, OverflowError):  # told below, like another spelling
                return datetime.fromisoformat(value.upper()).astimezone(UTC)
        return self._fault(name, f"“{name}” must be a time such as 2026-11-20T18:30:00Z.", None)

    def maybe_day(self, name: str) -> date | None:
        """A day as 2026-11-20; or None where absent, null or empty."""
        value = self._take(name, None)
        if value is None or value == "":
            return None
        if isinstance(value, str) and _DAY.fullmatch(value):
            with suppress(ValueError):  # told below, like another spelling
                return date.fromisoformat(value)
        return self._fault(name, f"“{name}” must be a day such as 2026-11-20.", None)

    def day(self, name: str) -> date:
        """A day as 2026-11-20; required."""
        found = self.maybe_day(name)
        if found is None and not any(fault.field == name for fault in self._faults):
            self._fault(name, f"“{name}” must be a day such as 2026-11-20.", None)
        return found or date.min

    def maybe_number(self, name: str, most: int) -> int | None:
        """A whole number from 0, also as digits; or None where absent, null or empty."""
        value = self._take(name, None)
        if value is None or value == "":
            return None
        if (
            isinstance(value, str)
            and value.isascii()
            and value.isdecimal()
            and len(value) <= MOST_DIGITS
        ):
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        return self._fault(name, f"“{name}” must be a number from 0 to {most}.", None)

    def wrong(self, name: str, sentence: str) -> None:
        """Record a fault found by the caller."""
        self._faults.append(FieldFault(name, sentence))

    def done(self) -> None:
        """Raise if anything was wrong or unknown."""
        for name in self._source:
            if name not in self._known:
                self.wrong(str(name)[:60], f"“{str(name)[:60]}” is not a field of this request.")
        if self._faults:
            raise InvalidFieldsError(tuple(self._faults))

    def _take(self, name: str, default: Any) -> Any:
        self._known.add(name)
        return self._source.get(name, default)

    def _fault(self, name: str, sentence: str, instead: T) -> T:
        self.wrong(name, self._sentences.get(name, sentence))
        return instead


def key_from(header: str | None) -> str | None:
    """The Idempotency-Key of a request, None if it has none; InvalidFieldsError."""
    if header is not None and not _KEY.fullmatch(header):
        sentence = "The Idempotency-Key must be 1 to 100 printable characters."
        raise InvalidFieldsError((FieldFault("Idempotency-Key", sentence),))
    return header


def _is_storable(text: str) -> bool:
    """False for lone surrogates and NUL, which no platform and no table keeps."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\x00" not in text
