"""Somebody did about a comment what no machine could, and says so; what it said is kept with that.

A platform that would not even show it to the machine leaves the evidence to the person as well:
nobody says that it is done without what it said, who wrote it and when (policy C02)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from moderate.incident_errors import MayNotActError
from moderate.takedown_desk import Desk
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may_for
from shared.posts.errors import InvalidTakedownError
from shared.posts.takedown import Takedown, TakedownState, Taken
from shared.recordlog.canonical import JSON
from shared.records.errors import ChangedError
from shared.records.takedown_acts import act_on_takedown

NO_WHY = "Say what you did, and how you saw that it worked. It is kept."
NO_WORDING = "Say exactly what it says; after it is gone nobody can."
NO_AUTHOR = "Say who wrote it, as they are called there."
NO_TIME = "Say when it was written, as it says there."
NOT_BLOCKED = "Whoever wrote it is not blocked: do that on the page of blocks."
NOT_LEFT = "is not left to a person"


@dataclass(frozen=True)
class Deeds:
    """What somebody says they did; the rest only where the machine could keep nothing."""

    why: str
    text: str = ""
    author: str = ""
    written: str = ""


def done_by_hand(
    takedown: Takedown,
    deeds: Deeds,
    by: Person,
    *,
    account: Account,
    desk: Desk,
    now: datetime,
) -> Takedown:
    """The takedown as it then stands; after an upheld appeal that is: shown again.
    MayNotActError, InvalidTakedownError, ChangedError."""
    able = may_for(by, Right.TAKE_DOWN, account)
    if not able.allowed:
        raise MayNotActError(able.reason)
    if takedown.state is not TakedownState.LEFT:
        raise ChangedError("takedown", takedown.takedown_id, NOT_LEFT)
    why = deeds.why.strip()
    if not why:
        raise InvalidTakedownError("why", NO_WHY)
    undone = takedown.appeal is not None and takedown.appeal.upheld is True
    state, happened = (
        (TakedownState.UNDONE, Taken.UNDONE) if undone else (TakedownState.DONE, Taken.DONE)
    )
    after = takedown.ended(state, now, _told(takedown, why))
    act = act_on_takedown(
        after,
        happened,
        now,
        {"by_hand": why},
        actor=by.person_id,
        personal=_kept(deeds) if takedown.evidence_leaf is None else {},
    )
    return desk.takedowns.advance(takedown, after, act)


def _told(takedown: Takedown, why: str) -> str:
    """What they did, and what it leaves to do: the machine never learned whom to block."""
    unblocked = takedown.block and takedown.evidence_leaf is None
    return f"By hand: {why} {NOT_BLOCKED if unblocked else ''}".strip()


def _kept(deeds: Deeds) -> Mapping[str, JSON]:
    """What it said, who wrote it and when, as it is sealed; InvalidTakedownError."""
    needed = (
        ("text", deeds.text, NO_WORDING),
        ("author", deeds.author, NO_AUTHOR),
        ("written", deeds.written, NO_TIME),
    )
    for field, said, sentence in needed:
        if not said.strip():
            raise InvalidTakedownError(field, sentence)
    return {"text": deeds.text, "author": deeds.author.strip(), "at": deeds.written.strip()}
