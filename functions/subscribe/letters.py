"""The two letters of the newsletter, in plain text: please confirm, and the week's posts.

The weekly one can be left with one click in any mail program (RFC 8058); both carry the reader's
hash as a tag, by which what the mail service tells of them is understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from shared.posts.localtime import day_text, local
from shared.posts.newsletter import Issue, Item
from shared.records.subscribers import Subscriber, subscriber_id

READER_TAG = "reader"
LETTER = SMTP.clone(max_line_length=900)
"""Longer than any address of ours: a link in a header must stay in one piece."""

MOST = 60
"""Posts in one letter; nobody reads more."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class Sender:
    """Who writes: the address letters come from, and where our pages are."""

    address: str
    base_url: str

    def confirm_link(self, reader: str, token: str) -> str:
        """Where a reader confirms."""
        return f"{self.base_url}/newsletter/confirm/{reader}/{token}"

    def leave_link(self, reader: str, token: str) -> str:
        """Where a reader leaves."""
        return f"{self.base_url}/newsletter/leave/{reader}/{token}"


def please_confirm(address: str, token: str, sender: Sender, at: datetime) -> EmailMessage:
    """To whoever was typed in: nothing comes of it unless they say so themselves."""
    reader = subscriber_id(address)
    message = _message(address, "Confirm that you want our newsletter", sender, at)
    _tag(message, "newsletter-confirm", reader)
    _written(
        message,
        "Somebody, we hope you, asked for our weekly newsletter at this address.\n"
        "To get it, open this page within two days and press the button there:\n\n"
        f"{sender.confirm_link(reader, token)}\n\n"
        "If it was not you, do nothing: we will not write again, and forget the address\n"
        "after two days.\n",
    )
    return message


def weekly(
    reader: Subscriber, issue: Issue, items: Sequence[Item], sender: Sender, at: datetime
) -> EmailMessage:
    """What was said in the week, newest first, and how to leave."""
    link = sender.leave_link(reader.subscriber_id, reader.leave_token)
    message = _message(reader.address, f"What we said until {day_text(issue.until)}", sender, at)
    domain = sender.address.rpartition("@")[2]
    message["List-Id"] = f"<newsletter.{domain}>"
    message["List-Unsubscribe"] = f"<{link}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Precedence"] = "bulk"
    _tag(message, "newsletter", reader.subscriber_id)
    newest = sorted(items, key=lambda item: item.at, reverse=True)
    told = [_told(item) for item in newest[:MOST]]
    more = len(newest) - MOST
    if more > 0:
        told.append(f"And {more} more this week.\n")
    foot = f"You get this every Friday because you asked for it. To stop:\n{link}\n"
    _written(message, "\n".join([*told, "-- ", foot]))
    return message


def _told(item: Item) -> str:
    when = local(item.at)
    head = f"{_flat(item.account_title)}, {when:%A} {when.day} {when:%B}, {when:%H:%M}"
    return f"{head}\n\n{_plain(item.text)}\n\n{_flat(item.address)}\n"


def _message(to: str, subject: str, sender: Sender, at: datetime) -> EmailMessage:
    message = EmailMessage(policy=LETTER)
    message["From"] = Address("Newsletter", addr_spec=sender.address)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = subject
    message["Date"] = at
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "en-GB"
    return message


def _tag(message: EmailMessage, event: str, reader: str) -> None:
    from shared.mail.send import EVENT_TAG, TAGS  # loads boto3, which a page does not need

    message[TAGS] = f"{EVENT_TAG}={event}, {READER_TAG}={reader}"


def _written(message: EmailMessage, text: str) -> None:
    # Half a surrogate pair cannot go out as UTF-8.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    message.set_content(whole, cte="quoted-printable")


def _plain(text: str) -> str:
    """The words with plain line ends, and nothing that a terminal would obey."""
    return _UNSEEN.sub("\ufffd", _LINE_ENDS.sub("\n", text)).strip("\n")


def _flat(text: str) -> str:
    return " ".join(_plain(text).split())
