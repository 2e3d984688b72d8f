"""What publishing signs in with (`shared.platforms.keys`), and where it keeps what platforms give
for it.

The secret is never logged and never kept. The tokens of a sign-in are kept here, once for every
platform and every adapter: an answer without tokens never takes the place of good ones.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from typing import Any

from shared.platforms.base import NotSentError, Sessions
from shared.platforms.keys import KEYLESS, CredentialsError, Forgetful, credentials

__all__ = [
    "KEYLESS",
    "CredentialsError",
    "EmptyTokenError",
    "Forgetful",
    "Overheard",
    "Tokens",
    "credentials",
]


class EmptyTokenError(NotSentError):
    """A platform answered a sign-in without tokens; those we had are kept, nothing was sent."""


class Tokens:
    """Where adapters keep their signed-in sessions; guards what is kept."""

    def __init__(self, kept: Sessions) -> None:
        self._kept = kept

    def load(self, name: str) -> dict[str, Any] | None:
        """The stored session, or None."""
        return self._kept.load(name)

    def save(self, name: str, session: dict[str, Any]) -> None:
        """Keep it for the next caller; EmptyTokenError for one that is none."""
        empty = [key for key, value in session.items() if not _is_there(value)]
        if empty or not session:
            raise EmptyTokenError("The platform let us in without a token; ours was kept.")
        self._kept.save(name, session)

    def alone(self, name: str) -> AbstractContextManager[None]:
        """Hold it while it is renewed."""
        return self._kept.alone(name)


class Overheard:
    """Sessions that say when what renews them ends, wherever the platform has told."""

    def __init__(self, kept: Sessions, tell: Callable[[datetime], None]) -> None:
        self._kept = kept
        self._tell = tell

    def load(self, name: str) -> dict[str, Any] | None:
        """The stored session, or None."""
        return self._heard(self._kept.load(name))

    def save(self, name: str, session: dict[str, Any]) -> None:
        """Keep it for the next caller."""
        self._kept.save(name, session)
        self._heard(session)

    def alone(self, name: str) -> AbstractContextManager[None]:
        """Hold it while it is renewed."""
        return self._kept.alone(name)

    def _heard(self, session: dict[str, Any] | None) -> dict[str, Any] | None:
        with suppress(ValueError):
            if told := str((session or {}).get("refresh_ends_at", "")):
                self._tell(datetime.fromisoformat(told))
        return session


def _is_there(value: object) -> bool:
    # "None" is what an adapter that spells everything out makes of nothing.
    return isinstance(value, str) and value.strip() not in {"", "None", "null"}
