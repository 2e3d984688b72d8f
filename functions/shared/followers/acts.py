"""What can happen to a review, in past tense, as it stands in the record log."""

from enum import StrEnum


class Reviewed(StrEnum):
    """Types of leaves that speak of reviews of followers."""

    BEGUN = "review.begun"
    READ = "review.read"
    NOT_READ = "review.not_read"
    READY = "review.ready"
    DECIDED = "review.decided"
    SIGNED = "review.signed"
    REMINDED = "review.reminded"
    STATED = "review.stated"


def subject_of(review_id: str) -> str:
    """How leaves name a review."""
    return f"review:{review_id}"


def subject_of_month(month: str) -> str:
    """How leaves name all reviews of a month."""
    return f"reviews:{month}"
