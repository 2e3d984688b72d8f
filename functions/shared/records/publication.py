"""What became of one post version on one platform, or of one part of it where it is a thread."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from shared.posts.acts import SYSTEM
from shared.posts.life import Outcome
from shared.posts.names import AccountId, ContentHash, PersonId, PlatformName, PostId
from shared.posts.threads import spelled
from shared.recordlog.leaf import Act

LONGEST_ATTEMPT = timedelta(seconds=90)
"""A worker whose attempt began this long ago is dead: its function ends after 60 seconds."""

MOST_STEPS = 60
"""Of a longer trail the oldest are left to the record log."""

MAY_FOLLOW: dict[Outcome, frozenset[Outcome]] = {
    Outcome.PENDING: frozenset({Outcome.SENT, Outcome.UNCERTAIN, Outcome.HELD, Outcome.FAILED}),
    # Pending again only for a further attempt, once reading back has proved the post absent (P2).
    Outcome.UNCERTAIN: frozenset({Outcome.SENT, Outcome.HELD, Outcome.FAILED, Outcome.PENDING}),
    # Proved absent, and not sent again because of an incident; it may turn up all the same.
    Outcome.HELD: frozenset({Outcome.SENT, Outcome.FAILED, Outcome.PENDING}),
    Outcome.SENT: frozenset({Outcome.WITHDRAWN}),
    Outcome.FAILED: frozenset(),
    Outcome.WITHDRAWN: frozenset(),
}


class FrozenRequest(Protocol):
    """A request frozen before anything leaves; the platforms' own shape fits."""

    @property
    def platform(self) -> PlatformName: ...

    @property
    def key(self) -> str: ...

    @property
    def request(self) -> dict[str, Any]: ...


class PlatformReceipt(Protocol):
    """What a platform calls the post; the platforms' own shape fits."""

    @property
    def platform_id(self) -> str: ...

    @property
    def url(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def proof(self) -> str: ...


@dataclass(frozen=True)
class KeptReceipt:
    """A platform's receipt as it was kept, field for field."""

    platform_id: str
    url: str
    text: str
    proof: str = ""


@dataclass(frozen=True)
class Step:
    """An attempt, a look or a settlement: `happened` is what its leaf is called, `reason` what was
    said of it, `by` who did it, None where no person did."""

    at: datetime
    happened: str
    reason: str | None = None
    by: PersonId | None = None


@dataclass(frozen=True)
class Publication:
    """One target's claim and what came of it. `key` and `request` are the frozen request, the same
    to the byte on every attempt; `attempts` counts from 1, and so does `part`, of a thread.
    """

    post_id: PostId
    version: int
    platform: PlatformName
    account: AccountId
    content_hash: ContentHash
    state: Outcome
    key: str
    request: dict[str, Any] = field(repr=False)
    attempts: int
    claimed_at: datetime
    attempted_at: datetime
    """When the last attempt began."""

    settled_at: datetime | None = None
    named: str | None = None
    """What the platform called it in an answer, until it is read back under that name."""

    receipt: KeptReceipt | None = None
    reason: str | None = None
    trail: tuple[Step, ...] = ()
    """What was done about it so far, oldest first: the evidence for whoever has to settle it."""

    part: int = 1

    def is_under_way(self, now: datetime) -> bool:
        """Whether its worker may still be sending."""
        return self.state is Outcome.PENDING and now < self.attempted_at + LONGEST_ATTEMPT

    def and_then(self, act: Act) -> tuple[Step, ...]:
        """Its trail with one step more."""
        return (*self.trail, step_of(act))[-MOST_STEPS:]

    @property
    def place(self) -> str:
        """How rows and leaves call it, beside the post's own name."""
        return spelled(self.platform, self.part)

    @property
    def name(self) -> str:
        """How people and errors call it."""
        return f"{self.post_id} v{self.version} on {self.place}"


def step_of(act: Act) -> Step:
    """The step that an act on a target was."""
    reason = act.payload.get("reason")
    by = None if act.actor == SYSTEM else PersonId(act.actor)
    return Step(act.at, act.type, reason if isinstance(reason, str) else act.reason, by)
