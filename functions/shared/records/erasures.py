"""Erasures: asked for, decided, carried out; each step is an act, written with it.

Carrying one out takes the key and the salt away and says so in the same transaction. The ciphertext
stays where it is, in rows and archives alike: without its key it is noise. What a legal hold keeps
is neither asked for, nor approved, nor carried out.

A second row, `leaf:` and the leaf, holds the erasure that stands for it, so that whoever asks needs
no right to write where the keys are.
"""

from typing import Any

from shared.months.legal_hold import LegalHold
from shared.posts.names import ErasureId, LeafId, PersonId
from shared.recordlog.erasure import (
    AskedBeforeError,
    Basis,
    Erasure,
    NothingSealedError,
    OnHoldError,
    State,
    erasure_act,
)
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.legal_holds import LegalHolds, Standing
from shared.records.log import recording
from shared.records.log_rows import ErasureRow
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit, setting

MARK = "leaf:"
"""Before a leaf's id: the row that holds which erasure stands for it."""

NONE = "-"
"""What stands there when the last one was refused."""


class Erasures:
    """Where erasures are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen
        self._holds = LegalHolds(tables, pen)

    def ask(self, erasure: Erasure) -> None:
        """Somebody asks; NothingSealedError, AskedBeforeError, OnHoldError."""
        self._require_free(erasure)
        table, keys = self._tables.erasures, self._tables.record_keys
        taken = AlreadyExistsError("erasure", erasure.erasure_id)
        nothing = NothingSealedError()
        sealed = keys(leaf_id=erasure.leaf_id)
        free = table.erasure_id.does_not_exist() | (table.entry == NONE)
        writes = [
            Write(sealed, keys.key.exists(), lambda _: nothing, check=True),
            Write(self._mark(erasure, erasure.erasure_id), free, _asked_before),
            Write(self._row(erasure), table.erasure_id.does_not_exist(), lambda _: taken),
        ]
        self._commit(writes, erasure)

    def decide(self, before: Erasure, after: Erasure) -> None:
        """Approved, or refused so that it can be asked anew; ChangedError, OnHoldError."""
        if after.state is State.APPROVED:
            self._require_free(after)
        writes = [self._changing(before, after)]
        if after.state is State.REFUSED:
            stands = self._tables.erasures.entry == after.erasure_id
            changed = ChangedError("erasure", after.erasure_id, "is not the one that stands")
            writes.append(Write(self._mark(after, NONE), stands, lambda _: changed))
        self._commit(writes, after)

    def carry_out(self, before: Erasure, after: Erasure) -> None:
        """Key and salt are gone, and that they are is on record; ChangedError if another was
        first, or something was put on hold meanwhile; OnHoldError."""
        standing = self._require_free(after)
        keys, payloads = self._tables.record_keys, self._tables.payloads
        key = keys(leaf_id=after.leaf_id, erased_by=after.erasure_id)
        payload = payloads(leaf_id=after.leaf_id, payload=b"", erased_by=after.erasure_id)
        gone = ChangedError("erasure", after.erasure_id, "has nothing to erase")
        held = ChangedError("erasure", after.erasure_id, "met a legal hold")
        writes = [
            self._changing(before, after),
            Write(key, keys.key.exists(), lambda _: gone, setting(key, "key", "erased_by")),
            Write(
                payload,
                payloads.salt.exists(),
                lambda _: gone,
                setting(payload, "salt", "erased_by"),
            ),
            self._holds.unchanged(standing, held),
        ]
        self._commit(writes, after)

    def held_by(self, erasure: Erasure) -> LegalHold | None:
        """The legal hold that keeps what shall be erased, None if nothing does."""
        return self._holds.keeping(erasure.leaf_id, self._holds.standing())

    def get(self, erasure_id: ErasureId) -> Erasure:
        """The erasure, or NotFoundError."""
        if erasure_id.startswith(MARK):
            raise NotFoundError("erasures", erasure_id)
        return erasure_of(one(self._tables.erasures, erasure_id))

    def all(self) -> tuple[Erasure, ...]:
        """Every erasure, newest first; a force has a few in a year."""
        rows = self._tables.erasures.scan(consistent_read=True)
        found = [erasure_of(row) for row in rows if not row.erasure_id.startswith(MARK)]
        return tuple(sorted(found, key=lambda each: each.asked_at, reverse=True))

    def _require_free(self, erasure: Erasure) -> Standing:
        """What is held now, and the record is not; OnHoldError."""
        standing = self._holds.standing()
        hold = self._holds.keeping(erasure.leaf_id, standing)
        if hold is not None:
            raise OnHoldError(hold.hold_id)
        return standing

    def _row(self, erasure: Erasure) -> ErasureRow:
        return self._tables.erasures(erasure_id=erasure.erasure_id, entry=entry_of(erasure))

    def _mark(self, erasure: Erasure, stands: str) -> ErasureRow:
        return self._tables.erasures(erasure_id=MARK + erasure.leaf_id, entry=stands)

    def _changing(self, before: Erasure, after: Erasure) -> Write:
        same = self._tables.erasures.entry == entry_of(before)
        changed = ChangedError("erasure", before.erasure_id, "was decided meanwhile")
        return Write(self._row(after), same, lambda _: changed)

    def _commit(self, writes: list[Write], erasure: Erasure) -> None:
        at = erasure.done_at or erasure.decided_at or erasure.asked_at
        act = erasure_act(erasure, at)
        commit(self._tables.connection, writes + recording(self._tables, self._pen, act))


def _asked_before(found: Raw | None) -> Exception:
    return AskedBeforeError(ErasureId(found["entry"]["S"] if found else NONE))


def entry_of(erasure: Erasure) -> str:
    """An erasure as it lies in its row."""
    decided, done = erasure.decided_at, erasure.done_at
    return as_json(
        {
            "leaf_id": erasure.leaf_id,
            "basis": erasure.basis.value,
            "why": erasure.why,
            "asked_by": erasure.asked_by,
            "asked_at": written(erasure.asked_at),
            "state": erasure.state.value,
            "decided_by": erasure.decided_by,
            "decided_at": written(decided) if decided else None,
            "decided_why": erasure.decided_why,
            "done_at": written(done) if done else None,
        }
    )


def erasure_of(row: ErasureRow) -> Erasure:
    """The erasure a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    decided, done = held["decided_at"], held["done_at"]
    return Erasure(
        erasure_id=ErasureId(row.erasure_id),
        leaf_id=LeafId(held["leaf_id"]),
        basis=Basis(held["basis"]),
        why=held["why"],
        asked_by=PersonId(held["asked_by"]),
        asked_at=moment(held["asked_at"]),
        state=State(held["state"]),
        decided_by=PersonId(held["decided_by"]) if held["decided_by"] else None,
        decided_at=moment(decided) if decided else None,
        decided_why=held["decided_why"],
        done_at=moment(done) if done else None,
    )
