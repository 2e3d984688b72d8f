"""What can happen to a sample, in past tense, as it stands in the record log."""

from enum import StrEnum


class Sampled(StrEnum):
    """Types of leaves that speak of samples."""

    DRAWN = "sample.drawn"
    MONTH_DRAWN = "sample.month_drawn"
    LOOKED_AT = "sample.looked_at"
    FOLLOWED_UP = "sample.followed_up"
    REMINDED = "sample.reminded"
    STATED = "sample.stated"


def subject_of(sample_id: str) -> str:
    """How leaves name a sample."""
    return f"sample:{sample_id}"


def subject_of_month(month: str) -> str:
    """How leaves name all samples of a month."""
    return f"samples:{month}"
