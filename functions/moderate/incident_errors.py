"""What keeps somebody from declaring, standing down, exempting or reviewing, and what it means.

IncidentError
├── MayNotActError       this person may not do it, or not now; `str()` says why
├── WrongFieldError      one field is wrong; names it
├── OverError            the incident is over already; carries it
└── AlreadyLastsError    one of the same reach lasts; carries it
"""

from shared.accounts.incident import Incident
from shared.http.problems import (
    ConflictError,
    FieldFault,
    ForbiddenError,
    InvalidFieldsError,
    Meaning,
    ProblemError,
)
from shared.posts.localtime import moment_text
from shared.records.errors import AlreadyReviewedError, InvalidCursorError


class IncidentError(Exception):
    """Root of what keeps somebody from acting about an incident or a held post."""


class MayNotActError(IncidentError):
    """This person may not do it, or not now."""


class WrongFieldError(IncidentError):
    """One field is wrong; `str()` says what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class OverError(IncidentError):
    """The incident is over already."""

    def __init__(self, incident: Incident) -> None:
        at = incident.stood_down_at
        by = f"by {incident.stood_down_by}, {moment_text(at)}" if at else "meanwhile"
        super().__init__(f"It was stood down before, {by}.")
        self.incident = incident


class AlreadyLastsError(IncidentError):
    """An incident of the same reach lasts; it is in force already."""

    def __init__(self, incident: Incident) -> None:
        declared = f"{incident.declared_by}, {moment_text(incident.declared_at)}"
        super().__init__(f"It is declared already, by {declared}. Nothing more is needed.")
        self.incident = incident


def _wrong_field(error: Exception) -> ProblemError:
    assert isinstance(error, WrongFieldError)  # noqa: S101 - by the table below
    return InvalidFieldsError((FieldFault(error.field, str(error)),))


def _lasts(error: Exception) -> ProblemError:
    assert isinstance(error, AlreadyLastsError)  # noqa: S101 - by the table below
    return ConflictError(str(error), incident_id=error.incident.incident_id)


def _reviewed_before(error: Exception) -> ProblemError:
    assert isinstance(error, AlreadyReviewedError)  # noqa: S101 - by the table below
    ruling = error.ruling
    return ConflictError(f"It was reviewed before, by {ruling.by}, {moment_text(ruling.at)}.")


INCIDENT_MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (MayNotActError, lambda error: ForbiddenError(str(error))),
    (WrongFieldError, _wrong_field),
    (AlreadyLastsError, _lasts),
    (OverError, lambda error: ConflictError(str(error))),
    (AlreadyReviewedError, _reviewed_before),
    (InvalidCursorError, lambda e: InvalidFieldsError((FieldFault("cursor", str(e)),))),
)
"""For this room's table of errors."""
