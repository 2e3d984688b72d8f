"""Consents: recorded, countersigned, taken back; each an act. After three years the row vanishes.

Taking one back stops every picture it was given for in the same transaction, so that there is no
moment in which a post can still be sent in with one of them.
"""

from datetime import UTC, date, datetime, time
from typing import Any

from shared.posts.consents import Consent, ConsentKind, Withdrawal
from shared.posts.names import ConsentId, PersonId, PictureId
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError
from shared.records.listing import Listing
from shared.records.log import recording
from shared.records.newest_first import newest_first
from shared.records.pen import Pen
from shared.records.picture_rows import ConsentRow
from shared.records.reading import Key, fetch, one
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit, setting

LISTED = "consents"


class Consents:
    """Where consents are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def record(self, consent: Consent, act: Act) -> None:
        """A new consent; AlreadyExistsError. A member of staff may agree anew after taking it
        back: the pictures that were stopped stay so."""
        taken = AlreadyExistsError("consent", consent.consent_id)
        table = self._tables.consents
        free = table.consent_id.does_not_exist()
        if consent.kind is ConsentKind.STAFF:
            free |= table.withdrawn_at.exists() | (table.ttl < consent.recorded_at)
        row = consent_row(self._tables, consent)
        self._commit([Write(row, free, lambda _: taken)], act)

    def get(self, consent_id: ConsentId) -> Consent:
        """The consent; NotFoundError, after three years too."""
        return consent_of(one(self._tables.consents, consent_id))

    def several(self, consent_ids: list[ConsentId]) -> dict[ConsentId, Consent]:
        """Those of them there are, in one call."""
        keys = [Key(self._tables.consents, (each,)) for each in consent_ids]
        rows = fetch(self._tables.connection, keys)
        return {ConsentId(row.consent_id): consent_of(row) for row in rows.values()}

    def all(self, cursor: str | None = None, limit: int = 50) -> Listing[Consent]:
        """A page of consents, newest first; InvalidCursorError."""
        table = self._tables.consents
        return newest_first(
            self._tables.connection,
            table,
            table.in_order,
            LISTED,
            consent_of,
            cursor=cursor,
            limit=limit,
        )

    def ending(self, by: date) -> tuple[Consent, ...]:
        """Those that are disposed of by this day and are still there, the first to end first."""
        end = datetime.combine(by, time.max, UTC)
        rows = self._tables.consents.scan(self._tables.consents.ttl <= end, consistent_read=True)
        return tuple(sorted(map(consent_of, rows), key=lambda each: each.disposed_on))

    def countersign(self, before: Consent, after: Consent, act: Act) -> None:
        """Somebody else has looked at it; ChangedError if it was, or was taken back, meanwhile."""
        self._commit([self._changing(before, after)], act)

    def withdraw(self, before: Consent, after: Consent, act: Act) -> None:
        """It was taken back, and its pictures are stopped; ChangedError if it was meanwhile, or
        was given for another picture."""
        stopping = [self._stopping(picture, act.at) for picture in sorted(before.pictures)]
        self._commit([self._changing(before, after), *stopping], act)

    def _stopping(self, picture: PictureId, at: datetime) -> Write:
        table = self._tables.pictures
        row = table(picture_id=picture, uploaded_by="", entry="", stopped_at=written(at))
        gone = ChangedError("picture", picture, "is not there")
        return Write(row, table.picture_id.exists(), lambda _: gone, setting(row, "stopped_at"))

    def _changing(self, before: Consent, after: Consent) -> Write:
        table = self._tables.consents
        row = consent_row(self._tables, after)
        was = consent_row(self._tables, before)
        same = (table.entry == was.entry) & table.withdrawn_at.does_not_exist()
        if before.pictures:
            same &= table.pictures == set(before.pictures)
        else:
            same &= table.pictures.does_not_exist()
        changed = ChangedError("consent", before.consent_id, "was changed meanwhile")
        return Write(row, same, lambda _: changed, setting(row, "entry", "withdrawn_at"))

    def _commit(self, writes: list[Write], act: Act) -> None:
        commit(self._tables.connection, writes + recording(self._tables, self._pen, act))


def consent_row(tables: Tables, consent: Consent) -> ConsentRow:
    """The row of a consent."""
    signed, back = consent.countersigned_at, consent.withdrawal
    entry = {
        "kind": consent.kind.value,
        "purpose": consent.purpose,
        "given_on": consent.given_on.isoformat(),
        "obtained_by": consent.obtained_by,
        "reference": consent.reference,
        "guardian": consent.guardian,
        "countersigned": signed and [consent.countersigned_by, written(signed)],
        "withdrawal": back and [back.by, written(back.at), back.why],
    }
    return tables.consents(
        consent_id=consent.consent_id,
        listed=LISTED,
        recorded_at=written(consent.recorded_at),
        entry=as_json(entry),
        withdrawn_at=written(back.at) if back else None,
        pictures=set(consent.pictures) or None,
        ttl=datetime.combine(consent.disposed_on, time.min, UTC),
    )


def consent_of(row: ConsentRow) -> Consent:
    """The consent a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    signed, back = held["countersigned"], held["withdrawal"]
    return Consent(
        consent_id=ConsentId(row.consent_id),
        kind=ConsentKind(held["kind"]),
        purpose=held["purpose"],
        given_on=date.fromisoformat(held["given_on"]),
        obtained_by=PersonId(held["obtained_by"]),
        recorded_at=moment(row.recorded_at),
        reference=held["reference"],
        guardian=held["guardian"],
        countersigned_by=PersonId(signed[0]) if signed else None,
        countersigned_at=moment(signed[1]) if signed else None,
        withdrawal=Withdrawal(PersonId(back[0]), moment(back[1]), back[2]) if back else None,
        pictures=frozenset(map(PictureId, row.pictures or ())),
    )
