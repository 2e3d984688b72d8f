"""Approvals as rows, and back."""

from datetime import datetime

from shared.posts.names import AccountId, ContentHash, PersonId, PostId
from shared.records.approval import Approval, ApprovalState, Decision, Ruling, Way
from shared.records.rows import ApprovalRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables

PENDING = "pending"
UNDELIVERED = "undelivered"


def approval_row(tables: Tables, approval: Approval) -> ApprovalRow:
    """The row of an approval; open while somebody waits for it."""
    ruling = approval.ruling
    open_as: str | None = None
    since: datetime | None = None
    if approval.state is ApprovalState.PENDING:
        open_as, since = PENDING, approval.opened_at
    elif ruling and not approval.delivered:
        open_as, since = UNDELIVERED, ruling.at
    return tables.approvals(
        post_id=approval.post_id,
        version=approval.version,
        account=approval.account,
        author=approval.author,
        content_hash=approval.content_hash,
        state=approval.state.value,
        open=open_as,
        waits_from=written(since) if since else None,
        round=approval.round,
        asked=as_json(list(approval.asked)),
        opened_at=written(approval.opened_at),
        ends_at=written(approval.ends_at),
        task_token=approval.task_token,
        ruling=_ruling_text(ruling) if ruling else None,
    )


def approval_of(row: ApprovalRow) -> Approval:
    """The approval a row holds."""
    return Approval(
        post_id=PostId(row.post_id),
        version=int(row.version),
        account=AccountId(row.account),
        author=PersonId(row.author),
        content_hash=ContentHash(row.content_hash),
        state=ApprovalState(row.state),
        round=int(row.round),
        asked=tuple(PersonId(person) for person in from_json(row.asked)),
        opened_at=moment(row.opened_at),
        ends_at=moment(row.ends_at),
        task_token=row.task_token,
        ruling=_ruling_of(row.ruling) if row.ruling else None,
        delivered=bool(row.ruling) and not row.open,
    )


def _ruling_text(ruling: Ruling) -> str:
    return as_json(
        {
            "decision": ruling.decision.value,
            "by": ruling.by,
            "at": written(ruling.at),
            "way": ruling.way.value,
            "reason": ruling.reason,
        }
    )


def _ruling_of(text: str) -> Ruling:
    fields = from_json(text)
    return Ruling(
        decision=Decision(fields["decision"]),
        by=PersonId(fields["by"]),
        at=moment(fields["at"]),
        way=Way(fields["way"]),
        reason=fields["reason"],
    )
