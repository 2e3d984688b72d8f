"""What can happen to a mention, and to the daily check of an account, in past tense."""

from enum import StrEnum


class Heard(StrEnum):
    """Types of leaves that speak of mentions and of daily checks."""

    RECEIVED = "mention.received"
    ANSWERED = "mention.answered"
    LEFT = "mention.left_unanswered"
    HOLDING = "mention.holding_reply"
    HANDED_ON = "mention.handed_on"
    TOLD = "mention.told"
    CHECKED = "check.done"
    CHECK_TOLD = "check.missed_told"


def subject_of(mention_id: str) -> str:
    """How leaves name a mention."""
    return f"mention:{mention_id}"


def subject_of_check(account: str, day: str) -> str:
    """How leaves name the check of an account on a day, such as 2026-11-22."""
    return f"check:{account}/{day}"
