"""What the pages may see and do of the stack they belong to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from local.clock import Clock
from local.issuer import LocalIssuer
from local.sandbox import Posted


@dataclass(frozen=True)
class House:
    """`issuer` is where people say who they are; `posts` is what the sandbox publishes; `feed` is
    an object of the feeds and its type, None if there is none."""

    clock: Clock
    mails: Sequence[EmailMessage]
    posts: Callable[[], Sequence[Posted]]
    issuer: LocalIssuer
    feed: Callable[[str], tuple[bytes, str] | None] = lambda _: None
