"""Takedowns and blocks as rows, and back."""

from dataclasses import asdict
from datetime import date
from typing import Any

from shared.posts.block import BLOCKS_UNDER_WAY, Block, BlockState
from shared.posts.names import AccountId
from shared.posts.takedown import (
    Appeal,
    Deed,
    HouseRule,
    Takedown,
    TakedownState,
)
from shared.records.first_time import said_once
from shared.records.spelling import (
    as_json,
    at_rest,
    from_json,
    moment,
    moment_if,
    written,
    written_if,
)
from shared.records.tables import Tables
from shared.records.takedown_rows import (
    ACTIVE,
    LISTED_BLOCKS,
    LISTED_TAKEDOWNS,
    MOVING,
    BlockRow,
    TakedownRow,
)
from shared.records.transaction import Write


def takedown_row(tables: Tables, takedown: Takedown) -> TakedownRow:
    """The row of a takedown."""
    moving, appeal = takedown.is_moving, takedown.appeal
    decided = appeal.decided_at if appeal else None
    entry = asdict(takedown) | {
        "asked_at": written(takedown.asked_at),
        "ended_at": written_if(takedown.ended_at),
        "appeal": appeal
        and asdict(appeal)
        | {"received_at": written(appeal.received_at), "decided_at": written_if(decided)},
    }
    return tables.takedowns(
        takedown_id=entry.pop("takedown_id"),
        account=entry.pop("account"),
        listed=LISTED_TAKEDOWNS,
        open=MOVING if moving else None,
        waits_from=written(decided or takedown.asked_at) if moving else None,
        entry=as_json(entry),
    )


def takedown_of(row: TakedownRow) -> Takedown:
    """The takedown a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    appeal = held["appeal"]
    return Takedown(
        **held
        | {
            "takedown_id": row.takedown_id,
            "account": AccountId(row.account),
            "rule": HouseRule(held["rule"]),
            "deed": Deed(held["deed"]),
            "state": TakedownState(held["state"]),
            "asked_at": moment(held["asked_at"]),
            "ended_at": moment_if(held["ended_at"]),
            "appeal": _appeal_of(appeal) if appeal else None,
        }
    )


def _appeal_of(held: dict[str, Any]) -> Appeal:
    times = {
        "received_at": moment(held["received_at"]),
        "decided_at": moment_if(held["decided_at"]),
    }
    return Appeal(**held | times)


def block_row(tables: Tables, block: Block) -> BlockRow:
    """The row of a block, which forgets what somebody is called when they are let in again."""
    kept = block.nameless() if block.state is BlockState.LIFTED else block
    entry = asdict(kept) | {
        "at": written(block.at),
        "review_on": block.review_on.isoformat(),
        "lifted_at": written_if(block.lifted_at),
    }
    opened, waits_from = _waits(block)
    return tables.blocks(
        block_id=entry.pop("block_id"),
        listed=LISTED_BLOCKS,
        open=opened,
        waits_from=waits_from,
        entry=as_json(entry),
    )


def _waits(block: Block) -> tuple[str | None, str | None]:
    """Who is waited for, and since or until when."""
    if block.state in BLOCKS_UNDER_WAY:
        return MOVING, written(block.lifted_at or block.at)
    if block.state is BlockState.ACTIVE:
        return ACTIVE, block.review_on.isoformat()
    return None, None


def block_of(row: BlockRow) -> Block:
    """The block a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    return Block(
        **held
        | {
            "block_id": row.block_id,
            "state": BlockState(held["state"]),
            "at": moment(held["at"]),
            "review_on": date.fromisoformat(held["review_on"]),
            "lifted_at": moment_if(held["lifted_at"]),
        }
    )


def asked_once(tables: Tables, takedown: Takedown, key: str) -> Write:
    """The write that fails where the same person used this key before."""
    said = [
        *(takedown.account, takedown.platform, takedown.comment_id, takedown.rule.value),
        *(takedown.why, takedown.deed.value, str(takedown.block)),
    ]
    whose, made = f"{takedown.asked_by}#takedown", (takedown.takedown_id, 1)
    return said_once(tables, (whose, key), at_rest(as_json(said)), made, takedown.asked_at)


def blocked_once(tables: Tables, block: Block, key: str) -> Write:
    """The same for whoever is to be blocked."""
    said = [
        *(block.account, block.platform, block.author_id, block.handle, block.why),
        block.review_on.isoformat(),
    ]
    whose, made = f"{block.by}#block", (block.block_id, 1)
    return said_once(tables, (whose, key), at_rest(as_json(said)), made, block.at)
