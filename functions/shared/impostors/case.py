"""The case of an account that could be taken for one of ours: its life (policy F07, F08).

    found ──→ false alarm ⇄ impostor ──→ reported ──→ removed
                               │            │  ⤷ refused ⇄ appealed
                               └────────────┴────────→ accepted (the risk that is left)

It ends where somebody says why it is none, where it is gone, or where nothing more can be done and
somebody says so. What came back after it was gone is an impostor again. A case that stands is
looked at every day; that it is gone is believed at the second look.

Nothing here says what it is called or what it says of itself: that is third parties' text, and is
sealed in the leaf that the case names.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.impostors.acts import Chased
from shared.impostors.errors import InvalidCaseError
from shared.posts.errors import UnlawfulStepError
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName


class CaseState(StrEnum):
    """How far it is."""

    FOUND = "found"
    FALSE_ALARM = "false_alarm"
    IMPOSTOR = "impostor"
    REPORTED = "reported"
    REFUSED = "refused"
    APPEALED = "appealed"
    REMOVED = "removed"
    ACCEPTED = "accepted"


class Source(StrEnum):
    """How it was found."""

    SEARCH = "search"
    REVIEW = "review"
    BY_HAND = "by_hand"


OPEN = frozenset(
    {
        *(CaseState.FOUND, CaseState.IMPOSTOR, CaseState.REPORTED),
        *(CaseState.REFUSED, CaseState.APPEALED),
    }
)
"""Somebody has still to do something."""

STANDING = OPEN - {CaseState.FOUND}
"""It is none of ours, and it is looked at whether it still stands."""

MAY_FOLLOW = {
    CaseState.FOUND: {CaseState.FALSE_ALARM, CaseState.IMPOSTOR, CaseState.REMOVED},
    CaseState.FALSE_ALARM: {CaseState.IMPOSTOR},
    CaseState.IMPOSTOR: {
        *(CaseState.FALSE_ALARM, CaseState.REPORTED, CaseState.REMOVED, CaseState.ACCEPTED),
    },
    # Reported again, where nobody answered the first time.
    CaseState.REPORTED: {
        *(CaseState.FALSE_ALARM, CaseState.REPORTED, CaseState.REFUSED, CaseState.REMOVED),
        CaseState.ACCEPTED,
    },
    CaseState.REFUSED: {
        *(CaseState.FALSE_ALARM, CaseState.APPEALED, CaseState.REMOVED, CaseState.ACCEPTED),
    },
    CaseState.APPEALED: {
        *(CaseState.FALSE_ALARM, CaseState.REFUSED, CaseState.REMOVED, CaseState.ACCEPTED),
    },
    CaseState.REMOVED: {CaseState.IMPOSTOR},
    CaseState.ACCEPTED: {CaseState.REPORTED, CaseState.REMOVED},
}
"""Which state may follow which."""

HAPPENED = {
    CaseState.FALSE_ALARM: Chased.FALSE_ALARM,
    CaseState.IMPOSTOR: Chased.CONFIRMED,
    CaseState.REPORTED: Chased.REPORTED,
    CaseState.REFUSED: Chased.REFUSED,
    CaseState.APPEALED: Chased.APPEALED,
    CaseState.REMOVED: Chased.REMOVED,
    CaseState.ACCEPTED: Chased.ACCEPTED,
}
"""The leaf of each step that somebody takes."""

SENT = frozenset({CaseState.REPORTED, CaseState.APPEALED})
"""Steps that were sent to the platform: where, on which day, and under which reference."""

REASONED = {
    CaseState.FALSE_ALARM: "Say why it is no impostor. It is kept; name nobody.",
    CaseState.ACCEPTED: "Say why nothing more is done. It is kept; name nobody.",
    CaseState.REFUSED: "Say what the platform answered. It is kept; name nobody.",
}
NO_WHERE = "Say where it was reported: the form's address, or who was told."
NO_DAY = "Name the day on which it was sent, from the day it was found to today."
TOO_MANY = "This case has very many steps. Close it, or ask the web team."
MOST_STEPS = 100

SECOND_LOOK = timedelta(hours=20)
"""So long after it was first missed somebody looks again; only then it is believed to be gone."""

GONE = "It is not there any more, at two looks."
BACK = "It was found again after it was gone."


@dataclass(frozen=True)
class Step:
    """What somebody said of it, or (`by` None) what the clock saw, at an aware moment. Of what was
    sent to the platform: `where`, `on` which day, and the `reference` it gave, if it gave one."""

    state: CaseState
    at: datetime
    by: PersonId | None = None
    why: str = ""
    where: str = ""
    on: date | None = None
    reference: str = ""


@dataclass(frozen=True)
class Case:
    """One account that could be taken for `account` of ours: where, how and when it was found,
    `reason` why it could (in words that name only what is ours), `leaf` in which it is sealed, and
    what followed. `looked_at` is when it was last looked at, `missed_at` when it was first not
    there, `fault` why nobody could look."""

    case_id: str
    account: AccountId
    platform: PlatformName
    source: Source
    found_at: datetime
    reason: str
    leaf: LeafId
    found_by: PersonId | None = None
    steps: tuple[Step, ...] = ()
    looked_at: datetime | None = None
    missed_at: datetime | None = None
    fault: str = ""

    @property
    def state(self) -> CaseState:
        """How far it is."""
        return self.steps[-1].state if self.steps else CaseState.FOUND

    @property
    def since(self) -> datetime:
        """Since when it is there."""
        return self.steps[-1].at if self.steps else self.found_at

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to do something."""
        return self.state in OPEN

    @property
    def stands(self) -> bool:
        """Whether it is none of ours and was not seen to be gone."""
        return self.state in STANDING


