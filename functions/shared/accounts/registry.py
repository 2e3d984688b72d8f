"""Registry entries: accounts and people (policy.md A01–A24, P11, P12).

An entry holds what is so; what must be so is in the modules beside it: `life` (which status may
follow which), `faults` (what an entry lacks), `emails`, `handles`, `weblinks` and `mobiles` (what
may be typed), `checklist` and `training` (what has to be done), `cover` (who is there).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from shared.accounts.checklist import Item
from shared.accounts.training import Training
from shared.posts.names import AccountId, PersonId, PlatformName


class Level(StrEnum):
    """The three levels of an account (A01)."""

    CORPORATE = "corporate"
    LPT = "lpt"
    NEIGHBOURHOOD = "neighbourhood"


class AccountKind(StrEnum):
    """Who speaks through an account (A01, A23)."""

    TEAM = "team"
    DEPARTMENT = "department"
    INDIVIDUAL = "individual"
    INTERNAL_ONLY = "internal_only"


class ApprovalMode(StrEnum):
    """When a post that is not blocked needs a second person: every one, or those with findings to
    review. None is for the centre's own accounts, and means as little as can be: those with
    findings to review, decided by a second person of the centre.
    """

    ALWAYS = "always"
    FLAGGED = "flagged"
    NONE = "none"


class AccountStatus(StrEnum):
    """Where an account stands in its life; only an active one may speak."""

    REQUESTED = "requested"
    APPROVED = "approved"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class PersonStatus(StrEnum):
    """Only an active person may act."""

    ACTIVE = "active"
    AWAY = "away"
    SUSPENDED = "suspended"
    LEFT = "left"


SHUT_OUT = frozenset({PersonStatus.SUSPENDED, PersonStatus.LEFT})
"""Whoever is one of these has no access, and needs their e-mail verified anew to return."""


class Role(StrEnum):
    """What a person may do."""

    OFFICER = "officer"
    PCSO = "pcso"
    LPT_COMMANDER = "lpt_commander"
    COMMS = "comms"
    CORPORATE = "corporate"
    REGISTRAR = "registrar"
    AUDITOR = "auditor"
    PROFESSIONAL_STANDARDS = "professional_standards"


@dataclass(frozen=True)
class Handle:
    """An account's name on one platform and the service (base URL) it lives on."""

    platform: PlatformName
    name: str
    service: str


@dataclass(frozen=True)
class ReservedName:
    """A name registered on a platform so that nobody else speaks under it (A19)."""

    platform: PlatformName
    name: str


@dataclass(frozen=True)
class TwoStep:
    """The day on which the registrar saw two-step verification switched on for a handle."""

    platform: PlatformName
    on: date


@dataclass(frozen=True)
class StatusChange:
    """One step of a life: what somebody or something became, when, by whom, and why."""

    status: AccountStatus | PersonStatus
    at: datetime
    by: str
    why: str


@dataclass(frozen=True)
class ClosureProposed:
    """That closing a silent account was proposed: when, and since when it had been silent."""

    at: datetime
    silent_since: datetime


@dataclass(frozen=True)
class Account:
    """One voice of the force. `rhythm_hours` is the longest silence the public should meet;
    `closure_proposed` waits for somebody who closes it or keeps it open, last at `kept_open_at`."""

    account_id: AccountId
    title: str
    level: Level
    area: str
    email: str
    handles: tuple[Handle, ...]
    owner: PersonId
    members: frozenset[PersonId] = frozenset()
    deputies: frozenset[PersonId] = frozenset()
    senior: bool = False
    approval_mode: ApprovalMode = ApprovalMode.FLAGGED
    status: AccountStatus = AccountStatus.ACTIVE
    kind: AccountKind = AccountKind.TEAM
    purpose: str = ""
    audience: str = ""
    parent: AccountId | None = None
    communications_manager: PersonId | None = None
    force_page: str = ""
    house_rules: str = ""
    checklist: frozenset[Item] = frozenset()
    reserved_names: tuple[ReservedName, ...] = ()
    rhythm_hours: int | None = None
    two_step: tuple[TwoStep, ...] = ()
    review_date: date | None = None
    history: tuple[StatusChange, ...] = ()
    closure_proposed: ClosureProposed | None = None
    kept_open_at: datetime | None = None

    def handle(self, platform: PlatformName) -> Handle | None:
        """Its handle on a platform, or None where it has no voice."""
        return next((h for h in self.handles if h.platform == platform), None)

    @property
    def team(self) -> frozenset[PersonId]:
        """Everybody who may speak through it because it is theirs: owner, deputies, members."""
        return self.members | self.deputies | {self.owner}


@dataclass(frozen=True)
class Leave:
    """Days away, first and last included, and who stands in."""

    first_day: date
    last_day: date
    cover: PersonId | None = None

    def includes(self, day: date) -> bool:
        """Whether the person is away on this day."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Delegation:
    """Days, first and last included, on which somebody else is asked to approve instead. It gives
    nobody a right they have not got.
    """

    to: PersonId
    first_day: date
    last_day: date
    why: str

    def includes(self, day: date) -> bool:
        """Whether it holds on this day."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Acceptance:
    """The version of the force's policy a person accepted, and when (G07, A20)."""

    version: str
    on: date


@dataclass(frozen=True)
class Person:
    """An officer or member of staff. `duty` orders approvers: 0 is asked first; `senior` may
    decide what the grave rules found. What only the centre may see does not show where a person is
    printed.
    """

    person_id: PersonId
    name: str = field(repr=False)
    email: str = field(repr=False)
    mobile: str = field(repr=False)
    role: Role
    status: PersonStatus = PersonStatus.ACTIVE
    duty: int | None = None
    rank: str = ""
    training: tuple[Training, ...] = ()
    acceptance: Acceptance | None = None
    leave: tuple[Leave, ...] = ()
    reverified_at: datetime | None = None
    history: tuple[StatusChange, ...] = ()
    senior: bool = False
    delegations: tuple[Delegation, ...] = ()
