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
    HOLD_ASKED = "hold.asked"
    HOLD_REFUSED = "hold.refused"
    HOLD_APPROVED = "hold.approved"
    HOLD_PLACED = "hold.placed"
    HOLD_RELEASE_ASKED = "hold.release_asked"
    HOLD_RELEASE_REFUSED = "hold.release_refused"
    HOLD_RELEASE_APPROVED = "hold.release_approved"
    HOLD_RELEASED = "hold.released"
    DISPOSAL_ASKED = "disposal.asked"
    DISPOSAL_REFUSED = "disposal.refused"
    DISPOSAL_APPROVED = "disposal.approved"
    DISPOSAL_BEGUN = "disposal.begun"
    DISPOSED = "disposal.done"
    QUESTION_ASKED = "question.asked"
