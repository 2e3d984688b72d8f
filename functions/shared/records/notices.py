"""What people are told of once: each notice has a name, and whoever begins it first tells it.

A letter cannot be part of a transaction. So beginning is on record before it leaves, with its leaf,
and that it left afterwards: whoever is killed in between leaves a notice that was begun and not
told, and after some minutes the next one begins it anew. Only a death between the letter and the
note of it tells something twice; nothing is told by nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from pynamodb.exceptions import UpdateError

from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import Key, fetch, one
from shared.records.spelling import moment, written
from shared.records.tables import Tables
from shared.records.together import are_written, commit_each
from shared.records.transaction import Write, commit, setting

PATIENCE = timedelta(minutes=10)
"""After this long whoever began it is taken for dead; no job of ours lasts as long."""

NOTHING_ELSE: Mapping[str, Sequence[Write]] = MappingProxyType({})
CONDITION = "ConditionalCheckFailedException"


@dataclass(frozen=True)
class Notice:
    """When telling of something began, and whether it was told to the end."""

    begun_at: datetime
    told: bool


class Notices:
    """Where notices are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def begin(self, notice_id: str, act: Act, also: Sequence[Write] = ()) -> bool:
        """Whether it is ours to tell, now; then it is on record that it begins, with what is
        written `also` the first time."""
        try:
            commit(self._tables.connection, [*self._beginning(notice_id, act), *also])
        except AlreadyExistsError:
            return self._begun_anew(notice_id, act.at)
        return True

    def begin_each(
        self,
        notices: Iterable[tuple[str, Act]],
        also: Mapping[str, Sequence[Write]] = NOTHING_ELSE,
    ) -> frozenset[str]:
        """Those that are ours to tell, now; that each begins is on record, with what is written
        `also` for it the first time. One of which that changed meanwhile is nobody's yet."""
        asked = tuple(notices)
        writes = [[*self._beginning(name, act), *also.get(name, ())] for name, act in asked]
        outcomes = commit_each(self._tables.connection, writes)
        first = are_written(outcomes, unless=(AlreadyExistsError, ChangedError))
        return frozenset(
            name
            for (name, act), is_first in zip(asked, first, strict=True)
            if is_first or self._begun_anew(name, act.at)
        )

    def told(self, notice_ids: Iterable[str], now: datetime) -> None:
        """They were told; nobody tells them again. NotFoundError of one that nobody began."""
        are_written(
            commit_each(
                self._tables.connection, [[self._telling(each, now)] for each in notice_ids]
            )
        )

    def was_told(self, notice_id: str) -> bool:
        """Whether it was told to the end; begun alone is not."""
        try:
            return one(self._tables.notices, notice_id).told_at is not None
        except NotFoundError:
            return False

    def note(self, name: str, now: datetime) -> None:
        """A run of ours begins, and is `told` when it went through; by itself it tells nobody
        anything, so it has no leaf."""
        self._tables.notices(notice_id=name, begun_at=written(now)).save()

    def several(self, notice_ids: Iterable[str]) -> dict[str, Notice]:
        """Those of these that somebody began."""
        keys = {notice_id: Key(self._tables.notices, (notice_id,)) for notice_id in notice_ids}
        rows = fetch(self._tables.connection, keys.values())
        found = {notice_id: rows[key] for notice_id, key in keys.items() if key in rows}
        return {
            notice_id: Notice(moment(row.begun_at), row.told_at is not None)
            for notice_id, row in found.items()
        }

    def _beginning(self, notice_id: str, act: Act) -> list[Write]:
        table = self._tables.notices
        row = table(notice_id=notice_id, begun_at=written(act.at))
        taken = AlreadyExistsError("notice", notice_id)
        first = Write(row, table.notice_id.does_not_exist(), lambda _: taken)
        return [first, *recording(self._tables, self._pen, act)]

    def _telling(self, notice_id: str, now: datetime) -> Write:
        table = self._tables.notices
        row = table(notice_id=notice_id, told_at=written(now))
        unknown = NotFoundError("notices", notice_id)
        return Write(row, table.notice_id.exists(), lambda _: unknown, setting(row, "told_at"))

    def _begun_anew(self, notice_id: str, now: datetime) -> bool:
        """Whoever began it told nobody, and it is ours now."""
        table = self._tables.notices
        with suppress(NotFoundError):
            found = one(table, notice_id)
            if found.told_at or found.begun_at > written(now - PATIENCE):
                return False
            same = table.told_at.does_not_exist() & (table.begun_at == found.begun_at)
            try:
                found.update([table.begun_at.set(written(now))], same)
            except UpdateError as error:
                if error.cause_response_code != CONDITION:
                    raise
                return False  # another one was a moment before us
            return True
        return False
