"""What the pages may see and do of the stack they belong to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from local.clock import Clock
from local.sandbox import Posted
from shared.accounts.registry import Person
from shared.posts.names import PersonId


@dataclass(frozen=True)
class House:
    """`open_session` gives a fresh token for a person; `posts` is what the sandbox publishes."""

    clock: Clock
    mails: Sequence[EmailMessage]
    posts: Callable[[], Sequence[Posted]]
    people: Callable[[], Sequence[Person]]
    open_session: Callable[[PersonId], str]
