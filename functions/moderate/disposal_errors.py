"""What keeps somebody from letting a sealed month go, and what it means to whoever asked."""

from shared.http.problems import ConflictError, ForbiddenError, Meaning
from shared.months.disposal import DisposalError, OwnDisposalError

DISPOSAL_MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (OwnDisposalError, lambda error: ForbiddenError(str(error))),
    (DisposalError, lambda error: ConflictError(str(error))),
)
"""For this room's table of errors."""
