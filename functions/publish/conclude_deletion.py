"""The end of a deletion: everything is gone, or somebody has a checklist."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from publish.conclude import conclude
from shared.posts.deletion import (
    GONE,
    Deleted,
    Deletion,
    DeletionState,
    DeletionTarget,
    Removal,
    step,
)
from shared.posts.life import State
from shared.posts.outcomes import MAY_STAND
from shared.recordlog.canonical import JSON
from shared.records.deletion_acts import act_on_deletion
from shared.records.deletions import Deletions
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.snapshot import Snapshots

LEFT_OVER = "Some of it may still stand: somebody has to look at the list."


def conclude_deletion(
    deletion_id: str,
    *,
    deletions: Deletions,
    posts: Posts,
    publications: Publications,
    snapshots: Snapshots,
    now: datetime,
) -> DeletionState:
    """`removed` or `partly_removed`, on record; a repeated call tells the same. A post of which it
    was unknown what became of it has its ending by now, where everything of it is known."""
    whole = deletions.whole(deletion_id)
    deletion = whole.deletion
    if deletion.state is not DeletionState.APPROVED:
        return deletion.state
    for each in deletion.posts:
        if posts.get(each.post_id, each.version).state is State.UNCERTAIN:
            conclude(
                each.post_id,
                each.version,
                0,
                posts=posts,
                publications=publications,
                snapshots=snapshots,
                now=now,
            )
    standing = _standing(deletion, whole.targets, publications)
    ended = _ended(deletion, whole.targets, standing, now)
    payload: dict[str, JSON] = {
        "standing": [str(place) for place in standing],
        "targets": {_name(each): each.state.value for each in whole.targets},
    }
    act = act_on_deletion(deletion, Deleted.CONCLUDED, now, payload)
    deletions.change(deletion, ended, act)
    return ended.state


def _ended(
    deletion: Deletion, targets: Iterable[DeletionTarget], standing: list[str], now: datetime
) -> Deletion:
    gone = not standing and all(each.state in GONE for each in targets)
    state = DeletionState.REMOVED if gone else DeletionState.PARTLY_REMOVED
    return replace(
        deletion,
        state=step(deletion.state, state),
        ended_at=now,
        reason=None if gone else LEFT_OVER,
    )


def _standing(
    deletion: Deletion, targets: Iterable[DeletionTarget], publications: Publications
) -> list[str]:
    """What may stand, and nobody has taken away or has a checklist for."""
    known = {_name(each) for each in targets if each.state is not Removal.CAPTURED}
    return sorted(
        name
        for each in deletion.posts
        for found in publications.of(each.post_id, each.version)
        if found.state in MAY_STAND
        and (name := f"{each.post_id} v{each.version} {found.place}") not in known
    )


def _name(target: DeletionTarget) -> str:
    return f"{target.post_id} v{target.version} {target.place}"
