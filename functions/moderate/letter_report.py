"""What Amazon SES tells of an approval letter, read from an event that nobody vouches for.

Anything may come in: events of other senders, of letters without a link, of a shape that SES has
not thought of yet. What does not plainly speak of one letter of ours is nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.mail.send import LINK_TAG
from shared.records.approval import Undelivered

SOURCE = "aws.ses"
"""A name that EventBridge lets only Amazon SES itself use."""

FOR_GOOD = "Permanent"
"""A bounce that is no end: the mailbox is full, or somebody is away and their mailbox answers."""

NO_COMPLAINT = "not-spam"
"""Somebody took the letter out of the spam folder, and their mail service says so."""

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_UNSENT = {"Reject": Undelivered.REJECT, "Rendering Failure": Undelivered.RENDERING}


@dataclass(frozen=True)
class Report:
    """What became of the letter with this link: why it did not arrive, None where it did."""

    link_hash: str
    undelivered: Undelivered | None


def read_report(event: object) -> Report | None:
    """What an event tells of one letter, or None; never an error, whatever the event is."""
    if _part(event).get("source") != SOURCE:
        return None
    detail = _part(_part(event).get("detail"))
    tags = _part(_part(detail.get("mail")).get("tags"))
    match tags.get(LINK_TAG):
        case [str() as link_hash] if _HASH.fullmatch(link_hash):
            return _told(link_hash, detail)
    return None


def _told(link_hash: str, detail: Mapping[str, Any]) -> Report | None:
    match detail.get("eventType"):
        case "Delivery":
            return Report(link_hash, None)
        case "Bounce" if _part(detail.get("bounce")).get("bounceType") == FOR_GOOD:
            return Report(link_hash, Undelivered.BOUNCE)
        case "Complaint":
            kind = _part(detail.get("complaint")).get("complaintFeedbackType")
            return None if kind == NO_COMPLAINT else Report(link_hash, Undelivered.COMPLAINT)
        case str() as unsent if unsent in _UNSENT:
            return Report(link_hash, _UNSENT[unsent])
    return None


def _part(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
