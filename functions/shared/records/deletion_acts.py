"""Acts on deletions and their targets, with what every leaf about one says."""

from collections.abc import Mapping
from datetime import datetime

from shared.posts.acts import SYSTEM, subject
from shared.posts.deletion import Deleted, Deletion, Version, subject_of
from shared.posts.life import Post
from shared.posts.names import PersonId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act


def act_on_deletion(
    deletion: Deletion,
    happened: Deleted,
    at: datetime,
    payload: Mapping[str, JSON],
    *,
    actor: PersonId | str = SYSTEM,
) -> Act:
    """What happened to a deletion; the ground is its reason, the posts are always named, and so
    is whoever approved it."""
    return Act(
        type=happened.value,
        account=deletion.accounts[0] if len(deletion.accounts) == 1 else None,
        subject=subject_of(deletion.deletion_id),
        at=at,
        actor=actor,
        approver=deletion.ruling.by if deletion.ruling and deletion.ruling.approved else None,
        reason=deletion.asked.ground.value,
        payload={"posts": [_named(each) for each in deletion.posts], **payload},
    )


def act_on_target(
    deletion: Deletion,
    post: Post,
    place: str,
    happened: Deleted,
    *,
    at: datetime,
    payload: Mapping[str, JSON],
    actor: PersonId | str = SYSTEM,
) -> Act:
    """What happened to one target of a deletion: a leaf about the post, which names the deletion,
    whoever asked for it and whoever approved it."""
    by = deletion.ruling.by if deletion.ruling else None
    return Act(
        type=happened.value,
        account=post.draft.account,
        subject=f"{subject(post.post_id, post.version)}/{place}",
        at=at,
        actor=actor,
        approver=by,
        reason=deletion.asked.ground.value,
        payload={
            "asked_by": deletion.asked.by,
            "content_hash": post.content_hash,
            "deletion": deletion.deletion_id,
            **payload,
        },
    )


def _named(version: Version) -> str:
    return subject(version.post_id, version.version)
