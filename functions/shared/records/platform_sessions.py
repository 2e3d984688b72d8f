"""Signed-in sessions with platforms, kept between calls so that nobody logs in each time."""

from typing import Any

from shared.records.errors import NotFoundError
from shared.records.reading import one
from shared.records.spelling import as_json, from_json
from shared.records.tables import Tables
from shared.records.transaction import measure


class PlatformSessions:
    """Where platform sessions are kept; what the platforms call `Sessions`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def load(self, name: str) -> dict[str, Any] | None:
        """The stored session, or None."""
        try:
            session: dict[str, Any] = from_json(one(self._tables.platform_sessions, name).session)
        except NotFoundError:
            return None
        return session

    def save(self, name: str, session: dict[str, Any]) -> None:
        """Keep it for the next caller; the last one to sign in wins."""
        row = self._tables.platform_sessions(name=name, session=as_json(session))
        measure(row)
        row.save()
