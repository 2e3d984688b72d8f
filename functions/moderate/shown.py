"""Fills the approver's pages and JSON: from what is on record to what is shown."""

from collections.abc import Iterable
from typing import Any

from shared.accounts.registry import Account, Person
from shared.accounts.rights import may_approve
from shared.http.shapes import post_shape, stamp
from shared.pages.forms import DecisionForm
from shared.pages.views import (
    ApprovalsView,
    ApprovalView,
    CountView,
    DecidedView,
    FieldError,
    FindingView,
    MediaView,
    QueueRow,
    TargetView,
    Viewer,
)
from shared.policy.pack import Pack
from shared.posts.counting import length
from shared.posts.life import Post
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.records.approval import Approval, Ruling
from shared.records.approvals import Waiting

NOTHING_TYPED = DecisionForm("", "", "", "")


def viewer(person: Person, leave_token: str) -> Viewer:
    """Who looks at the page; `leave_token` guards the sign-out form on it."""
    return Viewer(person.name, may_approve=True, leave_token=leave_token, may_read_all=True)


def approval_view(
    *,
    address: str,
    addressee: Person,
    post: Post,
    approval: Approval,
    account: Account,
    author: Person,
    pack: Pack,
    asks_code: bool = True,
    form: DecisionForm = NOTHING_TYPED,
    errors: tuple[FieldError, ...] = (),
    tries_left: int | None = None,
) -> ApprovalView:
    """Exactly what would go out, and the form to decide with, as it was filled in so far."""
    return ApprovalView(
        address=address,
        addressee=addressee.name,
        post_id=post.post_id,
        version=post.version,
        account_title=account.title,
        author=author.name,
        text=post.draft.text,
        targets=tuple(_target(post, account, name, pack) for name in post.draft.platforms),
        submitted_at=post.submitted_at,
        due=post.draft.not_before,
        expires_at=approval.ends_at,
        policy_version=post.policy_version,
        content_hash=post.content_hash,
        media=tuple(MediaView(m.alt, m.content_type) for m in post.draft.media),
        findings=tuple(map(FindingView.of, post.findings)),
        asks_code=asks_code,
        choice=form.choice,
        written_reason=form.reason,
        errors=errors,
        tries_left=tries_left,
        second_reader=post.second_reader,
    )


def decided_view(
    ruling: Ruling, post: Post, account: Account, by: Person, *, just_now: bool
) -> DecidedView:
    """The decision that stands."""
    return DecidedView(
        decision=ruling.decision.value,
        decided_by=by.name,
        decided_at=ruling.at,
        account_title=account.title,
        reference=f"{post.post_id}@{post.version}",
        just_now=just_now,
        due=post.draft.not_before,
    )


def queue_view(
    waiting: Iterable[Waiting],
    titles: dict[AccountId, str],
    names: dict[PersonId, str],
    reader: Person,
) -> ApprovalsView:
    """What waits for a decision; a reader's own posts are shown and not offered."""
    return ApprovalsView(tuple(_row(w, titles, names, reader) for w in waiting))


def approval_shape(approval: Approval, post: Post) -> dict[str, Any]:
    """One approval and its post, as `openapi.json` describes it."""
    ruling = approval.ruling
    return {
        "post": post_shape(post),
        "state": approval.state.value,
        "asked_at": stamp(approval.opened_at),
        "ends_at": stamp(approval.ends_at),
        "decision": ruling.decision.value if ruling else None,
        "decided_by": ruling.by if ruling else None,
        "decided_at": stamp(ruling.at) if ruling else None,
        "reason": ruling.reason if ruling else None,
    }


def _target(post: Post, account: Account, name: PlatformName, pack: Pack) -> TargetView:
    handle, limit = account.handle(name), pack.limits.get(name)
    count = CountView(name, length(post.draft.text, limit), limit.maximum) if limit else None
    return TargetView(name, handle.name if handle else account.title, count)


def _row(
    waiting: Waiting,
    titles: dict[AccountId, str],
    names: dict[PersonId, str],
    reader: Person,
) -> QueueRow:
    post, approval = waiting.post, waiting.approval
    answer = may_approve(reader, post.author)
    return QueueRow(
        post_id=post.post_id,
        version=post.version,
        account_title=titles.get(post.draft.account, post.draft.account),
        author=names.get(post.author, post.author),
        text=post.draft.text,
        asked_at=approval.opened_at,
        expires_at=approval.ends_at,
        due=post.draft.not_before,
        findings=len(post.findings),
        address=f"/approvals/{post.post_id}-{post.version}" if answer.allowed else None,
        note=answer.reason,
    )
