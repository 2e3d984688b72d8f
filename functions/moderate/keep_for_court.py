"""Asks for a legal hold or for its end, approves or refuses either: two people, each by name.

Nothing is locked or let go here: this room writes down that two people agreed, and a function that
nobody can reach from outside does it within the hour. Text is safe from erasures at once.
"""

from dataclasses import dataclass
from datetime import datetime

from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.identity.session import NotAllowedError
from shared.months.holding import approved, asked, refused, release_asked
from shared.months.legal_hold import Cause, LegalHold, Scope, State, Word
from shared.posts.names import LegalHoldId
from shared.recordlog.acts import Happened
from shared.records.legal_holds import LegalHolds
from shared.records.pen import ENTROPY_BYTES, Pen, ulid


@dataclass(frozen=True)
class HoldDesk:
    """Where legal holds are kept, and what makes their ids."""

    holds: LegalHolds
    pen: Pen


@dataclass(frozen=True)
class Need:
    """What is to be kept, for what, by which reference, and why."""

    cause: Cause
    reference: str
    scope: Scope
    why: str


def ask(need: Need, *, by: Person, desk: HoldDesk, now: datetime) -> LegalHold:
    """The hold, waiting for a second person."""
    hold_id = LegalHoldId(ulid(now, desk.pen.chance(ENTROPY_BYTES)))
    word = Word(by.person_id, now, need.why.strip())
    hold = asked(hold_id, need.cause, need.reference.strip(), need.scope, word)
    desk.holds.ask(hold)
    return hold


def ask_release(
    hold_id: LegalHoldId, why: str, *, by: Person, desk: HoldDesk, now: datetime
) -> LegalHold:
    """The hold goes on until a second person agrees that it ends; NotWaitingError."""
    before = desk.holds.get(hold_id)
    after = release_asked(before, Word(by.person_id, now, why.strip()))
    desk.holds.change(before, after, Happened.HOLD_RELEASE_ASKED, at=now)
    return after


def approve(hold_id: LegalHoldId, *, by: Person, desk: HoldDesk, now: datetime) -> LegalHold:
    """A second person agrees, to the hold or to its end; OwnLegalHoldError, NotWaitingError, and
    NotAllowedError for its end unless they may."""
    before = desk.holds.get(hold_id)
    ends = before.state is State.RELEASE_ASKED
    able = may(by, Right.END_HOLD if ends else Right.HOLD)
    if not able.allowed:
        raise NotAllowedError(able.reason)
    after = approved(before, Word(by.person_id, now))
    happened = Happened.HOLD_RELEASE_APPROVED if ends else Happened.HOLD_APPROVED
    desk.holds.change(before, after, happened, at=now)
    return after


def refuse(
    hold_id: LegalHoldId, why: str, *, by: Person, desk: HoldDesk, now: datetime
) -> LegalHold:
    """Nothing is held, or it goes on, and why is on record; NotWaitingError."""
    before = desk.holds.get(hold_id)
    after = refused(before, Word(by.person_id, now, why.strip()))
    ends = before.state is State.RELEASE_ASKED
    happened = Happened.HOLD_RELEASE_REFUSED if ends else Happened.HOLD_REFUSED
    desk.holds.change(before, after, happened, at=now)
    return after
