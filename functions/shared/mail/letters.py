"""The letters Bluelamp writes: one event each, and what each needs to be told.

Every moment is an aware UTC datetime; every link is a whole https address.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Event(StrEnum):
    """What a letter tells of; its templates lie in the folder of the same name."""

    APPROVAL_REQUEST = "approval-request"
    APPROVAL_REMINDER = "approval-reminder"
    RETURNED = "returned"
    REJECTED = "rejected"
    EXPIRED = "expired"
    REFUSED = "refused"
    FAILED = "failed"
    COVER_MISSING = "cover-missing"
    KEYS_DUE = "keys-due"


@dataclass(frozen=True)
class ApprovalWanted:
    """To an approver: `link` is theirs alone, `code` its code, `expires_at` when both end."""

    addressee: str
    account_title: str
    link: str
    code: str
    expires_at: datetime


@dataclass(frozen=True)
class PostEnded:
    """To an author: what became of a post; `link` leads to its page, where the reasons stand."""

    addressee: str
    account_title: str
    link: str
    reference: str
    submitted_at: datetime


@dataclass(frozen=True)
class CoverMissing:
    """To an approver on duty: accounts that nobody is there for; `link` leads to the registry."""

    addressee: str
    accounts: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class KeysDue:
    """To a registrar: targets whose keys need somebody, each with why; never the keys."""

    addressee: str
    targets: tuple[str, ...]
    link: str


Letter = ApprovalWanted | PostEnded | CoverMissing | KeysDue

LETTER_OF_EVENT: dict[Event, type[Letter]] = {
    Event.APPROVAL_REQUEST: ApprovalWanted,
    Event.APPROVAL_REMINDER: ApprovalWanted,
    Event.RETURNED: PostEnded,
    Event.REJECTED: PostEnded,
    Event.EXPIRED: PostEnded,
    Event.REFUSED: PostEnded,
    Event.FAILED: PostEnded,
    Event.COVER_MISSING: CoverMissing,
    Event.KEYS_DUE: KeysDue,
}
