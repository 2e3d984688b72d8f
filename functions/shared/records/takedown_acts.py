"""Acts on takedowns and blocks, with what every leaf about one says."""

from collections.abc import Mapping
from datetime import datetime

from shared.posts.acts import SYSTEM
from shared.posts.block import Block, subject_of_block
from shared.posts.names import PersonId
from shared.posts.takedown import Takedown, Taken, subject_of
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act

NOTHING: Mapping[str, JSON] = {}


def act_on_takedown(
    takedown: Takedown,
    happened: Taken,
    at: datetime,
    payload: Mapping[str, JSON],
    *,
    actor: PersonId | str = SYSTEM,
    personal: Mapping[str, JSON] = NOTHING,
) -> Act:
    """What happened to a takedown; the rule is its reason, the comment is named by its id. Words
    and names of whoever wrote it, or appeals, belong into `personal` and nowhere else."""
    return Act(
        type=happened.value,
        account=takedown.account,
        subject=subject_of(takedown.takedown_id),
        at=at,
        actor=actor,
        approver=None,
        reason=takedown.rule.value,
        payload={
            "asked_by": takedown.asked_by,
            "comment": takedown.comment_id,
            "deed": takedown.deed.value,
            "platform": takedown.platform,
            **payload,
        },
        personal=personal,
    )


def act_on_block(
    block: Block,
    happened: Taken,
    at: datetime,
    payload: Mapping[str, JSON],
    *,
    actor: PersonId | str = SYSTEM,
) -> Act:
    """What happened to a block. Who is blocked is sealed in its first leaf, and in no other."""
    named = {"author_id": block.author_id, "handle": block.handle}
    return Act(
        type=happened.value,
        account=block.account,
        subject=subject_of_block(block.block_id),
        at=at,
        actor=actor,
        approver=None,
        reason=None,
        payload={
            "platform": block.platform,
            "review_on": block.review_on.isoformat(),
            "takedown": block.takedown_id,
            **payload,
        },
        personal=named if happened is Taken.BLOCK_ASKED else NOTHING,
    )
