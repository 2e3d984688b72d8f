"""What keeps somebody from erasing, and what it means to whoever asked."""

from shared.http.problems import (
    ConflictError,
    FieldFault,
    ForbiddenError,
    InvalidFieldsError,
    Meaning,
    ProblemError,
)
from shared.recordlog.erasure import (
    AskedBeforeError,
    DecidedBeforeError,
    NothingSealedError,
    OnHoldError,
    OwnErasureError,
)


def _on_hold(error: Exception) -> ProblemError:
    assert isinstance(error, OnHoldError)  # noqa: S101 - by the table below
    return ConflictError(str(error), hold_id=error.hold_id)


def _asked_before(error: Exception) -> ProblemError:
    assert isinstance(error, AskedBeforeError)  # noqa: S101 - by the table below
    return ConflictError(str(error), erasure_id=error.erasure_id)


ERASURE_MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (OwnErasureError, lambda error: ForbiddenError(str(error))),
    (DecidedBeforeError, lambda error: ConflictError(str(error))),
    (NothingSealedError, lambda e: InvalidFieldsError((FieldFault("leaf_id", str(e)),))),
    (AskedBeforeError, _asked_before),
    (OnHoldError, _on_hold),
)
"""For this room's table of errors."""
