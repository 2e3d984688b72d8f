"""What others said of a log: the last answer of each witness with the last checkpoint it signed,
and each month's timestamp, under `time:` and the month.
"""

from dataclasses import dataclass
from datetime import datetime

from pynamodb.expressions.condition import Condition

from shared.recordlog.leaf import Act
from shared.records.errors import ChangedError, NotFoundError
from shared.records.log import recording
from shared.records.log_rows import AttestationRow
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit


@dataclass(frozen=True)
class Attestation:
    """One witness and one log: `size` and `note` are the last it signed (0 and empty: none yet),
    `outcome` and `why` what it said when it was asked last, `asked_at` when that was; `token` is a
    timestamp authority's whole answer in base64.
    """

    origin: str
    witness: str
    size: int = 0
    note: str = ""
    outcome: str = ""
    why: str = ""
    token: str = ""
    asked_at: datetime | None = None


class Attestations:
    """Where they are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def get(self, origin: str, witness: str) -> Attestation:
        """What it said last; an empty one if it was never asked."""
        try:
            return attestation_of(one(self._tables.attestations, origin, witness))
        except NotFoundError:
            return Attestation(origin, witness)

    def record(self, before: Attestation, after: Attestation, act: Act) -> None:
        """It was asked; ChangedError if another run has asked since `before` was read."""
        table = self._tables.attestations
        unchanged: Condition = table.origin.does_not_exist()
        if before.asked_at is not None:
            unchanged = table.asked_at == attestation_row(self._tables, before).asked_at
        changed = ChangedError("attestation", f"{before.origin} {before.witness}", "is newer")
        row = attestation_row(self._tables, after)
        writes = [Write(row, unchanged, lambda _: changed)]
        commit(self._tables.connection, writes + recording(self._tables, self._pen, act))


def attestation_row(tables: Tables, told: Attestation) -> AttestationRow:
    """The row of what a witness said; it was asked."""
    return tables.attestations(
        origin=told.origin,
        witness=told.witness,
        asked_at=written(told.asked_at) if told.asked_at else "",
        entry=as_json([told.size, told.note, told.outcome, told.why, told.token]),
    )


def attestation_of(row: AttestationRow) -> Attestation:
    """What a row holds."""
    size, note, outcome, why, token = from_json(row.entry)
    asked_at = moment(row.asked_at) if row.asked_at else None
    return Attestation(row.origin, row.witness, size, note, outcome, why, token, asked_at)
