"""Blocks whose day has come are told of once to whoever is on duty.

A renewed block has another day, and is another notice.
"""

from collections.abc import Iterator
from datetime import datetime

from shared.mail.digest import Matter
from shared.posts.block import Block
from shared.posts.localtime import local
from shared.posts.takedown import Taken
from shared.records.blocks import Blocks
from shared.records.takedown_acts import act_on_block
from watch.morning.due import Due
from watch.morning.who import Who


def find_blocks(blocks: Blocks, who: Who, now: datetime) -> Iterator[Due]:
    """Each that somebody has to look at again by now."""
    for block in blocks.due(local(now).date()):
        on = block.review_on.isoformat()
        act = act_on_block(block, Taken.BLOCK_TOLD, now, {"of": "review"})
        matter = Matter("Look at this block again", _line(block, who), who.on_duty, "/blocks")
        yield Due(f"block/{block.block_id}/review/{on}", matter, act)


def _line(block: Block, who: Who) -> str:
    """Of which account, and since when it is due; never who is blocked."""
    account = who.accounts.get(block.account)
    return f"{account.title if account else block.account}: due {block.review_on.isoformat()}"
