"""What became of one post version on one platform."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from shared.posts.life import Outcome
from shared.posts.names import AccountId, ContentHash, PlatformName, PostId

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
class Publication:
    """One target's claim and what came of it. `key` and `request` are the frozen request, the same
    to the byte on every attempt; `attempts` counts from 1.
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

    @property
    def name(self) -> str:
        """How people and errors call it."""
        return f"{self.post_id} v{self.version} on {self.platform}"
