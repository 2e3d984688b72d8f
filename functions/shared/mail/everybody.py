"""One letter to each of several people; one that does not leave keeps no other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from shared.mail.errors import MailError
from shared.mail.letters import Event, Letter
from shared.mail.send import compose_mail

Send = Callable[[EmailMessage], str]


@dataclass(frozen=True)
class Posted:
    """The addresses whose letter left, and the last reason why one did not."""

    arrived: frozenset[str]
    failed: MailError | None


def send_each(
    event: Event, letters: Mapping[str, Letter], *, sender: str, send: Send, at: datetime
) -> Posted:
    """Send to each address its letter, whatever became of the others."""
    arrived, failed = set(), None
    for address, letter in letters.items():
        try:
            send(compose_mail(event, address, letter, sender=sender, at=at))
            arrived.add(address)
        except MailError as error:
            failed = error
    return Posted(frozenset(arrived), failed)


def send_to_all(
    event: Event, letters: Mapping[str, Letter], *, sender: str, send: Send, at: datetime
) -> int:
    """The same where one that arrives is enough: how many left; the last MailError if none did."""
    posted = send_each(event, letters, sender=sender, send=send, at=at)
    if posted.failed and not posted.arrived:
        raise posted.failed
    return len(posted.arrived)
