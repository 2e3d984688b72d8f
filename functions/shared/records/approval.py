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
    EDIT = "edit"
    """The approver changed the words; the version with theirs takes the place of this one."""

    @property
    def told(self) -> str:
        """What the state machine that waits is told."""
        return State.SUPERSEDED.value if self is Decision.EDIT else self.value


LEADS_TO: dict[Decision, State] = {
    Decision.APPROVE: State.CLEARED,
    Decision.RETURN: State.RETURNED,
    Decision.REJECT: State.REJECTED,
    Decision.EDIT: State.SUPERSEDED,
}


class Way(StrEnum):
    """How the approver came to decide."""

    LINK = "link"
    QUEUE = "queue"


@dataclass(frozen=True)
class Ruling:
    """One decision: what, by whom, when (aware UTC), why, and by which way. `shown_at` is when the
    page it was made on was served first; None for what a program decided.
    """

    decision: Decision
    by: PersonId
    at: datetime
    way: Way
    reason: str | None = None
    shown_at: datetime | None = None


@dataclass(frozen=True)
class TakenBack:
    """What ended an approval from outside: a newer version took the place of what it is about
    (`superseded`), or that was taken back for good (`withdrawn`); by whom, when.
    """

    ending: State
    by: PersonId
    at: datetime


class Undelivered(StrEnum):
    """Why a letter did not reach whom it was for; after silence it still may."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    REJECT = "reject"
    RENDERING = "rendering"
    SILENCE = "silence"


@dataclass(frozen=True)
class Link:
    """One approver's way in. `void` is true after five wrong codes or when it was taken back;
    `sent_at` is None and `round` 0 for links from before these were kept. `delivered_at` and
    `undelivered` are what the mail service told of its letter, None as long as it told nothing.
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
    round: int = 0
    delivered_at: datetime | None = None
    undelivered: Undelivered | None = None


@dataclass(frozen=True)
class Round:
    """One round of asking: its number from 1, who is asked, by which links, until when, and the
    token that wakes the state machine which waits for this round; `others` says whether anybody
    else could be asked if none of its letters arrives.
    """

    number: int
    asked: tuple[PersonId, ...]
    links: tuple[Link, ...]
    ends_at: datetime
    task_token: str = field(repr=False)
    others: bool = False


@dataclass(frozen=True)
class Asking:
    """Who was asked in one round, and when."""

    round: int
    asked: tuple[PersonId, ...]
    at: datetime


@dataclass(frozen=True)
class Approval:
    """What was asked about one version. `round` counts from 1 and each has its own `task_token`,
    the one that wakes the state machine; `delivered` says whether the ruling has reached it, or
    that it was `taken_back`, which may follow a ruling and voids it; `askings` are the rounds so
    far, none for approvals from before these were kept. `letters` are the hashes of this round's
    links, `others` is the round's, and `unreached` are those whom a letter about it did not reach.
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
    askings: tuple[Asking, ...] = ()
    taken_back: TakenBack | None = None
    letters: tuple[str, ...] = field(default=(), repr=False)
    others: bool = False
    unreached: frozenset[PersonId] = frozenset()

    @property
    def name(self) -> str:
        """How people and errors call it."""
        return f"{self.post_id} v{self.version}"

    @property
    def told(self) -> str | None:
        """What the state machine that waits is told; None while there is nothing to tell."""
        if self.taken_back:
            return self.taken_back.ending.value
        return self.ruling.decision.told if self.ruling else None

    def newest_round(self, person: PersonId) -> int:
        """The last round in which this person was asked; 0 if they never were."""
        return max((one.round for one in self.askings if person in one.asked), default=0)


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
        askings=(Asking(first.number, first.asked, at),),
        letters=tuple(link.link_hash for link in first.links),
        others=first.others,
    )
