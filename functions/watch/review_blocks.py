"""Every morning: whoever is on duty is told, once, of blocks whose day has come.

That telling begins is on record before the letter leaves (`shared.records.notices`): what nobody
told, because we died in between, the next morning tells. A renewed block has another day, and is
another notice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.accounts.registry import Account
from shared.mail.everybody import Send, send_to_all
from shared.mail.letters import Event
from shared.mail.takedown_letters import BlocksDue
from shared.posts.block import Block
from shared.posts.localtime import local
from shared.posts.names import AccountId
from shared.posts.takedown import Taken
from shared.records.accounts import Accounts
from shared.records.blocks import Blocks
from shared.records.notices import Notices
from shared.records.people import People
from shared.records.takedown_acts import act_on_block


class NobodyToTellError(Exception):
    """Nobody is on duty; raising it rings the alarm, and the next run tries again."""


@dataclass(frozen=True)
class Desk:
    """Records, and how letters leave."""

    blocks: Blocks
    notices: Notices
    accounts: Accounts
    people: People
    base_url: str
    sender: str
    send: Send


def review_blocks(desk: Desk, now: datetime) -> int:
    """How many blocks somebody was told of now; NobodyToTellError, MailError."""
    ours = [each for each in desk.blocks.due(local(now).date()) if _begins(desk, each, now)]
    if not ours:
        return 0
    accounts = {each.account_id: each for each in desk.accounts.all()}
    lines, link = tuple(_line(each, accounts) for each in ours), f"{desk.base_url}/blocks"
    letters = {p.email: BlocksDue(p.name, lines, link) for p in desk.people.on_duty()}
    if not letters:
        raise NobodyToTellError("Nobody is on duty to be told of blocks whose day has come.")
    send_to_all(Event.BLOCKS_DUE, letters, sender=desk.sender, send=desk.send, at=now)
    desk.notices.told(map(_notice_of, ours), now)
    return len(ours)


def _line(block: Block, accounts: Mapping[AccountId, Account]) -> str:
    """Of which account, and since when it is due; never who is blocked."""
    account = accounts.get(block.account)
    return f"{account.title if account else block.account}: due {block.review_on.isoformat()}"


def _begins(desk: Desk, block: Block, now: datetime) -> bool:
    act = act_on_block(block, Taken.BLOCK_TOLD, now, {"of": "review"})
    return desk.notices.begin(_notice_of(block), act)


def _notice_of(block: Block) -> str:
    return f"block/{block.block_id}/review/{block.review_on.isoformat()}"
