"""Every e-mail the local force has sent, oldest first, as the mail service took it.

What became of each is told as in the cloud; `faults` makes addresses bounce, complain or swallow.
"""

from collections.abc import Iterator, Sequence
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from functools import lru_cache
from typing import overload

from moto.ses.models import Message, RawMessage, ses_backends

from local.aws import ACCOUNT, REGION
from local.mail_faults import FAULTS
from local.moto_repairs.letters import telling

OPEN = 500
"""Mails kept open; read, one takes three times the room, and a year of a force has thousands."""


class Mailbox(Sequence[EmailMessage]):
    """The mails as a sequence that grows; `to` picks those of one person."""

    def __init__(self, region: str = REGION) -> None:
        self._region = region
        self._open = lru_cache(maxsize=OPEN)(_read)
        self.faults = FAULTS
        self.faults.clear()

    @overload
    def __getitem__(self, index: int) -> EmailMessage: ...
    @overload
    def __getitem__(self, index: slice) -> list[EmailMessage]: ...
    def __getitem__(self, index: int | slice) -> EmailMessage | list[EmailMessage]:
        if isinstance(index, slice):
            return [self._open(mail) for mail in self._sent()[index]]
        return self._open(self._sent()[index])

    def __iter__(self) -> Iterator[EmailMessage]:
        return map(self._open, self._sent()[:])

    def __len__(self) -> int:
        return len(self._sent())

    def to(self, address: str) -> list[EmailMessage]:
        """The mails sent to one address."""
        return [mail for mail in self if address in str(mail["To"])]

    def _sent(self) -> list[Message | RawMessage]:
        """The mail service's own list, as soon as nobody is in the midst of telling of a mail."""
        with telling:
            kept: list[Message | RawMessage] = ses_backends[ACCOUNT][self._region].sent_messages
            return kept


def part(mail: EmailMessage, kind: str) -> str:
    """The text ("plain") or the HTML ("html") of a mail; empty where it has none."""
    found = mail.get_body(preferencelist=(kind,))
    return str(found.get_content()) if found is not None else ""


def _read(sent: object) -> EmailMessage:
    if isinstance(sent, RawMessage):
        # moto keeps the line ends of the wire; the parser puts them right.
        return message_from_string(sent.raw_data, policy=default)
    mail = EmailMessage()
    mail["From"] = str(getattr(sent, "source", ""))
    mail["To"] = ", ".join(getattr(sent, "destinations", {}).get("ToAddresses", []))
    mail["Subject"] = str(getattr(sent, "subject", ""))
    mail.set_content(str(getattr(sent, "body", "")))
    return mail
