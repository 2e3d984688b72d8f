"""Every error of the room of deletions as a problem with a sentence."""

from moderate.doors import NoSuchDoorError
from moderate.incident_errors import INCIDENT_MEANINGS
from shared.http.problems import (
    ConflictError,
    ForbiddenError,
    Meaning,
    NotFoundError,
    NotSignedInError,
    ProblemError,
    UnavailableNowError,
    meaning_of,
)
from shared.identity.session import ForgedFormError, NotAllowedError, UnknownSessionError
from shared.posts.errors import UnlawfulStepError
from shared.records import errors as records

CHANGED = "It is not what you read any more; reload and look again."
NOT_HERE = "There is no such deletion. Look for it among all deletions."
NO_SUCH_POST = "There is no such post. Look at its address: an id, a hyphen and its version."
BEFORE = "Somebody asked for that before. Look at the deletion that stands."
AGAIN = "Too busy for a moment. Nothing was removed; send it again."
LOOK = "No answer for a moment. Look again how it stands; if nothing changed, send it again."


def _own_words(kind: type[ProblemError]) -> Meaning:
    return lambda error: kind(str(error))


def _asked_before(error: Exception) -> ProblemError:
    assert isinstance(error, records.AlreadyAskedError)  # noqa: S101 - by the table below
    return ConflictError(BEFORE, deletion_id=error.deletion_id)


def _not_found(error: Exception) -> ProblemError:
    assert isinstance(error, records.NotFoundError)  # noqa: S101 - by the table below
    return NotFoundError(NO_SUCH_POST if error.noun in {"post", "posts"} else NOT_HERE)


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    *INCIDENT_MEANINGS,
    (UnknownSessionError, _own_words(NotSignedInError)),
    (records.ExpiredSessionError, _own_words(NotSignedInError)),
    (ForgedFormError, _own_words(ForbiddenError)),
    (NotAllowedError, _own_words(ForbiddenError)),
    (NoSuchDoorError, lambda _: NotFoundError(NO_SUCH_POST)),
    (records.NotFoundError, _not_found),
    (records.AlreadyAskedError, _asked_before),
    (records.AlreadyExistsError, lambda _: ConflictError(CHANGED)),
    (records.ChangedError, lambda _: ConflictError(CHANGED)),
    (UnlawfulStepError, lambda _: ConflictError(CHANGED)),
    (records.BusyError, lambda _: UnavailableNowError(AGAIN)),
    (records.UnavailableError, lambda _: UnavailableNowError(LOOK)),
)


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    return meaning_of(error, MEANINGS)