def take(case: Case, step: Step, today: date) -> Case:
    """The case with one more step; `today` is the force's own day. UnlawfulStepError,
    InvalidCaseError."""
    if step.state not in MAY_FOLLOW[case.state]:
        raise UnlawfulStepError(case.state.value, step.state.value, "A case of an impostor")
    if len(case.steps) >= MOST_STEPS:
        raise InvalidCaseError("decision", TOO_MANY)
    checked = _checked(case, step, today)
    return replace(case, steps=(*case.steps, checked), missed_at=None, fault="")


def looked(case: Case, is_there: bool, at: datetime) -> Case:  # noqa: FBT001 - what was seen
    """The case after a look at the account itself: gone at two looks is removed."""
    if is_there or not case.stands:
        return replace(case, looked_at=at, missed_at=None, fault="")
    if case.missed_at is None:
        return replace(case, looked_at=at, missed_at=at, fault="")
    if at < case.missed_at + SECOND_LOOK:
        return replace(case, looked_at=at, fault="")
    gone = Step(CaseState.REMOVED, at, why=GONE)
    return replace(case, steps=(*case.steps, gone), looked_at=at, missed_at=None, fault="")


def seen_again(case: Case, at: datetime) -> Case:
    """The case of an account that a search or a list shows again: what was gone has come back."""
    if case.state is not CaseState.REMOVED:
        return case
    return replace(case, steps=(*case.steps, Step(CaseState.IMPOSTOR, at, why=BACK)))


def _checked(case: Case, step: Step, today: date) -> Step:
    """Only what belongs to this step, and all of it."""
    why = step.why.strip()
    if step.state in REASONED and not why:
        raise InvalidCaseError("why", REASONED[step.state])
    if step.state not in SENT:
        return Step(step.state, step.at, step.by, why)
    where = step.where.strip()
    if not where:
        raise InvalidCaseError("where", NO_WHERE)
    if step.on is None or not case.found_at.date() - timedelta(days=1) <= step.on <= today:
        raise InvalidCaseError("on", NO_DAY)
    return replace(step, why=why, where=where, reference=step.reference.strip())
