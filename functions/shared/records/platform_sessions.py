"""Signed-in sessions with platforms, kept between calls so that nobody logs in each time."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from pynamodb.exceptions import PutError

from shared.records.errors import BusyError, NotFoundError
from shared.records.reading import Key, fetch, one
from shared.records.spelling import as_json, from_json, written
from shared.records.tables import Tables
from shared.records.transaction import measure

LEASE = timedelta(seconds=30)
"""Who holds a session for longer has died; a renewal is one request, given up after twenty."""

TURNS = 100
PAUSE = 0.2
"""Seconds between two looks whether the holder is done, and how many: twenty seconds in all."""


class PlatformSessions:
    """Where platform sessions are kept; what the platforms call `Sessions`. One for every attempt,
    or for a run that looks at many accounts: it reads a session once, however often the adapter
    asks for it, until it holds it `alone`.
    """

    def __init__(
        self,
        tables: Tables,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._tables = tables
        self._now = now
        self._pause = pause
        self._read: dict[str, dict[str, Any] | None] = {}

    def foresee(self, names: Iterable[str]) -> None:
        """Read these together, a hundred in one call; None of one that is not there."""
        keys = {name: Key(self._tables.platform_sessions, (name,)) for name in names}
        rows = fetch(self._tables.connection, keys.values())
        for name, key in keys.items():
            self._read[name] = from_json(rows[key].session) if key in rows else None

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

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Hold the session while it is renewed, and read it anew; BusyError where another holder
        does not come to an end.
        """
        until = self._held(f"{name}/held")
        self._read.pop(name, None)
        try:
            yield
        finally:
            self._let_go(f"{name}/held", until)

    def _held(self, lease: str) -> str:
        for _ in range(TURNS):
            now = self._now()
            until = written(now + LEASE)
            if self._put(lease, until, free_at=written(now)):
                return until
            self._pause(PAUSE)
        raise BusyError("PutItem")

    def _put(self, lease: str, until: str, *, free_at: str) -> bool:
        """Take a lease that nobody holds at `free_at`."""
        table = self._tables.platform_sessions
        free = table.name.does_not_exist() | (table.held_until <= free_at)
        try:
            table(name=lease, session="{}", held_until=until).save(free)
        except PutError:
            return False
        return True

    def _let_go(self, lease: str, until: str) -> None:
        """End our own lease; if it has ended and is another's by now, it stays theirs."""
        table = self._tables.platform_sessions
        try:
            table(name=lease, session="{}", held_until=written(self._now())).save(
                table.held_until == until
            )
        except PutError:
            return
