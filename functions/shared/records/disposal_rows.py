"""Disposals as rows, and back."""

from typing import TYPE_CHECKING, Any

from pynamodb.attributes import UnicodeAttribute

from shared.months.disposal import Disposal, Extent, State
from shared.months.legal_hold import Word
from shared.months.month import read_month
from shared.posts.names import DisposalId, PersonId
from shared.records.rows import Row
from shared.records.spelling import as_json, from_json, moment, written

if TYPE_CHECKING:  # the tables are made of these rows
    from shared.records.tables import Tables


class DisposalRow(Row):
    """That a sealed month shall go."""

    noun = "disposals"
    disposal_id = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute()


def disposal_row(tables: "Tables", disposal: Disposal) -> DisposalRow:
    """The row of a disposal."""
    return tables.disposals(disposal_id=disposal.disposal_id, entry=entry_of(disposal))


def entry_of(disposal: Disposal) -> str:
    """A disposal as it lies in its row."""
    extent, decided = disposal.extent, disposal.decided
    return as_json(
        {
            "month": str(disposal.month),
            "bag": disposal.bag,
            "asked": _word_text(disposal.asked),
            "state": disposal.state.value,
            "decided": _word_text(decided) if decided else None,
            "extent": [extent.leaves, extent.objects] if extent else None,
            "emptied": disposal.emptied,
            "waits": [*disposal.waits],
            "begun_at": written(disposal.begun_at) if disposal.begun_at else None,
            "done_at": written(disposal.done_at) if disposal.done_at else None,
            **_later(disposal),
        }
    )


def disposal_of(row: DisposalRow) -> Disposal:
    """The disposal a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    return Disposal(
        disposal_id=DisposalId(row.disposal_id),
        month=read_month(held["month"]),
        bag=held["bag"],
        asked=_word_of(held["asked"]),
        state=State(held["state"]),
        decided=_word_of(held["decided"]) if held["decided"] else None,
        extent=Extent(*held["extent"]) if held["extent"] else None,
        emptied=held["emptied"],
        waits=tuple(held["waits"]),
        begun_at=moment(held["begun_at"]) if held["begun_at"] else None,
        done_at=moment(held["done_at"]) if held["done_at"] else None,
        # Disposals from before anything but the month went with it have none of these.
        leaf=held.get("leaf"),
        cleared=held.get("cleared", False),
        removed=held.get("removed", {}),
    )


def _later(disposal: Disposal) -> dict[str, Any]:
    """Said only where it is, so that a row from before compares with what was read from it."""
    leaf = {"leaf": disposal.leaf} if disposal.leaf is not None else {}
    cleared = {"cleared": True} if disposal.cleared else {}
    return leaf | cleared | ({"removed": {**disposal.removed}} if disposal.removed else {})


def _word_text(word: Word) -> list[str]:
    return [word.by, written(word.at), word.why]


def _word_of(said: list[str]) -> Word:
    by, at, why = said
    return Word(PersonId(by), moment(at), why)
