"""What keeps somebody from holding or releasing, and what it means to whoever asked."""

from shared.http.problems import (
    ConflictError,
    FieldFault,
    ForbiddenError,
    InvalidFieldsError,
    Meaning,
    ProblemError,
)
from shared.months.legal_hold import NothingHeldError, NotWaitingError, OwnLegalHoldError


def _nothing_held(error: Exception) -> ProblemError:
    assert isinstance(error, NothingHeldError)  # noqa: S101 - by the table below
    return InvalidFieldsError((FieldFault(error.field, str(error)),))


LEGAL_HOLD_MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (OwnLegalHoldError, lambda error: ForbiddenError(str(error))),
    (NotWaitingError, lambda error: ConflictError(str(error))),
    (NothingHeldError, _nothing_held),
)
"""For this room's table of errors."""
