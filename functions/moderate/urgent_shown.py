"""Fills the page and the JSON of urgent posts: from what is on record to what is shown."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from moderate.review_urgent import UrgentCase, may_look
from shared.accounts.registry import Person
from shared.http.shapes import post_shape, stamp
from shared.pages.parts import FieldError
from shared.pages.urgent_views import UrgentRow, UrgentsView
from shared.posts.content import whole_text


def urgents_view(
    cases: Iterable[UrgentCase],
    reader: Person,
    now: datetime,
    *,
    wrong: str = "",
    remark: str = "",
    errors: tuple[FieldError, ...] = (),
) -> UrgentsView:
    """What waits for a look; `wrong` names the post whose form came back with errors."""
    return UrgentsView(tuple(_row(case, reader, now) for case in cases), wrong, remark, errors)


def urgent_shape(case: UrgentCase) -> dict[str, Any]:
    """One urgent post, as `openapi.json` describes it."""
    return {"post": post_shape(case.post), "due": stamp(case.due)}


def _row(case: UrgentCase, reader: Person, now: datetime) -> UrgentRow:
    post, answer = case.post, may_look(reader, case)
    return UrgentRow(
        name=f"{post.post_id}-{post.version}",
        post_id=post.post_id,
        account_title=case.account.title,
        author=(case.editor or case.author).name,
        text=whole_text(post.draft),
        state=post.state,
        reason=post.urgent_reason or "",
        submitted_at=post.submitted_at,
        due=case.due,
        overdue=case.due < now,
        findings=len(post.findings),
        may_look=answer.allowed,
        note=answer.reason,
    )
