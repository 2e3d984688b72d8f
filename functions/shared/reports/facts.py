"""What is known of an account's month before it is counted: posts, decisions, mentions, lists."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.followers.review import Seen
from shared.mentions.mention import Mention
from shared.posts.names import PlatformName


class Content(StrEnum):
    """What a post was, as far as records tell: the first of these that it is."""

    CORRECTION = "correction"
    NOTE = "note"
    REPLY = "reply"
    RESHARE = "reshare"
    LIMITED = "limited"
    OTHER = "other"


@dataclass(frozen=True)
class Sent:
    """A post that was sent: when first, what it was, `where` it came to stand and on how many
    platforms it `failed`; whether it was `taken_away` again, whether somebody was `asked` about it
    first, and whether it was published at once (`urgent`)."""

    at: datetime
    content: Content
    where: frozenset[PlatformName]
    failed: int = 0
    taken_away: bool = False
    asked: bool = False
    urgent: bool = False


@dataclass(frozen=True)
class Decided:
    """Something asked of an approver: when, what was said (approve, edit, return, reject; expired
    where nobody said anything), and when that was."""

    asked_at: datetime
    said: str
    at: datetime


@dataclass(frozen=True)
class Facts:
    """An account's month: posts sent, decisions made, mentions that arrived, lists last read."""

    sent: tuple[Sent, ...] = ()
    decided: tuple[Decided, ...] = ()
    mentions: tuple[Mention, ...] = ()
    lists: tuple[Seen, ...] = ()
