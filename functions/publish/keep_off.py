"""Somebody kept off one account of ours, or let in again; doing either twice is a success."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from publish.comment import LEFT, OVER, Scene
from publish.target import Told
from shared.platforms.moderating import Moderator
from shared.posts.block import BLOCKS_UNDER_WAY, Block, BlockState
from shared.posts.takedown import Taken
from shared.records.takedown_acts import act_on_block


def keep_off(block: Block, scene: Scene, now: datetime) -> Told:
    """Block, or let in again, whichever is under way: `over`, `later`, `unsure` or `left`."""
    if block.state not in BLOCKS_UNDER_WAY:
        return Told(LEFT if block.state is BlockState.LEFT else OVER)

    def deed(moderator: Moderator) -> Told:
        if block.state is BlockState.ASKED:
            moderator.block(block.author_id)
            return _moved(block, BlockState.ACTIVE, Taken.BLOCK_ACTIVE, scene, now)
        moderator.unblock(block.author_id)
        return _moved(block, BlockState.LIFTED, Taken.BLOCK_LIFTED, scene, now)

    return scene.attempt(deed, partial(leave_block, block, scene=scene, now=now), now)


def leave_block(block: Block, reason: str, *, scene: Scene, now: datetime) -> Told:
    """No machine can; a person gets a checklist."""
    if block.state not in BLOCKS_UNDER_WAY:
        return Told(LEFT if block.state is BlockState.LEFT else OVER)
    return _moved(block, BlockState.LEFT, Taken.BLOCK_LEFT, scene, now, told=reason)


def _moved(
    block: Block, to: BlockState, happened: Taken, scene: Scene, now: datetime, *, told: str = ""
) -> Told:
    act = act_on_block(block, happened, now, {"reason": told} if told else {})
    scene.blocks.advance(block, replace(block, state=to, told=told), act)
    return Told(LEFT if to is BlockState.LEFT else OVER)
