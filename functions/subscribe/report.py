"""What Amazon SES tells of our letters: who refuses them for good is erased.

Anything may come in; what does not plainly speak of one letter of ours is nothing. An event may
come twice or late: erasing is done once.
"""

import re
from collections.abc import Mapping
from typing import Any

from subscribe.letters import READER_TAG

SOURCE = "aws.ses"
"""A name that EventBridge lets only Amazon SES itself use."""

FOR_GOOD = "Permanent"
NO_COMPLAINT = "not-spam"

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


def unwanted_by(event: object) -> str | None:
    """The reader whose mailbox refused a letter for good or who called it unwanted, or None."""
    if _part(event).get("source") != SOURCE:
        return None
    detail = _part(_part(event).get("detail"))
    tags = _part(_part(detail.get("mail")).get("tags"))
    match tags.get(READER_TAG):
        case [str() as reader] if _HASH.fullmatch(reader) and _is_refusal(detail):
            return reader
    return None


def _is_refusal(detail: Mapping[str, Any]) -> bool:
    match detail.get("eventType"):
        case "Bounce":
            return _part(detail.get("bounce")).get("bounceType") == FOR_GOOD
        case "Complaint":
            return _part(detail.get("complaint")).get("complaintFeedbackType") != NO_COMPLAINT
    return False


def _part(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
