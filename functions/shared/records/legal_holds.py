"""Legal holds: asked for, decided, placed, released; each step is an act, written with it.

Whoever destroys or disposes of something asks `standing` first, and puts `unchanged` into the same
transaction: a hold that was approved meanwhile stops it. Held posts are in `holds`.

A second row, `-`, names the hold that was approved last; that is what `unchanged` looks at.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.exceptions import DoesNotExist

from shared.months.holding import hold_act
from shared.months.legal_hold import LegalHold
from shared.months.month import Month, month_of
from shared.posts.names import LeafId, LegalHoldId
from shared.recordlog.acts import Happened
from shared.recordlog.canonical import JSON
from shared.recordlog.subjects import moment_of
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.legal_hold_rows import entry_of, legal_hold_of, legal_hold_row
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.tables import Tables
from shared.records.transaction import Write, commit

LAST = "-"
"""The key of the row that names the hold that was approved last."""

LATE = timedelta(days=1)
"""What happened in the last day of a month may be logged in the next, and so lie in its bag."""


@dataclass(frozen=True)
class Standing:
    """The holds in force, newest first, and which was the `last` to be approved, if any was."""

    holds: tuple[LegalHold, ...]
    last: str | None

    def covering(self, month: Month) -> tuple[LegalHold, ...]:
        """Those that keep this month's bag."""
        return covering(self.holds, month)


class LegalHolds:
    """Where legal holds are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def ask(self, hold: LegalHold) -> None:
        """Somebody asks for a hold."""
        taken = AlreadyExistsError("legal hold", hold.hold_id)
        free = self._tables.legal_holds.hold_id.does_not_exist()
        write = Write(legal_hold_row(self._tables, hold), free, lambda _: taken)
        self._commit([write], hold, Happened.HOLD_ASKED, hold.asked.at)

    def change(
        self,
        before: LegalHold,
        after: LegalHold,
        happened: Happened,
        *,
        at: datetime,
        more: Mapping[str, JSON] | None = None,
    ) -> None:
        """One step further; ChangedError if somebody else was first."""
        table = self._tables.legal_holds
        changed = ChangedError("legal hold", before.hold_id, "was changed meanwhile")
        same = table.entry == entry_of(before)
        writes = [Write(legal_hold_row(self._tables, after), same, lambda _: changed)]
        if happened is Happened.HOLD_APPROVED:
            last = table(hold_id=LAST, entry=after.hold_id)
            # Each hold is approved once, so whatever stands there is another one.
            other = table.entry.does_not_exist() | (table.entry != after.hold_id)
            writes.append(Write(last, other, lambda _: changed))
        self._commit(writes, after, happened, at, more)

    def get(self, hold_id: LegalHoldId) -> LegalHold:
        """The hold, or NotFoundError."""
        if hold_id == LAST:
            raise NotFoundError("legal_holds", hold_id)
        return legal_hold_of(one(self._tables.legal_holds, hold_id))

    def all(self) -> tuple[LegalHold, ...]:
        """Every hold that was asked for, newest first; a force has a few in a year."""
        rows = self._tables.legal_holds.scan(consistent_read=True)
        found = [legal_hold_of(row) for row in rows if row.hold_id != LAST]
        return tuple(sorted(found, key=lambda each: each.asked.at, reverse=True))

    def standing(self) -> Standing:
        """What is held now."""
        last = self._last()  # first, so that a hold approved meanwhile is seen or stops the deed
        return Standing(tuple(each for each in self.all() if each.in_force), last)

    def unchanged(self, standing: Standing, otherwise: Exception) -> Write:
        """A check for the transaction of a deed that no hold may forbid: none was approved since
        `standing` was read, or `otherwise` is raised."""
        row = self._tables.legal_holds(hold_id=LAST)
        entry = self._tables.legal_holds.entry
        same = entry.does_not_exist() if standing.last is None else entry == standing.last
        return Write(row, same, lambda _: otherwise, check=True)

    def keeping(self, leaf_id: LeafId, standing: Standing) -> LegalHold | None:
        """A hold that keeps the text of this leaf, None if it may be erased."""
        months = set(_months_of(leaf_id))
        for hold in standing.holds:
            if any(map(hold.covers, months)) and self._is_about(leaf_id, hold.scope.subject):
                return hold
        return None

    def _is_about(self, leaf_id: LeafId, subject: str | None) -> bool:
        """Whether a leaf is about this, asked without reading the key beside it. Of a leaf from
        before that was noted it is believed."""
        if subject is None:
            return True
        keys, other = self._tables.record_keys, _AnotherSubjectError()
        named = keys.about.does_not_exist() | keys.about.contains(subject)
        ask = Write(keys(leaf_id=leaf_id), keys.key.exists() & named, lambda _: other, check=True)
        try:
            commit(self._tables.connection, [ask])
        except _AnotherSubjectError:
            return False
        return True

    def _last(self) -> str | None:
        try:
            return self._tables.legal_holds.get(LAST, consistent_read=True).entry
        except DoesNotExist:
            return None

    def _commit(
        self,
        writes: list[Write],
        hold: LegalHold,
        happened: Happened,
        at: datetime,
        more: Mapping[str, JSON] | None = None,
    ) -> None:
        act = hold_act(hold, happened, at, more)
        commit(self._tables.connection, writes + recording(self._tables, self._pen, act))


class _AnotherSubjectError(Exception):
    """The leaf is about something else, or nothing in it is sealed."""


def covering(holds: Iterable[LegalHold], month: Month) -> tuple[LegalHold, ...]:
    """Those of them that are in force and keep this month's bag."""
    return tuple(each for each in holds if each.covers(month))


def _months_of(leaf_id: LeafId) -> Iterator[Month]:
    """The month in which it happened, and the one in whose bag it may lie; none of a number that no
    leaf has."""
    try:
        at = moment_of(leaf_id)
    except ValueError:
        return
    yield month_of(at)
    yield month_of(at + LATE)
