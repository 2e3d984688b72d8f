"""Somebody who is kept off one account of ours: why, by whom, and until when.

A block is of a person and not of a comment, so it is the centre's to decide, and it has a day on
which somebody looks at it again. Its leaves are of the types in `shared.posts.takedown.Taken`.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.posts.errors import InvalidTakedownError, UnlawfulStepError
from shared.posts.names import AccountId, PersonId, PlatformName


class BlockState(StrEnum):
    """How far it is with keeping somebody off an account."""

    ASKED = "asked"
    ACTIVE = "active"
    LIFTING = "lifting"
    LIFTED = "lifted"
    LEFT = "left"
    """No machine can do it, blocking or lifting; somebody has a checklist."""


BLOCK_MAY_FOLLOW = {
    BlockState.ASKED: frozenset({BlockState.ACTIVE, BlockState.LEFT}),
    # Renewed: it stays, and is looked at again later.
    BlockState.ACTIVE: frozenset({BlockState.ACTIVE, BlockState.LIFTING}),
    BlockState.LIFTING: frozenset({BlockState.LIFTED, BlockState.LEFT}),
    BlockState.LEFT: frozenset({BlockState.ACTIVE, BlockState.LIFTING, BlockState.LIFTED}),
}

BLOCKS_UNDER_WAY = frozenset({BlockState.ASKED, BlockState.LIFTING})

USUAL_REVIEW, LATEST_REVIEW = timedelta(days=90), timedelta(days=365)


def step_block(now: BlockState, wanted: BlockState) -> BlockState:
    """`wanted`, if it may follow; else UnlawfulStepError."""
    if wanted not in BLOCK_MAY_FOLLOW.get(now, frozenset()):
        raise UnlawfulStepError(now.value, wanted.value, "A block")
    return wanted


@dataclass(frozen=True)
class Block:
    """Somebody who may not speak to one account, until when it is looked at again. What they are
    called there stays for as long as it takes to let them in again, and no longer. A block that
    came with a takedown has its id."""

    block_id: str
    account: AccountId
    platform: PlatformName
    author_id: str
    handle: str
    why: str
    by: PersonId
    at: datetime
    review_on: date
    takedown_id: str | None = None
    state: BlockState = BlockState.ASKED
    lifted_by: PersonId | None = None
    lifted_at: datetime | None = None
    lifted_why: str = ""
    told: str = ""

    def nameless(self) -> "Block":
        """The same without what they are called."""
        return replace(self, author_id="", handle="")


def review_day(wanted: date | None, today: date) -> date:
    """When a block is looked at again; InvalidTakedownError for a day that is past or too far."""
    day = wanted or today + USUAL_REVIEW
    if not today < day <= today + LATEST_REVIEW:
        sentence = f"Choose a day for looking at it again, within {LATEST_REVIEW.days} days."
        raise InvalidTakedownError("review_on", sentence)
    return day


def subject_of_block(block_id: str) -> str:
    """How leaves name a block."""
    return f"block:{block_id}"
