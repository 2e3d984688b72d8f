"""Legal holds as rows, and back."""

from typing import TYPE_CHECKING, Any

from pynamodb.attributes import UnicodeAttribute

from shared.months.legal_hold import Cause, LegalHold, Scope, State, Word
from shared.months.month import Month, read_month
from shared.posts.names import LegalHoldId, PersonId
from shared.records.rows import Row
from shared.records.spelling import as_json, from_json, moment, written

if TYPE_CHECKING:  # the tables are made of these rows
    from shared.records.tables import Tables


class LegalHoldRow(Row):
    """That months, or what is about somebody, shall be kept."""

    noun = "legal_holds"
    hold_id = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute()


def legal_hold_row(tables: "Tables", hold: LegalHold) -> LegalHoldRow:
    """The row of a hold."""
    return tables.legal_holds(hold_id=hold.hold_id, entry=entry_of(hold))


def entry_of(hold: LegalHold) -> str:
    """A hold as it lies in its row."""
    return as_json(
        {
            "cause": hold.cause.value,
            "reference": hold.reference,
            "from": _month_text(hold.scope.first),
            "to": _month_text(hold.scope.last),
            "subject": hold.scope.subject,
            "state": hold.state.value,
            "asked": _word_text(hold.asked),
            "decided": _word_text(hold.decided),
            "release_asked": _word_text(hold.release_asked),
            "release_decided": _word_text(hold.release_decided),
            "placed": [str(each) for each in sorted(hold.placed)],
            "released_at": written(hold.released_at) if hold.released_at else None,
        }
    )


def legal_hold_of(row: LegalHoldRow) -> LegalHold:
    """The hold a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    asked = _word_of(held["asked"])
    assert asked is not None  # noqa: S101 - nobody holds what nobody asked for
    return LegalHold(
        hold_id=LegalHoldId(row.hold_id),
        cause=Cause(held["cause"]),
        reference=held["reference"],
        scope=Scope(_month_of(held["from"]), _month_of(held["to"]), held["subject"]),
        asked=asked,
        state=State(held["state"]),
        decided=_word_of(held["decided"]),
        release_asked=_word_of(held["release_asked"]),
        release_decided=_word_of(held["release_decided"]),
        placed=frozenset(map(read_month, held["placed"])),
        released_at=moment(held["released_at"]) if held["released_at"] else None,
    )


def _month_text(month: Month | None) -> str | None:
    return str(month) if month else None


def _month_of(text: str | None) -> Month | None:
    return read_month(text) if text else None


def _word_text(word: Word | None) -> list[str] | None:
    return [word.by, written(word.at), word.why] if word else None


def _word_of(said: list[str] | None) -> Word | None:
    if said is None:
        return None
    by, at, why = said
    return Word(PersonId(by), moment(at), why)
