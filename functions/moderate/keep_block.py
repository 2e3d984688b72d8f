"""Keep somebody from speaking to one account, look at that again, and let them in.

The centre only. Every block has a day at which somebody looks at it again, a year ahead at most; a
block that came with a takedown is looked at after the usual time.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from moderate.incident_errors import MayNotActError
from moderate.takedown_desk import Desk, begin, new_id
from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.posts.block import Block, BlockState, review_day
from shared.posts.errors import InvalidTakedownError
from shared.posts.localtime import local
from shared.posts.names import AccountId, PlatformName
from shared.posts.takedown import Taken
from shared.recordlog.canonical import JSON
from shared.records.errors import ChangedError
from shared.records.takedown_acts import act_on_block

NO_VOICE = "{0} has no voice there. Choose where they are to be blocked."
NO_AUTHOR = "Name them: what the platform calls them, its number or its name for them."
NO_WHY = "Say why. It is kept, and whoever looks at it again reads it."
NOT_ACTIVE = "is not in force"
NOT_LEFT = "is not left to a person"


@dataclass(frozen=True)
class Wish:
    """Who is to be blocked, for which account, and why; no day means the usual time."""

    account: AccountId
    platform: PlatformName
    author_id: str
    handle: str
    why: str
    review_on: date | None = None


def ask_block(
    wish: Wish, by: Person, *, desk: Desk, now: datetime, key: str | None = None
) -> Block:
    """The block, on record and with its machine; the same key and wish twice are one.
    MayNotActError, InvalidTakedownError, NotFoundError, KeyReusedError."""
    _check_right(by)
    account = desk.snapshots.read(accounts={wish.account}).account(wish.account)
    if account.handle(wish.platform) is None:
        raise InvalidTakedownError("platform", NO_VOICE.format(account.title))
    author = wish.author_id.strip()
    if not author:
        raise InvalidTakedownError("author_id", NO_AUTHOR)
    why = _why(wish.why)
    block = Block(
        block_id=new_id(desk, now),
        account=wish.account,
        platform=wish.platform,
        author_id=author,
        handle=wish.handle.strip().removeprefix("@"),
        why=why,
        by=by.person_id,
        at=now,
        review_on=review_day(wish.review_on, local(now).date()),
    )
    act = act_on_block(block, Taken.BLOCK_ASKED, now, {"why": why}, actor=by.person_id)
    kept = desk.blocks.ask(block, act, key)
    begin(desk, "block", kept.block_id)
    return kept


def lift(block: Block, why: str, by: Person, *, desk: Desk, now: datetime) -> Block:
    """The machine is to let them in again; MayNotActError, InvalidTakedownError, ChangedError."""
    _check_right(by)
    _check_active(block)
    reason = _why(why)
    after = replace(
        block, state=BlockState.LIFTING, lifted_by=by.person_id, lifted_at=now, lifted_why=reason
    )
    act = act_on_block(after, Taken.BLOCK_LIFT_ASKED, now, {"why": reason}, actor=by.person_id)
    desk.blocks.advance(block, after, act)
    begin(desk, "unblock", block.block_id)
    return after


def renew(
    block: Block, review_on: date | None, why: str, by: Person, *, desk: Desk, now: datetime
) -> Block:
    """It stays, and is looked at again on another day; MayNotActError, InvalidTakedownError,
    ChangedError."""
    _check_right(by)
    _check_active(block)
    reason = _why(why)
    after = replace(block, review_on=review_day(review_on, local(now).date()))
    act = act_on_block(after, Taken.BLOCK_RENEWED, now, {"why": reason}, actor=by.person_id)
    desk.blocks.advance(block, after, act)
    return after


def done_by_hand(block: Block, why: str, by: Person, *, desk: Desk, now: datetime) -> Block:
    """Somebody blocked them, or let them in, where no machine could; MayNotActError,
    InvalidTakedownError, ChangedError."""
    _check_right(by)
    if block.state is not BlockState.LEFT:
        raise ChangedError("block", block.block_id, NOT_LEFT)
    reason = _why(why)
    lifted = block.lifted_at is not None
    state = BlockState.LIFTED if lifted else BlockState.ACTIVE
    happened = Taken.BLOCK_LIFTED if lifted else Taken.BLOCK_ACTIVE
    after = replace(block, state=state, told=reason)
    payload: dict[str, JSON] = {"by_hand": reason}
    act = act_on_block(after, happened, now, payload, actor=by.person_id)
    desk.blocks.advance(block, after, act)
    return after


def _check_right(by: Person) -> None:
    able = may(by, Right.BLOCK)
    if not able.allowed:
        raise MayNotActError(able.reason)


def _check_active(block: Block) -> None:
    if block.state is not BlockState.ACTIVE:
        raise ChangedError("block", block.block_id, NOT_ACTIVE)


def _why(why: str) -> str:
    if not why.strip():
        raise InvalidTakedownError("why", NO_WHY)
    return why.strip()
