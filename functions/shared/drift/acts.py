"""What can happen to a drift, in past tense."""

from enum import StrEnum


class Drifted(StrEnum):
    """Types of leaves that speak of drifts."""

    FOUND = "drift.found"
    TOLD = "drift.told"
    ACKNOWLEDGED = "drift.acknowledged"
    ENDED = "drift.ended"
    ACCEPTED = "drift.accepted"
    CLOSED = "drift.closed"


def subject_of(drift_id: str) -> str:
    """How leaves name a drift."""
    return f"drift:{drift_id}"
