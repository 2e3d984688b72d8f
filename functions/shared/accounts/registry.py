"""Registry entries: accounts and people (policy.md A01–A15)."""

from dataclasses import dataclass
from enum import StrEnum

from shared.posts.names import AccountId, PersonId, PlatformName


class Level(StrEnum):
    """The three levels of an account (A01)."""

    CORPORATE = "corporate"
    LPT = "lpt"
    NEIGHBOURHOOD = "neighbourhood"


class ApprovalMode(StrEnum):
    """When a clear post of this account still needs a second person."""

    ALWAYS = "always"
    FLAGGED = "flagged"


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


class Role(StrEnum):
    """What a person may do."""

    OFFICER = "officer"
    PCSO = "pcso"
    LPT_COMMANDER = "lpt_commander"
    COMMS = "comms"
    CORPORATE = "corporate"
    REGISTRAR = "registrar"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class Handle:
    """An account's name on one platform and the service (base URL) it lives on."""

    platform: PlatformName
    name: str
    service: str


@dataclass(frozen=True)
class Account:
    """One voice of the force."""

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

    def handle(self, platform: PlatformName) -> Handle | None:
        """Its handle on a platform, or None where it has no voice."""
        return next((h for h in self.handles if h.platform == platform), None)


@dataclass(frozen=True)
class Person:
    """An officer or member of staff. `duty` orders approvers: 0 is asked first."""

    person_id: PersonId
    name: str
    email: str
    mobile: str
    role: Role
    status: PersonStatus = PersonStatus.ACTIVE
    duty: int | None = None
