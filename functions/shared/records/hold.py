"""A cleared post that the last look held for a person: why, until when, and what they said."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shared.posts.life import Post, State
from shared.posts.names import AccountId, ContentHash, PersonId, PostId


class Why(StrEnum):
    """What a post is held for, and so who may let it go: for an incident the centre alone, one by
    one; for coming late its author too."""

    INCIDENT = "incident"
    LATE = "late"


class Review(StrEnum):
    """What ends a hold, as the state machine that waits is told. A reviewer says the first or the
    second; the others say what became of the post meanwhile."""

    RELEASE = "release"
    RETURN = "return"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


LEADS_TO: dict[Review, State] = {
    Review.RELEASE: State.CLEARED,
    Review.RETURN: State.RETURNED,
    Review.SUPERSEDED: State.SUPERSEDED,
    Review.WITHDRAWN: State.WITHDRAWN,
}


@dataclass(frozen=True)
class HoldRuling:
    """What was said about a held post: what, by whom, when (aware UTC), and why."""

    decision: Review
    by: PersonId
    at: datetime
    reason: str | None = None


@dataclass(frozen=True)
class Hold:
    """One version that waits for a review until `ends_at`, and the token that wakes the state
    machine. `partly` says that some of its targets have it, or may have it. `delivered` says
    whether the ruling has reached the machine; a hold that is `over` ended without one.
    """

    post_id: PostId
    version: int
    account: AccountId
    author: PersonId
    content_hash: ContentHash
    why: Why
    incident: str | None
    held_at: datetime
    ends_at: datetime
    task_token: str = field(repr=False)
    partly: bool = False
    ruling: HoldRuling | None = None
    delivered: bool = False
    over: bool = False

    @property
    def name(self) -> str:
        """How people and errors call it."""
        return f"{self.post_id} v{self.version}"

    @property
    def waits(self) -> bool:
        """Whether nobody has said anything yet."""
        return self.ruling is None and not self.over


def new_hold(
    post: Post,
    why: Why,
    *,
    at: datetime,
    ends_at: datetime,
    task_token: str,
    incident: str | None = None,
    partly: bool = False,
) -> Hold:
    """The hold of a post, as it is opened."""
    return Hold(
        post_id=post.post_id,
        version=post.version,
        account=post.draft.account,
        author=post.author,
        content_hash=post.content_hash,
        why=why,
        incident=incident,
        held_at=at,
        ends_at=ends_at,
        task_token=task_token,
        partly=partly,
    )
