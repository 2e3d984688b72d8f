"""Approvals as rows, and back."""

from datetime import UTC, datetime

from shared.posts.life import State
from shared.posts.names import AccountId, ContentHash, PersonId, PostId
from shared.records.approval import (
    Approval,
    ApprovalState,
    Asking,
    Decision,
    Ruling,
    TakenBack,
    Way,
)
from shared.records.rows import ApprovalRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables

PENDING = "pending"
UNDELIVERED = "undelivered"


def ruled_in(moment: datetime) -> str:
    """How an approval is listed once its ruling has arrived: by the month (UTC) of the ruling."""
    return f"ruled {moment.astimezone(UTC):%Y-%m}"


def approval_row(tables: Tables, approval: Approval) -> ApprovalRow:
    """The row of an approval: listed as what it waits for, or under the month of its ruling."""
    ruling, over = approval.ruling, approval.taken_back or approval.ruling
    open_as: str | None = None
    since: datetime | None = None
    if approval.state is ApprovalState.PENDING:
        open_as, since = PENDING, approval.opened_at
    elif over and not approval.delivered:
        open_as, since = UNDELIVERED, over.at
    elif ruling:
        open_as, since = ruled_in(ruling.at), ruling.at
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
        askings=_askings_text(approval.askings) if approval.askings else None,
        letters=as_json(list(approval.letters)) if approval.letters else None,
        others=approval.others or None,
        unreached=set(approval.unreached) or None,
        taken_back=_taken_back_text(approval.taken_back) if approval.taken_back else None,
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
        delivered=bool(row.ruling or row.taken_back) and row.open != UNDELIVERED,
        askings=_askings_of(row.askings) if row.askings else (),
        letters=tuple(from_json(row.letters)) if row.letters else (),
        others=bool(row.others),
        unreached=frozenset(map(PersonId, row.unreached or ())),
        taken_back=_taken_back_of(row.taken_back) if row.taken_back else None,
    )


def _ruling_text(ruling: Ruling) -> str:
    return as_json(
        {
            "decision": ruling.decision.value,
            "by": ruling.by,
            "at": written(ruling.at),
            "way": ruling.way.value,
            "reason": ruling.reason,
            "shown_at": written(ruling.shown_at) if ruling.shown_at else None,
        }
    )


def _ruling_of(text: str) -> Ruling:
    fields = from_json(text)
    shown_at = fields.get("shown_at")  # rulings from before this was kept have none
    return Ruling(
        decision=Decision(fields["decision"]),
        by=PersonId(fields["by"]),
        at=moment(fields["at"]),
        way=Way(fields["way"]),
        reason=fields["reason"],
        shown_at=moment(shown_at) if shown_at else None,
    )


def _taken_back_text(back: TakenBack) -> str:
    return as_json({"ending": back.ending.value, "by": back.by, "at": written(back.at)})


def _taken_back_of(text: str) -> TakenBack:
    fields = from_json(text)
    return TakenBack(State(fields["ending"]), PersonId(fields["by"]), moment(fields["at"]))


def _askings_text(askings: tuple[Asking, ...]) -> str:
    return as_json(
        [{"round": one.round, "asked": list(one.asked), "at": written(one.at)} for one in askings]
    )


def _askings_of(text: str) -> tuple[Asking, ...]:
    return tuple(
        Asking(one["round"], tuple(map(PersonId, one["asked"])), moment(one["at"]))
        for one in from_json(text)
    )
