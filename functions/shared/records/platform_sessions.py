"""Signed-in sessions with platforms, kept between calls so that nobody logs in each time."""

from typing import Any

from shared.records.errors import NotFoundError
from shared.records.reading import one
from shared.records.spelling import as_json, from_json
from shared.records.tables import Tables
from shared.records.transaction import measure


class PlatformSessions:
    """Where platform sessions are kept; what the platforms call `Sessions`. One for every attempt:
    it reads a session once, however often the adapter asks for it.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._read: dict[str, dict[str, Any]] = {}

    def load(self, name: str) -> dict[str, Any] | None:
        """The stored session, or None."""
        if name not in self._read:
            try:
                row = one(self._tables.platform_sessions, name)
            except NotFoundError:
                return None
            self._read[name] = from_json(row.session)
        return self._read[name]

    def save(self, name: str, session: dict[str, Any]) -> None:
        """Keep it for the next caller; the last one to sign in wins."""
        row = self._tables.platform_sessions(name=name, session=as_json(session))
        measure(row)
        row.save()
        self._read[name] = session
