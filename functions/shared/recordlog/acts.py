"""What can happen to the record log itself, in past tense, as it stands in it."""

from enum import StrEnum


class Happened(StrEnum):
    """Types of leaves that speak of the log, or of other leaves."""

    COSIGNED = "log.cosigned"
    NOT_COSIGNED = "log.not_cosigned"
    TIMESTAMPED = "log.timestamped"
    NOT_TIMESTAMPED = "log.not_timestamped"
    ERASURE_ASKED = "erasure.asked"
    ERASURE_APPROVED = "erasure.approved"
    ERASURE_REFUSED = "erasure.refused"
    ERASED = "erasure.done"
    MONTH_SEALED = "month.sealed"
