"""Every error of the picture room as a problem with a sentence: what it shares with the author's
room is mapped there."""

from compose import picture_errors as errors
from compose import translate as shared_with
from shared.http.problems import (
    ConflictError,
    FieldFault,
    ForbiddenError,
    InvalidFieldsError,
    Meaning,
    ProblemError,
    UnavailableNowError,
    meaning_of,
)
from shared.records import errors as records

AGAIN = "Pictures cannot be taken in just now. Nothing was kept; send it again in a minute."
TAKEN_BACK = "A consent was taken back meanwhile, or has pictures enough. Look at it again."


def _faults(error: Exception) -> ProblemError:
    found: tuple[tuple[str, str], ...] = getattr(error, "faults", ())
    return InvalidFieldsError(tuple(FieldFault(name, sentence) for name, sentence in found))


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (errors.InvalidOriginError, _faults),
    (
        errors.SpoiltPictureError,
        lambda error: InvalidFieldsError((FieldFault("picture", str(error)),)),
    ),
    (errors.NotTheirsError, lambda error: ForbiddenError(str(error))),
    (errors.ConsentError, lambda error: ConflictError(str(error))),
    (errors.DarkroomShutError, lambda _: UnavailableNowError(AGAIN)),
    (records.AlreadyExistsError, lambda _: ConflictError("That is on record already.")),
    (records.ChangedError, lambda _: ConflictError(TAKEN_BACK)),
    *shared_with.MEANINGS,
)


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    return meaning_of(error, MEANINGS)
