"""An appeal against a takedown: entered as it reached us, and decided by somebody of the centre who
did not ask for the takedown. Once; who appeals, and in which words, is sealed (ADR 0022)."""

from dataclasses import dataclass, replace
from datetime import datetime

from moderate.incident_errors import MayNotActError
from moderate.takedown_desk import Desk, begin
from shared.accounts.registry import Account, Person
from shared.accounts.rights import YES, Answer, Right, may, may_for
from shared.posts.errors import InvalidTakedownError
from shared.posts.takedown import HIDDEN, Appeal, Deed, Takedown, Taken
from shared.records.errors import ChangedError
from shared.records.takedown_acts import act_on_takedown

NO_WORDS = "Write down what they say, in their words."
NO_WHO = "Say who appeals, as far as they say."
NO_REASON = "Say why; whoever appealed is answered by your words, and they are kept."
NOT_DONE = "was not taken down, or is shown again"
APPEALED = "has an appeal already"
NOBODY_WAITS = "has no appeal that waits"
OWN = "You asked for it to be taken down; somebody else of communications decides."
GONE = "It was deleted and cannot be shown again. Say so to whoever appealed, and say sorry."
REPORTED = "The report stays with the platform. Say so to whoever appealed, and say sorry."


@dataclass(frozen=True)
class Heard:
    """An appeal as it reached us."""

    who: str
    words: str


@dataclass(frozen=True)
class Choice:
    """What somebody decided, and why."""

    upheld: bool
    why: str


def may_appeal(takedown: Takedown) -> bool:
    """Whether an appeal may be entered: once it is done, and once."""
    return takedown.state in HIDDEN and takedown.appeal is None


def waits_for_decision(takedown: Takedown) -> bool:
    """Whether somebody of the centre has to decide."""
    return takedown.appeal is not None and takedown.appeal.upheld is None


def may_decide(person: Person, takedown: Takedown) -> Answer:
    """Somebody of the centre who did not ask for it."""
    able = may(person, Right.DECIDE_APPEAL)
    if not able.allowed:
        return able
    return Answer(False, OWN) if person.person_id == takedown.asked_by else YES


def enter_appeal(
    takedown: Takedown,
    heard: Heard,
    by: Person,
    *,
    account: Account,
    desk: Desk,
    now: datetime,
) -> Takedown:
    """The takedown with its appeal; MayNotActError, InvalidTakedownError, ChangedError."""
    able = may_for(by, Right.TAKE_DOWN, account)
    if not able.allowed:
        raise MayNotActError(able.reason)
    who, words = heard.who.strip(), heard.words.strip()
    if not who:
        raise InvalidTakedownError("who", NO_WHO)
    if not words:
        raise InvalidTakedownError("words", NO_WORDS)
    if not may_appeal(takedown):
        why = NOT_DONE if takedown.appeal is None else APPEALED
        raise ChangedError("takedown", takedown.takedown_id, why)
    after = replace(takedown, appeal=Appeal(received_at=now, entered_by=by.person_id))
    act = act_on_takedown(
        after,
        Taken.APPEALED,
        now,
        {},
        actor=by.person_id,
        personal={"who": who, "words": words},
    )
    return desk.takedowns.receive_appeal(takedown, after, act)


def decide_appeal(
    takedown: Takedown, choice: Choice, by: Person, *, desk: Desk, now: datetime
) -> Takedown:
    """The takedown as it was decided, once; what is hidden the machine shows again.
    MayNotActError, InvalidTakedownError, ChangedError."""
    able = may_decide(by, takedown)
    if not able.allowed:
        raise MayNotActError(able.reason)
    appeal = takedown.appeal
    if appeal is None or appeal.upheld is not None:
        raise ChangedError("takedown", takedown.takedown_id, NOBODY_WAITS)
    why = choice.why.strip()
    if not why:
        raise InvalidTakedownError("why", NO_REASON)
    decided = replace(
        appeal, upheld=choice.upheld, decided_by=by.person_id, decided_at=now, why=why
    )
    after = replace(takedown, appeal=decided, told=_told(takedown, choice))
    act = act_on_takedown(
        after,
        Taken.APPEAL_DECIDED,
        now,
        {"upheld": choice.upheld, "why": why},
        actor=by.person_id,
    )
    kept = desk.takedowns.advance(takedown, after, act)
    if kept.is_to_be_undone:
        begin(desk, "undo", kept.takedown_id)
    return kept


def _told(takedown: Takedown, choice: Choice) -> str:
    """What there is to say of it now."""
    if not choice.upheld or takedown.deed is Deed.HIDE:
        return takedown.told
    return GONE if takedown.deed is Deed.DELETE else REPORTED
