"""One letter to each of several people; one that arrives is enough."""

from collections.abc import Callable, Mapping
from datetime import datetime
from email.message import EmailMessage

from shared.mail.errors import MailError
from shared.mail.letters import Event, Letter
from shared.mail.send import compose_mail

Send = Callable[[EmailMessage], str]


def send_to_all(
    event: Event, letters: Mapping[str, Letter], *, sender: str, send: Send, at: datetime
) -> int:
    """Send to each address its letter; how many left. The last MailError if none did."""
    sent, failed = 0, None
    for address, letter in letters.items():
        try:
            send(compose_mail(event, address, letter, sender=sender, at=at))
            sent += 1
        except MailError as error:
            failed = error
    if failed and not sent:
        raise failed
    return sent
