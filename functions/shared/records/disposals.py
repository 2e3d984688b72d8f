"""Disposals of sealed months: asked for, decided, carried out; each step is an act, and on record.

Nothing is asked for, approved, begun or destroyed that a legal hold keeps: the transaction of each
checks that no hold was approved since it looked.

Two more kinds of rows lie beside them: `month:2026-10` names the disposal that stands for a month,
and `outlived` the months that were past their time when somebody looked last.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pynamodb.exceptions import DoesNotExist

from shared.months.disposal import (
    AskedAlreadyError,
    Disposal,
    NotOutlivedError,
    State,
    disposal_act,
    without,
)
from shared.months.legal_hold import LegalHold
from shared.months.month import Month, read_month
from shared.posts.names import DisposalId, LeafId
from shared.recordlog.acts import Happened
from shared.records.disposal_rows import DisposalRow, disposal_of, disposal_row, entry_of
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.legal_holds import LegalHolds, Standing
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit

if TYPE_CHECKING:  # only whoever destroys needs to know what rows there are
    from shared.records.kept_things import Removal

MARK = "month:"
"""Before a month: the row that holds which disposal stands for it."""

NONE = "-"
"""What stands there when the last one was refused."""

OUTLIVED = "outlived"
"""The row of the months that are past their time."""

MEANWHILE = "a legal hold was approved meanwhile"
AT_ONCE = 49
"""Leaves whose payload and key go in one transaction, beside what it checks: it takes 100 rows."""


@dataclass(frozen=True)
class Outlived:
    """A month that was past its time, its bag (SHA-256), and which class kept it until when."""

    month: Month
    bag: str
    by: str
    until: datetime


@dataclass(frozen=True)
class LastLook:
    """The months that were past their time, oldest first, and when somebody looked."""

    at: datetime | None
    outlived: tuple[Outlived, ...]

    def of(self, month: Month) -> Outlived | None:
        """What was seen of this month; None if it was not past its time."""
        return next((each for each in self.outlived if each.month == month), None)


class Disposals:
    """Where disposals are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen
        self._holds = LegalHolds(tables, pen)

    def ask(self, disposal: Disposal) -> None:
        """Somebody asks; NotOutlivedError where a hold keeps it, AskedAlreadyError."""
        table = self._tables.disposals
        taken = AlreadyExistsError("disposal", disposal.disposal_id)
        free = table.disposal_id.does_not_exist() | (table.entry == NONE)
        writes = [
            self._unheld(disposal),
            Write(
                self._mark(disposal, disposal.disposal_id),
                free,
                lambda found: _asked(found, disposal),
            ),
            Write(
                disposal_row(self._tables, disposal),
                table.disposal_id.does_not_exist(),
                lambda _: taken,
            ),
        ]
        self._commit(writes, disposal, Happened.DISPOSAL_ASKED, disposal.asked.at)

    def change(self, before: Disposal, after: Disposal, happened: Happened, at: datetime) -> None:
        """One step further; ChangedError if somebody else was first, NotOutlivedError where a hold
        keeps what would go on its way."""
        writes = [self._changing(before, after)]
        if after.state in {State.APPROVED, State.BEGUN}:
            writes.append(self._unheld(after))
        if after.state is State.REFUSED:
            stands = self._tables.disposals.entry == after.disposal_id
            changed = ChangedError("disposal", after.disposal_id, "is not the one that stands")
            writes.append(Write(self._mark(after, NONE), stands, lambda _: changed))
        self._commit(writes, after, happened, at)

    def note(self, before: Disposal, after: Disposal) -> None:
        """How far it is, or why it waits: nothing that anybody decided; ChangedError."""
        if before != after:
            commit(self._tables.connection, [self._changing(before, after)])

    def empty(self, disposal: Disposal, leaf_ids: Iterable[LeafId]) -> None:
        """Payloads, salts and keys of so many leaves (AT_ONCE at most) are gone. ChangedError if
        somebody else carried it on, NotOutlivedError where a hold was approved since."""
        tables = self._tables
        changed = ChangedError("disposal", disposal.disposal_id, "was changed meanwhile")
        begun = tables.disposals.entry == entry_of(disposal)
        row = tables.disposals(disposal_id=disposal.disposal_id)
        asked = [Write(row, begun, lambda _: changed, check=True), self._unheld(disposal)]
        gone = [
            row
            for each in leaf_ids
            for row in (tables.payloads(leaf_id=each), tables.record_keys(leaf_id=each))
        ]
        commit(tables.connection, asked, gone=gone)

    def clear(
        self, disposal: Disposal, removals: "Sequence[Removal]", standing: Standing
    ) -> Disposal:
        """These rows are gone, and counted; how it stands then. ChangedError if somebody else
        carried it on or one of them is not as it was read, NotOutlivedError where a hold was
        approved since it was looked what is `standing`."""
        after = without(disposal, (each.kind.value for each in removals if each.kind))
        heads = [write for each in removals for write in each.heads]
        meanwhile = NotOutlivedError(disposal.month, [MEANWHILE])
        writes = [self._changing(disposal, after), self._holds.unchanged(standing, meanwhile)]
        gone = [row for each in removals for row in each.gone]
        commit(self._tables.connection, [*writes, *heads], gone=gone)
        return after

    def stop(self, month: Month, standing: Standing, stopping: Sequence[Write]) -> None:
        """What cannot be part of a transaction may go now; NotOutlivedError where a hold was
        approved since it was looked what is `standing`, and then nothing is written."""
        meanwhile = NotOutlivedError(month, [MEANWHILE])
        commit(self._tables.connection, [self._holds.unchanged(standing, meanwhile), *stopping])

    def standing(self) -> Standing:
        """The legal holds in force, whatever they are about."""
        return self._holds.standing()

    def of_month(self, month: Month) -> Disposal | None:
        """The disposal that stands for a month, if any does."""
        try:
            stands = one(self._tables.disposals, f"{MARK}{month}").entry
        except NotFoundError:
            return None
        return None if stands == NONE else self.get(DisposalId(stands))

    def get(self, disposal_id: DisposalId) -> Disposal:
        """The disposal, or NotFoundError."""
        if not _is_disposal(disposal_id):
            raise NotFoundError("disposals", disposal_id)
        return disposal_of(one(self._tables.disposals, disposal_id))

    def all(self) -> tuple[Disposal, ...]:
        """Every disposal, newest first; a force has twelve in a year."""
        rows = self._tables.disposals.scan(consistent_read=True)
        found = [disposal_of(row) for row in rows if _is_disposal(row.disposal_id)]
        return tuple(sorted(found, key=lambda each: each.asked.at, reverse=True))

    def begun(self) -> Mapping[Month, Disposal]:
        """The months that are gone or going, each with the disposal that says so."""
        return {each.month: each for each in self.all() if each.state in {State.BEGUN, State.DONE}}

    def last_look(self) -> LastLook:
        """Which months were past their time when somebody looked last."""
        try:
            row = self._tables.disposals.get(OUTLIVED, consistent_read=True)
        except DoesNotExist:
            return LastLook(None, ())
        held: dict[str, Any] = from_json(row.entry)
        each = held["outlived"]
        return LastLook(
            moment(held["at"]),
            tuple(Outlived(read_month(m), bag, by, moment(at)) for m, bag, by, at in each),
        )

    def looked(self, look: LastLook, at: datetime) -> None:
        """Keep what was seen; whoever looks later knows better."""
        each = [[str(o.month), o.bag, o.by, written(o.until)] for o in look.outlived]
        entry = as_json({"at": written(at), "outlived": each})
        self._tables.disposals(disposal_id=OUTLIVED, entry=entry).save()

    def held_by(self, month: Month) -> tuple[str, ...]:
        """The holds in force that keep a month, a sentence each."""
        return keeping(self._holds.standing().holds, month)

    def _unheld(self, disposal: Disposal) -> Write:
        """No hold keeps the month, and none was approved meanwhile; NotOutlivedError."""
        month, standing = disposal.month, self._holds.standing()
        if held := keeping(standing.holds, month):
            raise NotOutlivedError(month, held)
        meanwhile = NotOutlivedError(month, [MEANWHILE])
        return self._holds.unchanged(standing, meanwhile)

    def _mark(self, disposal: Disposal, stands: str) -> DisposalRow:
        return self._tables.disposals(disposal_id=f"{MARK}{disposal.month}", entry=stands)

    def _changing(self, before: Disposal, after: Disposal) -> Write:
        same = self._tables.disposals.entry == entry_of(before)
        changed = ChangedError("disposal", before.disposal_id, "was changed meanwhile")
        return Write(disposal_row(self._tables, after), same, lambda _: changed)

    def _commit(
        self, writes: list[Write], disposal: Disposal, happened: Happened, at: datetime
    ) -> None:
        approves = happened is Happened.DISPOSAL_APPROVED
        before = [(each.month, each.bag) for each in self.begun().values()] if approves else ()
        act = disposal_act(disposal, happened, at, before)
        commit(self._tables.connection, writes + recording(self._tables, self._pen, act))


def keeping(holds: Iterable[LegalHold], month: Month) -> tuple[str, ...]:
    """The holds that keep a month's bag, a sentence each. What happened in the last day of the
    month before may lie in it, so one that keeps that month keeps it as well."""
    return tuple(
        f"the legal hold that was asked for on {each.asked.at:%Y-%m-%d} keeps it"
        for each in holds
        if each.covers(month) or each.covers(month.previous)
    )


def _asked(found: Raw | None, disposal: Disposal) -> Exception:
    stands = found["entry"]["S"] if found else NONE
    return AskedAlreadyError(disposal.month, DisposalId(stands))


def _is_disposal(disposal_id: str) -> bool:
    return not disposal_id.startswith(MARK) and disposal_id != OUTLIVED
