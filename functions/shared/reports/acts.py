"""What can happen to a report, in past tense, as it stands in the record log."""

from enum import StrEnum


class Reported(StrEnum):
    """Types of leaves that speak of reports."""

    STATED = "report.stated"


def subject_of(report_id: str) -> str:
    """How leaves name a report."""
    return f"report:{report_id}"
