"""What the deeds of this room need, and how its letters leave."""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

from shared.records.subscribers import Subscribers
from subscribe.letters import Sender


@dataclass(frozen=True)
class Desk:
    """`send` raises MailError; `chance` makes a fresh token."""

    subscribers: Subscribers
    sender: Sender
    send: Callable[[EmailMessage], str]
    chance: Callable[[], str]
