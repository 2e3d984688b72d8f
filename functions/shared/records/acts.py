"""Acts on posts, with what every leaf about a post says."""

from collections.abc import Mapping
from datetime import datetime

from shared.posts.acts import SYSTEM, Happened, subject
from shared.posts.life import Post
from shared.posts.names import PersonId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act


def act_on(
    post: Post,
    happened: Happened,
    at: datetime,
    payload: Mapping[str, JSON],
    *,
    actor: PersonId | str = SYSTEM,
    approver: PersonId | None = None,
    reason: str | None = None,
    target: str = "",
) -> Act:
    """What happened to a version, or to one `target` of it; the payload always holds its hash."""
    version = subject(post.post_id, post.version)
    return Act(
        type=happened.value,
        account=post.draft.account,
        subject=f"{version}/{target}" if target else version,
        at=at,
        actor=actor,
        approver=approver,
        reason=reason,
        payload={"content_hash": post.content_hash, **payload},
    )
