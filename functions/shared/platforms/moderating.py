"""Other people's words under or about a post of ours: the fourth contract, beside base.py's,
reading.py's and editing.py's.

1. `comment` looks: whose words these are and what they say, with the platform's own answer, which
   is the evidence; None where the platform says that they are not there.
2. `hide` and `show`, `delete`, `report`, `block` and `unblock` are one attempt each. A return is
   the platform's yes, proved by reading back wherever it shows what was done; else exactly one
   error.

Every deed may be done again: what is hidden, gone or blocked already is no error, nor is hiding,
deleting or reporting what is gone. Only showing again what is gone is refused, for it cannot be.

What a deed's error means:

RefusedError, SignInError          nothing was done; the sentence says why
RateLimitedError, NotSentError     nothing was done; do it again (from `retry_at`)
UncertainError                     it may or may not be done; do it again, that is always safe
UnsupportedError                   the platform cannot; a person does it there

`comment` raises UnreachableError instead of NotSentError and UncertainError, and RefusedError for
the account's own words: those are deleted, with all that a deletion asks, and never taken down. A
report that is made again after an UncertainError may reach the platform's moderators twice; nothing
else comes twice.

`hidden` is None where a platform does not tell whether a reply is hidden (X): there the answer to
`hide` is all the proof that there is, and `hide` may be asked again in place of a look.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn, Protocol

from shared.platforms.actors import Actor
from shared.platforms.base import RefusedError, UnsupportedError
from shared.posts.capabilities import Can, capabilities
from shared.posts.names import PlatformName

OWN_WORDS = (
    "These are the account's own words: what was published from here is deleted at /deletions, and"
    " anything else is taken away there."
)

LONGEST_RAW = 64_000
"""Bytes of a platform's own answer that are kept as evidence."""


@dataclass(frozen=True)
class Comment:
    """Somebody else's words under or about a post of ours. `author` is None where the platform does
    not tell, `at` where it tells no moment; `raw` is its own answer as it came, at most 64 kB, safe
    to keep as text.
    """

    platform_id: str
    url: str
    author: Actor | None
    text: str
    at: datetime | None
    answers: str | None
    hidden: bool | None
    raw: str


class Moderator(Protocol):
    """One account on one platform, with keys that write: only publishing has them (P7)."""

    name: PlatformName

    def comment(self, comment_id: str) -> Comment | None:
        """What stands there; None: the platform says that nothing does."""

    def hide(self, comment_id: str) -> None:
        """Away from under our post; it is not gone."""

    def show(self, comment_id: str) -> None:
        """Undo `hide`."""

    def delete(self, comment_id: str) -> None:
        """Take it away for good; proved by reading back."""

    def report(self, comment_id: str, why: str) -> None:
        """Tell the platform's own moderators."""

    def block(self, author_id: str) -> None:
        """Keep somebody from the account."""

    def unblock(self, author_id: str) -> None:
        """Undo `block`."""


def refuse_own(author_id: object, own_id: str) -> None:
    """Our own words have a way of their own out of the world; RefusedError."""
    if str(author_id) == own_id:
        raise RefusedError(OWN_WORDS)


def no_moderating(platform: PlatformName, what: Can) -> NoReturn:
    """Say that the platform cannot do this, as the pages say it beforehand; UnsupportedError."""
    raise UnsupportedError(capabilities(platform).sentence(what))


class Unable:
    """A platform that can do none of it and says so; what it can, its adapter overrides."""

    def __init__(self, name: PlatformName) -> None:
        self.name = name

    def comment(self, _comment_id: str, /) -> Comment | None:
        """UnsupportedError."""
        no_moderating(self.name, Can.HIDE_COMMENT)

    def hide(self, _comment_id: str, /) -> None:
        """UnsupportedError."""
        no_moderating(self.name, Can.HIDE_COMMENT)

    def show(self, _comment_id: str, /) -> None:
        """UnsupportedError."""
        no_moderating(self.name, Can.HIDE_COMMENT)

    def delete(self, _comment_id: str, /) -> None:
        """UnsupportedError."""
        no_moderating(self.name, Can.DELETE_COMMENT)

    def report(self, _comment_id: str, _why: str, /) -> None:
        """UnsupportedError."""
        no_moderating(self.name, Can.REPORT_COMMENT)

    def block(self, _author_id: str, /) -> None:
        """UnsupportedError."""
        no_moderating(self.name, Can.BLOCK)

    def unblock(self, _author_id: str, /) -> None:
        """UnsupportedError."""
        no_moderating(self.name, Can.BLOCK)
