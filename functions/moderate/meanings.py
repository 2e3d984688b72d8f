"""What every room behind sign-in says of the same errors."""

from moderate.incident_errors import INCIDENT_MEANINGS
from shared.http.problems import (
    ConflictError,
    ForbiddenError,
    Meaning,
    NotSignedInError,
    ProblemError,
    UnavailableNowError,
)
from shared.identity.session import ForgedFormError, NotAllowedError, UnknownSessionError
from shared.posts.errors import UnlawfulStepError
from shared.records import errors as records

CHANGED = "It is not what you read any more; reload and look again."
AGAIN = "Too busy for a moment. Nothing was changed; send it again."
LOOK = "No answer for a moment. Look again how it stands; if nothing changed, send it again."


def own_words(kind: type[ProblemError]) -> Meaning:
    """An error that says itself what a person needs to know."""
    return lambda error: kind(str(error))


BEHIND_SIGN_IN: tuple[tuple[type[Exception], Meaning], ...] = (
    *INCIDENT_MEANINGS,
    (UnknownSessionError, own_words(NotSignedInError)),
    (records.ExpiredSessionError, own_words(NotSignedInError)),
    (ForgedFormError, own_words(ForbiddenError)),
    (NotAllowedError, own_words(ForbiddenError)),
    (records.AlreadyExistsError, lambda _: ConflictError(CHANGED)),
    (records.ChangedError, lambda _: ConflictError(CHANGED)),
    (UnlawfulStepError, lambda _: ConflictError(CHANGED)),
    (records.BusyError, lambda _: UnavailableNowError(AGAIN)),
    (records.UnavailableError, lambda _: UnavailableNowError(LOOK)),
)
"""For a room's table of errors, behind its own: the first that fits is taken."""
