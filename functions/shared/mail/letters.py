"""The letters Bluelamp writes: one event each, and what each needs to be told.

Every moment is an aware UTC datetime; every link is a whole https address.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.mail.deletion_letters import DeletionTold, DeletionWanted
from shared.mail.mention_letters import CallsForHelp, MentionsDue, MentionsOverdue
from shared.mail.morning_letter import MorningLetter
from shared.mail.takedown_letters import TakedownTold


class Event(StrEnum):
    """What a letter tells of; its templates lie in the folder of the same name."""

    APPROVAL_REQUEST = "approval-request"
    APPROVAL_REMINDER = "approval-reminder"
    RETURNED = "returned"
    REJECTED = "rejected"
    EXPIRED = "expired"
    REFUSED = "refused"
    FAILED = "failed"
    HELD = "held"
    EDITED = "edited"
    COVER_MISSING = "cover-missing"
    POSTS_AT_RISK = "posts-at-risk"
    REMINDER_PAUSED = "reminder-paused"
    REMINDER_ENDING = "reminder-ending"
    INCIDENT_DECLARED = "incident-declared"
    INCIDENT_STOOD_DOWN = "incident-stood-down"
    CONSENT_FILED = "consent-filed"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    DELETION_ASKED = "deletion-asked"
    DELETION_TOLD = "deletion-told"
    TAKEDOWN_PREJUDICIAL = "takedown-prejudicial"
    TAKEDOWN_LEFT = "takedown-left"
    BLOCK_LEFT = "block-left"
    EXCEPTIONS_FOUND = "exceptions-found"
    DRIFTS_FOUND = "drifts-found"
    CALLS_FOR_HELP = "calls-for-help"
    MENTIONS_DUE = "mentions-due"
    MENTIONS_OVERDUE = "mentions-overdue"
    MORNING = "morning"


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
class PostEdited:
    """To an author: an approver (`editor`) changed the words; somebody else decides about them."""

    addressee: str
    account_title: str
    link: str
    reference: str
    submitted_at: datetime
    editor: str


@dataclass(frozen=True)
class CoverMissing:
    """To an approver on duty: accounts that nobody is there for; `link` leads to the registry."""

    addressee: str
    accounts: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class PostsAtRisk:
    """To an approver on duty and the web team: posts that are due soon where the account's keys are
    not good, each by its account, platform and time; `link` leads to the keys."""

    addressee: str
    posts: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class IncidentTold:
    """To whoever an incident concerns: their accounts that it reaches (none: they approve); what
    it is about stands behind `link` only."""

    addressee: str
    drill: bool
    accounts: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class ReminderPaused:
    """To whoever keeps a series of posts: the clock had to stop it, and `why`."""

    addressee: str
    account_title: str
    title: str
    why: str
    link: str


@dataclass(frozen=True)
class ReminderEnding:
    """To the author of a series of posts: it ends soon."""

    addressee: str
    account_title: str
    title: str
    last_day: str
    link: str


@dataclass(frozen=True)
class ConsentTold:
    """To an approver on duty: a consent was countersigned, or taken back; where its form lies, and
    in how many posts its pictures are out, or may be."""

    addressee: str
    reference: str
    posts: int
    link: str


@dataclass(frozen=True)
class ExceptionsFound:
    """To an approver on duty, and to the owner of an account: posts that are gone, or say something
    else than we published, each in a line without its words; `link` leads to them."""

    addressee: str
    posts: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class DriftsFound:
    """To an approver on duty, and to the owner of an account: what stands on accounts that nobody
    put there through us, each in a line without its words; `link` leads to them."""

    addressee: str
    drifts: tuple[str, ...]
    link: str


Letter = (
    ApprovalWanted
    | PostEnded
    | PostEdited
    | CoverMissing
    | PostsAtRisk
    | IncidentTold
    | ReminderPaused
    | ReminderEnding
    | ConsentTold
    | DeletionWanted
    | DeletionTold
    | TakedownTold
    | ExceptionsFound
    | DriftsFound
    | CallsForHelp
    | MentionsDue
    | MentionsOverdue
    | MorningLetter
)

LETTER_OF_EVENT: dict[Event, type[Letter]] = {
    Event.APPROVAL_REQUEST: ApprovalWanted,
    Event.APPROVAL_REMINDER: ApprovalWanted,
    Event.RETURNED: PostEnded,
    Event.REJECTED: PostEnded,
    Event.EXPIRED: PostEnded,
    Event.REFUSED: PostEnded,
    Event.FAILED: PostEnded,
    Event.HELD: PostEnded,
    Event.EDITED: PostEdited,
    Event.COVER_MISSING: CoverMissing,
    Event.POSTS_AT_RISK: PostsAtRisk,
    Event.REMINDER_PAUSED: ReminderPaused,
    Event.REMINDER_ENDING: ReminderEnding,
    Event.INCIDENT_DECLARED: IncidentTold,
    Event.INCIDENT_STOOD_DOWN: IncidentTold,
    Event.CONSENT_FILED: ConsentTold,
    Event.CONSENT_WITHDRAWN: ConsentTold,
    Event.DELETION_ASKED: DeletionWanted,
    Event.DELETION_TOLD: DeletionTold,
    Event.TAKEDOWN_PREJUDICIAL: TakedownTold,
    Event.TAKEDOWN_LEFT: TakedownTold,
    Event.BLOCK_LEFT: TakedownTold,
    Event.EXCEPTIONS_FOUND: ExceptionsFound,
    Event.DRIFTS_FOUND: DriftsFound,
    Event.CALLS_FOR_HELP: CallsForHelp,
    Event.MENTIONS_DUE: MentionsDue,
    Event.MENTIONS_OVERDUE: MentionsOverdue,
    Event.MORNING: MorningLetter,
}
