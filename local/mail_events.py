"""What Amazon SES tells of one mail, in the shape in which it tells EventBridge.

After the SES developer guide, "Contents of event data that Amazon SES publishes"; what nobody here
reads of it is left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from local.mail_faults import Fate

DETAIL_TYPES = {
    "Send": "Email Sent",
    "Delivery": "Email Delivered",
    "Bounce": "Email Bounced",
    "Complaint": "Email Complaint Received",
    "Reject": "Email Rejected",
    "DeliveryDelay": "Email Delivery Delayed",
}
"""By the event's own type, the type that EventBridge knows it by."""


@dataclass(frozen=True)
class Sent:
    """One mail as the service took it; `tags` are its own and those that the service adds."""

    message_id: str
    sender: str
    recipient: str
    subject: str
    tags: Mapping[str, str]
    at: datetime


def events(sent: Sent, fate: Fate) -> Iterator[dict[str, Any]]:
    """The details of what happens to a mail, in the order in which it happens."""
    yield _event(sent, "Send", "send", {})
    match fate:
        case Fate.DELIVER:
            yield _delivered(sent)
        case Fate.BOUNCE:
            yield _bounced(sent, "Permanent", "General", "smtp; 550 5.1.1 user unknown")
        case Fate.FULL:
            yield _bounced(sent, "Transient", "MailboxFull", "smtp; 452 4.2.2 mailbox full")
        case Fate.COMPLAIN:
            yield _delivered(sent)
            told = {"complainedRecipients": _recipients(sent), "complaintFeedbackType": "abuse"}
            yield _event(sent, "Complaint", "complaint", told)
        case Fate.REJECT:
            yield _event(sent, "Reject", "reject", {"reason": "Bad content"})
        case Fate.DELAY:
            told = {"delayType": "MailboxFull", "delayedRecipients": _recipients(sent)}
            yield _event(sent, "DeliveryDelay", "deliveryDelay", told)
        case Fate.SWALLOW:
            return


def _delivered(sent: Sent) -> dict[str, Any]:
    told = {"recipients": [sent.recipient], "smtpResponse": "250 2.6.0 queued"}
    return _event(sent, "Delivery", "delivery", told)


def _bounced(sent: Sent, kind: str, subkind: str, said: str) -> dict[str, Any]:
    recipients = [{**each, "diagnosticCode": said} for each in _recipients(sent)]
    told = {"bounceType": kind, "bounceSubType": subkind, "bouncedRecipients": recipients}
    return _event(sent, "Bounce", "bounce", told)


def _recipients(sent: Sent) -> list[dict[str, str]]:
    return [{"emailAddress": sent.recipient}]


def _event(sent: Sent, kind: str, part: str, told: Mapping[str, Any]) -> dict[str, Any]:
    at = sent.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    mail = {
        "timestamp": at,
        "source": sent.sender,
        "messageId": sent.message_id,
        "destination": [sent.recipient],
        "headersTruncated": False,
        "commonHeaders": {
            "from": [sent.sender],
            "to": [sent.recipient],
            "messageId": sent.message_id,
            "subject": sent.subject,
        },
        "tags": {name: [value] for name, value in sent.tags.items()},
    }
    return {"eventType": kind, part: {**told, "timestamp": at}, "mail": mail}
