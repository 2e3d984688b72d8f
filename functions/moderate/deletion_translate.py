"""Every error of the room of deletions as a problem with a sentence."""

from moderate.doors import NoSuchDoorError
from moderate.meanings import BEHIND_SIGN_IN
from shared.http.problems import (
    ConflictError,
    Meaning,
    NotFoundError,
    ProblemError,
    meaning_of,
)
from shared.records import errors as records
from shared.records.disposed_error import DisposedOfError

NOT_HERE = "There is no such deletion. Look for it among all deletions."
NO_SUCH_POST = "There is no such post. Look at its address: an id, a hyphen and its version."
NO_EXCEPTION = "There is nothing found under this name. Look for it among all that was found."
BEFORE = "Somebody asked for that before. Look at the deletion that stands."


def _asked_before(error: Exception) -> ProblemError:
    assert isinstance(error, records.AlreadyAskedError)  # noqa: S101 - by the table below
    return ConflictError(BEFORE, deletion_id=error.deletion_id)


def _not_found(error: Exception) -> ProblemError:
    assert isinstance(error, records.NotFoundError)  # noqa: S101 - by the table below
    if error.noun == "exceptions":
        return NotFoundError(NO_EXCEPTION)
    return NotFoundError(NO_SUCH_POST if error.noun in {"post", "posts"} else NOT_HERE)


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (NoSuchDoorError, lambda _: NotFoundError(NO_SUCH_POST)),
    (DisposedOfError, lambda error: NotFoundError(str(error))),
    (records.NotFoundError, _not_found),
    (records.AlreadyAskedError, _asked_before),
    *BEHIND_SIGN_IN,
)


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    return meaning_of(error, MEANINGS)
