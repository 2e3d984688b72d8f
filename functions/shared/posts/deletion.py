"""Taking our own words away again: on which grounds, by whose leave, and what is on record first.

A deletion is asked for, decided by somebody else of the centre (or begun at once on a grave ground,
and looked at afterwards), and only then carried out, target by target. Of every target there is
evidence on record before anything is removed (P4). Deleting is the last resort (policy C12): a
mistake is corrected, not hidden.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.posts.errors import UnlawfulStepError
from shared.posts.names import AccountId, PersonId, PostId


class Deleted(StrEnum):
    """Types of leaves that speak of deletions."""

    ASKED = "deletion.asked"
    APPROVED = "deletion.approved"
    REFUSED = "deletion.refused"
    EXPIRED = "deletion.expired"
    EVIDENCE = "deletion.evidence_kept"
    REMOVED = "publication.withdrawn"
    CAME_BACK = "deletion.came_back"
    PROVED = "deletion.proved"
    LEFT = "deletion.left_to_a_person"
    BY_HAND = "deletion.done_by_hand"
    CONCLUDED = "deletion.concluded"
    REVIEWED = "deletion.reviewed"


class Ground(StrEnum):
    """Why a post of ours may be taken away at all (policy C12)."""

    ILLEGAL = "illegal"
    OFFENSIVE = "offensive"
    PREJUDICIAL = "prejudicial"
    FACTUAL_DANGER = "factual-danger"


GRAVE = frozenset({Ground.ILLEGAL, Ground.PREJUDICIAL, Ground.FACTUAL_DANGER})
"""Grounds on which the centre may begin at once: waiting for a second person does harm. Offence is
given already, and half an hour changes little."""


class DeletionState(StrEnum):
    """Where a deletion stands. The last group are endings."""

    ASKED = "asked"
    APPROVED = "approved"
    # endings
    REFUSED = "refused"
    EXPIRED = "expired"
    REMOVED = "removed"
    PARTLY_REMOVED = "partly_removed"


MAY_FOLLOW = {
    DeletionState.ASKED: frozenset(
        {DeletionState.APPROVED, DeletionState.REFUSED, DeletionState.EXPIRED}
    ),
    DeletionState.APPROVED: frozenset({DeletionState.REMOVED, DeletionState.PARTLY_REMOVED}),
    # A person may do by hand what no machine could.
    DeletionState.PARTLY_REMOVED: frozenset({DeletionState.REMOVED}),
}

UNDECIDED_OR_UNDER_WAY = frozenset({DeletionState.ASKED, DeletionState.APPROVED})
OVER_FOR_NOTHING = frozenset({DeletionState.REFUSED, DeletionState.EXPIRED})
"""Endings after which it may be asked for again."""


def step(now: DeletionState, wanted: DeletionState) -> DeletionState:
    """`wanted`, if it may follow; else UnlawfulStepError."""
    if wanted not in MAY_FOLLOW.get(now, frozenset()):
        raise UnlawfulStepError(now.value, wanted.value)
    return wanted


class Removal(StrEnum):
    """How far it is with one target."""

    CAPTURED = "captured"
    """The evidence is on record; nothing may have been removed yet."""

    REMOVED = "removed"
    """Taken away, and read back once."""

    PROVED = "proved"
    """Read back a second time, minutes later: it stayed away."""

    LEFT = "left"
    """No machine can take it away; somebody has a checklist."""

    BY_HAND = "by_hand"
    """Somebody says that they took it away."""


GONE = frozenset({Removal.PROVED, Removal.BY_HAND})
"""What counts as removed in the end."""


@dataclass(frozen=True)
class Version:
    """A version of a post."""

    post_id: PostId
    version: int


@dataclass(frozen=True)
class Asked:
    """Who asked, and what they said: `why` for the record, `note` for the public (C13), `copies`
    where else the words are known to stand (C14); `at_once` where it could not wait."""

    by: PersonId
    at: datetime
    ground: Ground
    why: str
    note: str
    copies: str = ""
    at_once: bool = False


@dataclass(frozen=True)
class Said:
    """What somebody else said of it: before, or afterwards where it could not wait."""

    by: PersonId
    at: datetime
    approved: bool
    reason: str


@dataclass(frozen=True)
class Deletion:
    """One deletion of one or more posts. `ruling` is missing where nobody had to be asked, `review`
    until somebody has looked afterwards."""

    deletion_id: str
    posts: tuple[Version, ...]
    accounts: tuple[AccountId, ...]
    asked: Asked
    state: DeletionState
    ruling: Said | None = None
    review: Said | None = None
    ended_at: datetime | None = None
    reason: str | None = None

    @property
    def waits_for_review(self) -> bool:
        """Whether it was begun at once, and nobody else has looked at it since."""
        return self.asked.at_once and self.review is None


@dataclass(frozen=True)
class Evidence:
    """What was known of a target just before it was removed: the words as they were cleared, as
    they stood (None where they could not be read, and `unread` says why), the pictures, when it
    went out, and what it was called there."""

    at: datetime
    cleared: str
    shown: str | None
    unread: str
    pictures: tuple[tuple[str, str], ...]
    """SHA-256 (hex) and alt text of each."""

    platform_id: str
    url: str
    sent_at: datetime | None
    answer: dict[str, str]
    """The platform's receipt, and what it showed, field by field."""


@dataclass(frozen=True)
class DeletionTarget:
    """One target of a deletion, or one part of it: how far it is, and what was kept of it
    beforehand. `place` as `shared.posts.threads` spells it."""

    deletion_id: str
    post_id: PostId
    version: int
    place: str
    account: AccountId
    state: Removal
    evidence: Evidence
    removed_at: datetime | None = None
    proved_at: datetime | None = None
    reason: str | None = None
    by: PersonId | None = None


CHECKLISTS = {
    "bluesky": "Open the post in the app, choose the three dots, then Delete post.",
    "mastodon": "Open the post, choose the three dots, then Delete.",
    "x": "Open the post, choose the three dots, then Delete.",
    "facebook": "Open the page, find the post, choose the three dots, then Move to bin.",
    "linkedin": "Open the page as its administrator, find the post, choose Delete.",
    "viva-engage": "Open the community, find the message, choose the three dots, then Delete.",
    "feed": "Ask the web team to take the entry out of the feed, and its page away.",
}
ANYWHERE = "Sign in there as the account, find the post by its address, and delete it."
AFTERWARDS = "Then open its address in a window that is not signed in: it has to be gone."


def checklist(place: str) -> tuple[str, ...]:
    """What a person does where no machine can, in order."""
    return (CHECKLISTS.get(place.partition("#")[0], ANYWHERE), AFTERWARDS)


def subject_of(deletion_id: str) -> str:
    """How leaves name a deletion."""
    return f"deletion:{deletion_id}"
