"""The life of a post version: its states, its endings, and which may follow which (P3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.posts.content import Draft
from shared.posts.errors import UnlawfulStepError
from shared.posts.names import ContentHash, PersonId, PostId


class State(StrEnum):
    """Where a post version stands. The last group are endings: nothing follows them."""

    SUBMITTED = "submitted"
    AWAITING_APPROVAL = "awaiting_approval"
    CLEARED = "cleared"
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
    }
)

MAY_FOLLOW: dict[State, frozenset[State]] = {
    State.SUBMITTED: frozenset(
        {State.AWAITING_APPROVAL, State.CLEARED, State.BLOCKED, State.EXPIRED, State.FAILED}
    ),
    State.AWAITING_APPROVAL: frozenset(
        {State.CLEARED, State.RETURNED, State.REJECTED, State.EXPIRED, State.FAILED}
    ),
    State.CLEARED: frozenset({State.RELEASED, State.REFUSED, State.EXPIRED, State.FAILED}),
    State.RELEASED: frozenset(
        {State.PUBLISHED, State.PARTLY_PUBLISHED, State.UNCERTAIN, State.FAILED}
    ),
    State.UNCERTAIN: frozenset({State.PUBLISHED, State.PARTLY_PUBLISHED, State.FAILED}),
    **{ending: frozenset() for ending in ENDINGS},
}


def step(now: State, wanted: State) -> State:
    """`wanted`, if a post that is `now` may become it; else UnlawfulStepError."""
    if wanted not in MAY_FOLLOW[now]:
        raise UnlawfulStepError(now.value, wanted.value)
    return wanted


@dataclass(frozen=True)
class Post:
    """One immutable version of a post, and where it stands.

    `version` counts from 1, and a later one replaces the one before; `findings` are the policy
    check's, as plain dicts in the shape of `bluelamp check`; `second_reader` is which one read it
    at the door, or why none did, where one was asked; `reason` is why it stands there.
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


class Outcome(StrEnum):
    """What became of one target."""

    PENDING = "pending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
