"""One look at a platform: a whole answer that can be understood, or exactly one PlatformError."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from shared.platforms.answers import error_for
from shared.platforms.base import NotSentError, UnreachableError
from shared.platforms.strangers import LONGEST_ID, words
from shared.platforms.wire import Answer, WireError

Ask = Callable[[str, Mapping[str, str]], Answer]
"""One request for what stands at a path, with a query; WireError or an error of signing in."""

Absent = Callable[[Answer], bool]
"""Whether an answer says, in the platform's own shape, that there is no such thing."""


class Look:
    """How one platform, called `label` by people, is asked."""

    def __init__(
        self,
        label: str,
        ask: Ask,
        sentence: Callable[[Answer], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._label = label
        self._ask = ask
        self._sentence = sentence
        self._clock = clock

    def answer(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """An answer that is a yes."""
        return self._yes(self._asked(path, query or {}))

    def there(self, path: str, query: Mapping[str, str], is_absent: Absent) -> Answer | None:
        """The same of something that may be gone: None where the platform says so."""
        answer = self._asked(path, query)
        return None if is_absent(answer) else self._yes(answer)

    def _asked(self, path: str, query: Mapping[str, str]) -> Answer:
        try:
            return self._ask(path, query)
        except WireError as error:
            sentence = f"{self._label} could not be read ({error})."
            raise UnreachableError(sentence) from error
        except NotSentError as error:
            raise UnreachableError(str(error)) from error

    def _yes(self, answer: Answer) -> Answer:
        if not answer.ok:
            raise error_for(answer, self._sentence(answer), self._clock(), UnreachableError)
        return answer

    def fields(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The JSON object of an answer."""
        fields = self.answer(path, query).fields()
        if not fields:
            raise UnreachableError(f"{self._label}'s answer was not understood.")
        return fields

    @contextmanager
    def understood(self) -> Iterator[None]:
        """Inside, an answer of another shape than the platform documents is UnreachableError."""
        try:
            yield
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            sentence = f"{self._label}'s answer was not understood."
            raise UnreachableError(sentence) from error


def objects(listed: object) -> list[dict[str, Any]]:
    """A list of JSON objects; TypeError for anything else."""
    if isinstance(listed, list) and all(isinstance(one, dict) for one in listed):
        return listed
    raise TypeError(type(listed).__name__)


def name_of(value: object) -> str:
    """An id as the platform has it; TypeError for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(type(value).__name__)
    named = str(value)
    if not named.strip() or len(named) > LONGEST_ID or not named.isprintable():
        raise ValueError("no id")
    return named


def said(value: object) -> str:
    """The words of a post, safe to keep; TypeError for what are none."""
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return words(value)


def cursor_of(value: object) -> str | None:
    """Where the next page begins; None where there is none; ValueError for what cannot be sent."""
    return None if value in (None, "") else name_of(value)


def count_of(value: object) -> int | None:
    """A count of people or posts; None where the platform tells none."""
    known = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return int(str(value)) if known else None


def place_of(cursor: str | None, first: int) -> int:
    """Where a page begins that is called by its number; `first` without a cursor."""
    return int(cursor) if cursor and cursor.isdecimal() else first
