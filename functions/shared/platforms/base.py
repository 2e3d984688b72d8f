"""The contract every platform keeps, in the order of the story.

1. `prepare` freezes the whole request, key included, before anything leaves: no network.
2. the caller stores the frozen request (the claim), and only then calls
3. `send`: one attempt, no silent retry; it ends in a Receipt or in exactly one PlatformError.
4. `find` reads the platform back: the Receipt if the post is there, None if it is *proved* absent.
5. `shown` tells what a receipt speaks of, as it is now; `delete` takes it away, which is a
   success when it is already gone.

What may be done after a `send` that ended in an error:

PlatformError
├── RefusedError        the platform said no, nothing was published; `str()` tells why
├── RateLimitedError    not now, nothing was published; send again from `retry_at` (UTC)
├── NotSentError        the post never left us, nothing was published; send again
├── SignInError         the credentials were refused, nothing was published
├── UncertainError      no answer we can trust: it may or may not be published (P2); `find` first
├── UnreachableError    a *read* failed; says nothing about what is published
└── UnsupportedError    the platform cannot do this at all

`prepare` raises UnsupportedError only; `send` any but UnreachableError and UnsupportedError;
`find` UnreachableError only, so that a failed look is never taken for "nothing was published".

A withdrawn post must never be sent again: no platform keeps a tombstone, and a late `send` after
`delete` brings the words back. The caller records the withdrawal first and holds to it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from shared.posts.content import Draft, Kind
from shared.posts.names import PlatformName


class PlatformError(Exception):
    """Root of everything a platform can do to us; its name is the error's in state machines."""


class RefusedError(PlatformError):
    """The platform answered no; nothing was published."""


class RateLimitedError(PlatformError):
    """The platform answered not now; nothing was published before `retry_at` (UTC)."""

    def __init__(self, sentence: str, retry_at: datetime) -> None:
        super().__init__(sentence)
        self.retry_at = retry_at


class NotSentError(PlatformError):
    """The post itself never left us: no connection, or a step before it (sign-in, picture) failed.

    Nothing was published and the same frozen request may be sent again.
    """


class SignInError(PlatformError):
    """The stored credentials were refused; nothing was published."""


class UncertainError(PlatformError):
    """The outcome of a send is unknown; only `find` may settle it."""


class UnreachableError(PlatformError):
    """A read did not come back; nothing follows from it."""


class UnsupportedError(PlatformError):
    """The platform cannot do what was asked; the composer says so beforehand."""


@dataclass(frozen=True)
class Frozen:
    """A request frozen before the first attempt: `key` is the idempotency key or record key;
    `request` is JSON-ready and is sent byte for byte the same on every attempt.
    """

    platform: PlatformName
    key: str
    request: dict[str, Any]


@dataclass(frozen=True)
class Receipt:
    """What the platform calls the post: id, public address, and the text as it stands there.

    `text` is never copied from the request unproved: the caller compares it with what was cleared.
    """

    platform_id: str
    url: str
    text: str
    proof: str = ""
    """Whatever binds the receipt to the exact frozen content (a CID on Bluesky). Empty where the
    platform offers no such thing, or where what stands there is not what was frozen."""

    resume_at: datetime | None = field(default=None, compare=False)
    """Set where the platform said with its yes that this was the last for now: nothing more before
    then. It is about the account, not about the post."""


@dataclass(frozen=True)
class Clues:
    """What helps to find a post: `taken` are ids that other publications have proved their own,
    `known` is what the answer to `send` called it, if there was one.
    """

    taken: frozenset[str] = frozenset()
    known: str | None = None


NO_CLUES = Clues()


class Said(Protocol):
    """What is kept of a post that stands; a Receipt fits."""

    @property
    def platform_id(self) -> str: ...

    @property
    def proof(self) -> str: ...


@dataclass(frozen=True)
class Before:
    """What stands already of what a post goes on with: the first of a thread, or what somebody else
    said, and what it answers, such as the part before this one."""

    root: Said
    parent: Said


def check_answering(draft: Draft, before: Before | None) -> None:
    """UnsupportedError for a reply of which nobody says what it answers: it would stand alone."""
    if draft.kind is Kind.REPLY and before is None:
        raise UnsupportedError("A reply goes under what it answers, and nothing was named.")


@dataclass(frozen=True)
class Credentials:
    """What one account signs in with on one platform, from its secret; never logged."""

    service: str
    identifier: str
    password: str
    """A password, an access token, or the first refresh token, as the platform has it."""

    client_id: str = ""
    client_secret: str = ""
    """Which application signs in, where the platform asks."""

    token_url: str = ""
    """Where tokens are renewed, where that is the force's own matter (its Entra ID)."""

    def __repr__(self) -> str:
        return f"Credentials({self.service!r}, {self.identifier!r}, ***)"


class Sessions(Protocol):
    """Where signed-in sessions are kept between calls, so that nobody logs in each time."""

    def load(self, name: str) -> dict[str, Any] | None:
        """The stored session, or None."""

    def save(self, name: str, session: dict[str, Any]) -> None:
        """Keep it for the next caller."""

    def alone(self, name: str, /) -> AbstractContextManager[None]:
        """Hold a session while it is renewed: whoever comes meanwhile waits, and loads it anew."""


class MediaBytes(Protocol):
    """Where pictures and videos are read from by the adapters that send them."""

    def read(self, key: str) -> bytes:
        """The stored bytes."""

    def pieces(self, key: str) -> Iterator[bytes]:
        """The same, piece by piece: a video is more than a function can hold."""


class Platform(Protocol):
    """One platform, bound to one account's credentials."""

    name: PlatformName

    settles_after: timedelta
    """So long after an attempt has begun the platform may still show what it took: before, absence
    is not believed. Nothing where the same frozen request makes no second post."""

    def prepare(
        self, draft: Draft, key: str, now: datetime, before: Before | None = None, /
    ) -> Frozen:
        """Freeze the request. `key` is unique to (post, version, target), 26 characters (ULID);
        with `before` it is the next part of a thread. Raises UnsupportedError for what the
        platform cannot carry.
        """

    def send(self, frozen: Frozen, media: MediaBytes) -> Receipt:
        """One attempt. Raises exactly one PlatformError if it has no receipt.

        Only a platform that keeps our key makes no second post of the same frozen request, so look
        (`find`) before every repetition. Never call it for a post whose withdrawal is recorded:
        that would put the words back.
        """

    def find(self, frozen: Frozen, clues: Clues = NO_CLUES) -> Receipt | None:
        """Read back by key, or by the clues, words, pictures and time where no key is kept. None
        proves absence at the time of looking; UnreachableError does not. The receipt tells what
        stands there, even if it was altered.
        """

    def shown(self, receipt: Receipt) -> Receipt | None:
        """What stands there now under the receipt's own id, as the platform shows it; None if it
        says that nothing does. UnreachableError only.
        """

    def delete(self, receipt: Receipt) -> None:
        """Take the post away and prove by reading back that it is gone; gone already is success.

        UncertainError where that could not be proved; deleting again is always safe.
        """
