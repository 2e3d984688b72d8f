"""The life of a post version: its states, its endings, and which may follow which (P3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from shared.posts.content import Draft
from shared.posts.errors import UnlawfulStepError
from shared.posts.names import ContentHash, PersonId, PostId

if TYPE_CHECKING:  # few posts put anything right, or answer anybody
    from shared.posts.correction import Correction
    from shared.posts.reply import Reply


class State(StrEnum):
    """Where a post version stands. The last group are endings: nothing follows them."""

    SUBMITTED = "submitted"
    AWAITING_APPROVAL = "awaiting_approval"
    CLEARED = "cleared"
    HELD = "held"
    RELEASED = "released"
    UNCERTAIN = "uncertain"
    # endings
    BLOCKED = "blocked"
    RETURNED = "returned"
    REJECTED = "rejected"
    EXPIRED = "expired"
    REFUSED = "refused"
    PUBLISHED = "published"
    PARTLY_PUBLISHED = "partly_published"
    FAILED = "failed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


ENDINGS = frozenset(
    {
        State.BLOCKED,
        State.RETURNED,
        State.REJECTED,
        State.EXPIRED,
        State.REFUSED,
        State.PUBLISHED,
        State.PARTLY_PUBLISHED,
        State.FAILED,
        State.SUPERSEDED,
        State.WITHDRAWN,
    }
)

TAKEN_BACK = frozenset({State.SUPERSEDED, State.WITHDRAWN})
"""Its author or an approver took it out of the way: for another version, or for good."""

KEPT_IN = TAKEN_BACK | {
    State.BLOCKED,
    State.RETURNED,
    State.REJECTED,
    State.EXPIRED,
    State.REFUSED,
}
"""Endings of what never left the house."""

PARTLY_OUT = frozenset({State.PARTLY_PUBLISHED, State.UNCERTAIN})
"""What a post becomes that is stopped for good once some of it was sent, and then held."""

MAY_FOLLOW: dict[State, frozenset[State]] = {
    State.SUBMITTED: TAKEN_BACK
    | {State.AWAITING_APPROVAL, State.CLEARED, State.BLOCKED, State.EXPIRED, State.FAILED},
    State.AWAITING_APPROVAL: TAKEN_BACK
    | {State.CLEARED, State.RETURNED, State.REJECTED, State.EXPIRED, State.FAILED},
    State.CLEARED: TAKEN_BACK
    | PARTLY_OUT
    | {State.RELEASED, State.HELD, State.REFUSED, State.EXPIRED, State.FAILED},
    State.HELD: TAKEN_BACK
    | PARTLY_OUT
    | {State.CLEARED, State.RETURNED, State.EXPIRED, State.FAILED},
    # Held or refused at a second look only: the first one was overtaken by an incident.
    State.RELEASED: PARTLY_OUT | {State.PUBLISHED, State.HELD, State.REFUSED, State.FAILED},
    State.UNCERTAIN: frozenset({State.PUBLISHED, State.PARTLY_PUBLISHED, State.FAILED}),
    **{ending: frozenset() for ending in ENDINGS},
}


def step(now: State, wanted: State) -> State:
    """`wanted`, if a post that is `now` may become it; else UnlawfulStepError."""
    if wanted not in MAY_FOLLOW[now]:
        raise UnlawfulStepError(now.value, wanted.value)
    return wanted


class Urgency(StrEnum):
    """How soon its author needs an answer; it sets how long approvers have."""

    ROUTINE = "routine"
    PROMPT = "prompt"
    IMMEDIATE = "immediate"


@dataclass(frozen=True)
class UrgentReview:
    """What somebody else said afterwards of a post that had not waited for a second person."""

    by: PersonId
    at: datetime
    remark: str


@dataclass(frozen=True)
class Post:
    """One immutable version of a post, and where it stands.

    `version` counts from 1, and a later one replaces the one before; `findings` are the policy
    check's, as plain dicts in the shape of `bluelamp check`; `second_reader` is which one read it
    at the door, or why none did, where one was asked; `reason` is why it stands there. `editor` is
    who changed the words last, if not the author; `urgent_reason` why it did not wait for a second
    person, and `urgent_review` what somebody said of that afterwards; `incident` which one stopped
    or held it; `reviewed_at` when it was last let go again, and `incident_reviewed_at` when that
    was last done after an incident: only that answers for incidents until then; `correction` is
    what it puts right, `reply` what it answers.
    """

    post_id: PostId
    version: int
    draft: Draft
    content_hash: ContentHash
    author: PersonId
    submitted_at: datetime
    state: State
    policy_version: str
    findings: tuple[dict[str, object], ...] = ()
    reason: str | None = None
    second_reader: str | None = None
    editor: PersonId | None = None
    urgency: Urgency = Urgency.PROMPT
    urgent_reason: str | None = None
    incident: str | None = None
    reviewed_at: datetime | None = None
    incident_reviewed_at: datetime | None = None
    urgent_review: UrgentReview | None = None
    correction: "Correction | None" = None
    note_of: str | None = None
    """The deletion that it is the public note of (`compose.note`)."""

    reply: "Reply | None" = None


def waits_for_review(post: Post) -> bool:
    """Whether it went out, or will, without a second person, and nobody has looked at it since."""
    return bool(post.urgent_reason) and post.urgent_review is None and post.state not in KEPT_IN


class Outcome(StrEnum):
    """What became of one target."""

    PENDING = "pending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    HELD = "held"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
