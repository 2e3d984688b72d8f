"""Somebody else's words under a post of ours, taken down: by which house rule, what is kept first.

No leave is asked beforehand: what should not stand there goes as soon as it is seen (policy C01).
What keeps that honest is that its wording, its author, its time and the platform's own answer are
on record before anything is asked of the platform (C02, P4), that the rule is one the public can
read (C07), and that whoever wrote it may appeal. To disagree, or to be pointless, breaks no rule
(C05, C06).

Whoever wrote it may be blocked besides: `shared.posts.block`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.posts.errors import InvalidTakedownError, UnlawfulStepError
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName


class Taken(StrEnum):
    """Types of leaves that speak of takedowns and of blocks."""

    ASKED = "takedown.asked"
    EVIDENCE = "takedown.evidence_kept"
    DONE = "takedown.done"
    CAME_BACK = "takedown.came_back"
    PROVED = "takedown.proved"
    LEFT = "takedown.left_to_a_person"
    ABSENT = "takedown.absent"
    APPEALED = "takedown.appealed"
    APPEAL_DECIDED = "takedown.appeal_decided"
    UNDONE = "takedown.undone"
    TOLD = "takedown.told"
    BLOCK_ASKED = "block.asked"
    BLOCK_ACTIVE = "block.active"
    BLOCK_RENEWED = "block.renewed"
    BLOCK_LIFT_ASKED = "block.lift_asked"
    BLOCK_LIFTED = "block.lifted"
    BLOCK_LEFT = "block.left_to_a_person"
    BLOCK_TOLD = "block.told"


class HouseRule(StrEnum):
    """Which of the published rules a comment breaks."""

    ILLEGAL = "illegal"
    OFFENSIVE = "offensive"
    PREJUDICIAL = "prejudicial"
    THREAT = "threat"
    PERSONAL_DATA = "personal-data"
    SPAM = "spam"


NO_RULE = {
    "disagrees": "To disagree with us breaks no rule: leave it, or answer it.",
    "pointless": "To be pointless breaks no rule: leave it, and answer what asks something.",
}
"""What people would like to give as a reason, and what they do instead (policy C05, C06)."""


def house_rule(name: str) -> HouseRule:
    """The rule of this name; InvalidTakedownError with what to do instead."""
    if name in NO_RULE:
        raise InvalidTakedownError("rule", NO_RULE[name])
    try:
        return HouseRule(name)
    except ValueError as error:
        rules = ", ".join(HouseRule)
        raise InvalidTakedownError("rule", f"Choose the rule it breaks: {rules}.") from error


class Deed(StrEnum):
    """What is asked of the platform."""

    HIDE = "hide"
    DELETE = "delete"
    REPORT = "report"


class TakedownState(StrEnum):
    """How far it is."""

    ASKED = "asked"
    CAPTURED = "captured"
    """The evidence is on record; nothing may have been done yet."""

    DONE = "done"
    """The platform did it, or a person says that they did; a report is over with it."""

    PROVED = "proved"
    """Read back a minute later: it is hidden, or gone."""

    LEFT = "left"
    """No machine can do it; somebody has a checklist."""

    ABSENT = "absent"
    """It was not there any more."""

    UNDONE = "undone"
    """Shown again, after an appeal was upheld."""


MAY_FOLLOW = {
    TakedownState.ASKED: frozenset(
        {TakedownState.CAPTURED, TakedownState.ABSENT, TakedownState.LEFT}
    ),
    TakedownState.CAPTURED: frozenset({TakedownState.DONE, TakedownState.LEFT}),
    # What is not proved, or cannot be undone, is left to a person.
    TakedownState.DONE: frozenset(
        {TakedownState.PROVED, TakedownState.LEFT, TakedownState.UNDONE, TakedownState.ABSENT}
    ),
    TakedownState.PROVED: frozenset(
        {TakedownState.LEFT, TakedownState.UNDONE, TakedownState.ABSENT}
    ),
    # A person may do by hand what no machine could.
    TakedownState.LEFT: frozenset({TakedownState.DONE, TakedownState.UNDONE}),
}


def step(now: TakedownState, wanted: TakedownState) -> TakedownState:
    """`wanted`, if it may follow; else UnlawfulStepError."""
    if wanted not in MAY_FOLLOW.get(now, frozenset()):
        raise UnlawfulStepError(now.value, wanted.value, "A takedown")
    return wanted


@dataclass(frozen=True)
class Appeal:
    """Somebody says that it should not have been taken down. Who, and in which words, is sealed in
    the leaf; `upheld` is None until somebody of the centre has decided."""

    received_at: datetime
    entered_by: PersonId
    leaf: LeafId | None = None
    upheld: bool | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    why: str = ""


@dataclass(frozen=True)
class Takedown:
    """One comment of somebody else's. `evidence_leaf` is the leaf that holds its wording, author,
    time and the platform's answer, sealed; `told` the last that there is to say. The address often
    names its author: it is there for as long as somebody has to find it, and sealed from then on.
    """

    takedown_id: str
    account: AccountId
    platform: PlatformName
    comment_id: str
    address: str
    rule: HouseRule
    why: str
    deed: Deed
    block: bool
    asked_by: PersonId
    asked_at: datetime
    state: TakedownState = TakedownState.ASKED
    evidence_leaf: LeafId | None = None
    told: str = ""
    appeal: Appeal | None = None
    ended_at: datetime | None = None

    @property
    def is_to_be_undone(self) -> bool:
        """Whether it is still hidden although an appeal was upheld, and a machine may show it."""
        upheld = self.appeal is not None and self.appeal.upheld is True
        return upheld and self.deed is Deed.HIDE and self.state in HIDDEN

    @property
    def is_moving(self) -> bool:
        """Whether a state machine has to be at it."""
        under_way = self.state in UNDER_WAY and self.ended_at is None
        return under_way or self.is_to_be_undone

    def ended(self, state: TakedownState, at: datetime, told: str) -> "Takedown":
        """The same, over; UnlawfulStepError."""
        return replace(self, state=step(self.state, state), ended_at=at, told=told)

    def forgetful(self) -> "Takedown":
        """The same without its address, once nobody has to find it any more."""
        over = self.ended_at is not None and self.state is not TakedownState.LEFT
        return replace(self, address="") if over else self


UNDER_WAY = frozenset({TakedownState.ASKED, TakedownState.CAPTURED, TakedownState.DONE})
HIDDEN = frozenset({TakedownState.DONE, TakedownState.PROVED})


def subject_of(takedown_id: str) -> str:
    """How leaves name a takedown."""
    return f"takedown:{takedown_id}"
