"""Holds as rows, and back."""

from datetime import datetime
from typing import TYPE_CHECKING

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.posts.names import AccountId, ContentHash, PersonId, PostId
from shared.records.hold import Hold, HoldRuling, Review, Why
from shared.records.rows import Index, Row
from shared.records.spelling import as_json, from_json, moment, written

if TYPE_CHECKING:  # the tables are made of these rows
    from shared.records.tables import Tables

WAITING = "waiting"
UNDELIVERED = "undelivered"


class HoldsByState(Index):
    """Holds somebody still waits for: `open` is waiting or undelivered; sparse."""

    class Meta:
        index_name = "holds-by-state"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    waits_from = UnicodeAttribute(range_key=True)


class HoldRow(Row):
    """The last hold of one version of a post; the record log has those before it."""

    noun = "holds"
    post_id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute(range_key=True)
    account = UnicodeAttribute()
    author = UnicodeAttribute()
    content_hash = UnicodeAttribute()
    why = UnicodeAttribute()
    incident = UnicodeAttribute(null=True)
    held_at = UnicodeAttribute()
    ends_at = UnicodeAttribute()
    task_token = UnicodeAttribute()
    partly = BooleanAttribute()
    ruling = UnicodeAttribute(null=True)
    over = BooleanAttribute()
    open = UnicodeAttribute(null=True)
    waits_from = UnicodeAttribute(null=True)
    by_state = HoldsByState()


def hold_row(tables: "Tables", hold: Hold) -> HoldRow:
    """The row of a hold; open while somebody waits for it."""
    open_as, since = _open(hold)
    return tables.holds(
        post_id=hold.post_id,
        version=hold.version,
        account=hold.account,
        author=hold.author,
        content_hash=hold.content_hash,
        why=hold.why.value,
        incident=hold.incident,
        held_at=written(hold.held_at),
        ends_at=written(hold.ends_at),
        task_token=hold.task_token,
        partly=hold.partly,
        ruling=_ruling_text(hold.ruling) if hold.ruling else None,
        over=hold.over,
        open=open_as,
        waits_from=written(since) if since else None,
    )


def hold_of(row: HoldRow) -> Hold:
    """The hold a row holds."""
    return Hold(
        post_id=PostId(row.post_id),
        version=int(row.version),
        account=AccountId(row.account),
        author=PersonId(row.author),
        content_hash=ContentHash(row.content_hash),
        why=Why(row.why),
        incident=row.incident,
        held_at=moment(row.held_at),
        ends_at=moment(row.ends_at),
        task_token=row.task_token,
        partly=row.partly,
        ruling=_ruling_of(row.ruling) if row.ruling else None,
        delivered=bool(row.ruling) and not row.open,
        over=row.over,
    )


def _open(hold: Hold) -> tuple[str | None, datetime | None]:
    if hold.waits:
        return WAITING, hold.held_at
    if hold.ruling and not hold.delivered:
        return UNDELIVERED, hold.ruling.at
    return None, None


def _ruling_text(ruling: HoldRuling) -> str:
    return as_json(
        {
            "decision": ruling.decision.value,
            "by": ruling.by,
            "at": written(ruling.at),
            "reason": ruling.reason,
        }
    )


def _ruling_of(text: str) -> HoldRuling:
    fields = from_json(text)
    return HoldRuling(
        decision=Review(fields["decision"]),
        by=PersonId(fields["by"]),
        at=moment(fields["at"]),
        reason=fields["reason"],
    )
