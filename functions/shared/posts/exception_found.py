"""What stands on a platform otherwise than we published it, with no deletion of ours: a post that
is gone, or whose words were changed in the app.

It is believed when it was seen twice, an hour apart at least. Each is told of once, stays with the
exact words that we published, and is closed by somebody of the centre who says how it came about.
Who deletes in the app owes the same ground as who asks for a deletion (policy C12).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.posts.deletion import Ground
from shared.posts.names import AccountId, PersonId, PostId
from shared.posts.threads import part_of

BELIEVED_AFTER = timedelta(hours=1)
"""Between the first look that finds something wrong and the one that believes it."""


class Noticed(StrEnum):
    """Types of leaves that speak of exceptions."""

    FOUND = "exception.found"
    TOLD = "exception.told"
    CLOSED = "exception.closed"


class Change(StrEnum):
    """What is otherwise."""

    GONE = "gone"
    ALTERED = "altered"


class Cause(StrEnum):
    """How it came about, as somebody says who closes it."""

    OURS = "ours"
    PLATFORM = "platform"
    MISTAKEN = "mistaken"


@dataclass(frozen=True)
class Closing:
    """What somebody of the centre found out: `who` did it in the app, on which ground where it was
    deleted there, and why."""

    by: PersonId
    at: datetime
    cause: Cause
    why: str
    who: str = ""
    ground: Ground | None = None


@dataclass(frozen=True)
class PostException:
    """One post, or one part of it, at one `place`: the words as they stood when it was published,
    what stands there now (None: nothing), and when either look was."""

    exception_id: str
    post_id: PostId
    version: int
    place: str
    account: AccountId
    change: Change
    published: str
    shown: str | None
    platform_id: str
    url: str
    sent_at: datetime
    missed_at: datetime
    found_at: datetime
    closed: Closing | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to find out how it came about."""
        return self.closed is None


@dataclass(frozen=True)
class Doubt:
    """A look that found something otherwise: since when, `digest` of the words that stood there
    (empty where nothing did), and the exception that it became."""

    since: datetime
    digest: str = ""
    became: str = ""

    @property
    def change(self) -> Change:
        """What is doubted."""
        return Change.ALTERED if self.digest else Change.GONE

    def is_same(self, other: "Doubt") -> bool:
        """Whether both looks saw the same."""
        return self.digest == other.digest

    def is_ripe(self, now: datetime) -> bool:
        """Whether a second look may believe it."""
        return not self.became and now >= self.since + BELIEVED_AFTER


def digest_of(words: str) -> str:
    """Words in eight signs: other words are another exception, the same are the same."""
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def exception_name(post_id: PostId, version: int, place: str, doubt: Doubt) -> str:
    """What an exception is called; whoever finds the same once more calls it the same."""
    platform, part = part_of(place)
    mark = doubt.digest or f"{doubt.since:%Y%m%dT%H%M%S}"
    return f"{post_id}-{version}-{platform}-{part}-{doubt.change.value}-{mark}"


def subject_of(exception_id: str) -> str:
    """How leaves name an exception."""
    return f"exception:{exception_id}"
