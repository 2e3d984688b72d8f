"""What is asked about a post version, what was decided, and the links that lead there."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shared.posts.life import Post, State
from shared.posts.names import AccountId, ContentHash, PersonId, PostId

WRONG_CODES = 5
"""So many wrong codes void a link: nobody guesses four characters in five attempts."""


class ApprovalState(StrEnum):
    """Where an approval stands; nothing follows the last three."""

    PENDING = "pending"
    DECIDED = "decided"
    EXPIRED = "expired"
    VOID = "void"


class Decision(StrEnum):
    """What an approver may choose; there is no default."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"


LEADS_TO: dict[Decision, State] = {
    Decision.APPROVE: State.CLEARED,
    Decision.RETURN: State.RETURNED,
    Decision.REJECT: State.REJECTED,
}


class Way(StrEnum):
    """How the approver came to decide."""

    LINK = "link"
    QUEUE = "queue"


@dataclass(frozen=True)
class Ruling:
    """One decision: what, by whom, when (aware UTC), why, and by which way."""

    decision: Decision
    by: PersonId
    at: datetime
    way: Way
    reason: str | None = None


@dataclass(frozen=True)
class Link:
    """One approver's way in. `void` is true after five wrong codes or when it was taken back;
    `sent_at` is None for links from before that was kept.
    """

    link_hash: str = field(repr=False)
    code_hash: str = field(repr=False)
    post_id: PostId
    version: int
    account: AccountId
    author: PersonId
    person_id: PersonId
    content_hash: ContentHash
    expires_at: datetime
    wrong_codes: int = 0
    void: bool = False
    sent_at: datetime | None = None


@dataclass(frozen=True)
class Round:
    """One round of asking: its number from 1, who is asked, by which links, until when, and the
    token that wakes the state machine which waits for this round.
    """

    number: int
    asked: tuple[PersonId, ...]
    links: tuple[Link, ...]
    ends_at: datetime
    task_token: str = field(repr=False)


@dataclass(frozen=True)
class Approval:
    """What was asked about one version. `round` counts from 1 and each has its own `task_token`,
    the one that wakes the state machine; `delivered` says whether the ruling has reached it.
    """

    post_id: PostId
    version: int
    account: AccountId
    author: PersonId
    content_hash: ContentHash
    state: ApprovalState
    round: int
    asked: tuple[PersonId, ...]
    opened_at: datetime
    ends_at: datetime
    task_token: str = field(repr=False)
    ruling: Ruling | None = None
    delivered: bool = False

    @property
    def name(self) -> str:
        """How people and errors call it."""
        return f"{self.post_id} v{self.version}"


def new_link(
    post: Post,
    person: PersonId,
    *,
    link_hash: str,
    code_hash: str,
    expires_at: datetime,
    sent_at: datetime | None = None,
) -> Link:
    """A link for one approver; of the link and its code only the hashes come here."""
    return Link(
        link_hash=link_hash,
        code_hash=code_hash,
        post_id=post.post_id,
        version=post.version,
        account=post.draft.account,
        author=post.author,
        person_id=person,
        content_hash=post.content_hash,
        expires_at=expires_at,
        sent_at=sent_at,
    )


def new_approval(post: Post, first: Round, at: datetime) -> Approval:
    """The approval that the first round of asking opens."""
    return Approval(
        post_id=post.post_id,
        version=post.version,
        account=post.draft.account,
        author=post.author,
        content_hash=post.content_hash,
        state=ApprovalState.PENDING,
        round=first.number,
        asked=first.asked,
        opened_at=at,
        ends_at=first.ends_at,
        task_token=first.task_token,
    )
