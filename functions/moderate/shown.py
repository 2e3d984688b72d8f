"""Fills the approver's pages and JSON: from what is on record to what is shown."""

from collections.abc import Iterable
from typing import Any

from moderate.case import Case
from shared.accounts.registry import Person
from shared.http.shapes import post_shape, stamp
from shared.pages.views import ApprovalsView, QueueRow, Viewer
from shared.posts.content import whole_text
from shared.posts.life import Post
from shared.records.approval import Approval, Decision


def viewer(person: Person, leave_token: str) -> Viewer:
    """Who looks at the page; `leave_token` guards the sign-out form on it."""
    return Viewer(person.name, may_approve=True, leave_token=leave_token, may_read_all=True)


def queue_view(
    cases: Iterable[Case], reader: Person, next_cursor: str | None = None
) -> ApprovalsView:
    """What waits for a decision; what a reader may not decide is shown and not offered."""
    return ApprovalsView(tuple(_row(case, reader) for case in cases), next_cursor)


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
        "replaced_by": post.version + 1 if ruling and ruling.decision is Decision.EDIT else None,
    }


def _row(case: Case, reader: Person) -> QueueRow:
    post, answer = case.post, case.may_be_ruled_by(reader)
    return QueueRow(
        post_id=post.post_id,
        version=post.version,
        account_title=case.account.title,
        author=case.author.name,
        text=whole_text(post.draft),
        asked_at=case.approval.opened_at,
        expires_at=case.approval.ends_at,
        due=post.draft.not_before,
        findings=len(post.findings),
        address=f"/approvals/{post.post_id}-{post.version}" if answer.allowed else None,
        note=answer.reason,
    )
