"""Every error of this room as a problem with a sentence: the one place where they are mapped."""

from moderate.decide import LinkOverError, MayNotDecideError, ReasonMissingError
from moderate.doors import NoSuchDoorError
from shared.http.problems import (
    ConflictError,
    FieldFault,
    ForbiddenError,
    InvalidFieldsError,
    Meaning,
    NotFoundError,
    NotSignedInError,
    ProblemError,
    UnavailableNowError,
    meaning_of,
)
from shared.identity.session import ForgedFormError, NotAllowedError, UnknownSessionError
from shared.pages.render import render
from shared.pages.views import ProblemView, SignInView
from shared.posts.errors import ContentChangedError, UnlawfulStepError
from shared.records import errors as records
from shared.records.approval import ApprovalState

CHANGED = "It is not what you read any more; reload and look again."
NOT_HERE = "There is no such approval. Use the link as it is in your e-mail."
AGAIN = "Too busy for a moment. Nothing was decided; send it again."
LOOK = "No answer for a moment. Look again whether it was decided; if not, send it again."


def _own_words(kind: type[ProblemError]) -> Meaning:
    return lambda error: kind(str(error))


def _decided_before(error: Exception) -> ProblemError:
    assert isinstance(error, records.AlreadyDecidedError)  # noqa: S101 - by the table below
    return ConflictError(f"It was decided before, by {error.by} at {error.at:%H:%M} UTC.")


def _closed_before(error: Exception) -> ProblemError:
    assert isinstance(error, records.ApprovalClosedError)  # noqa: S101 - by the table below
    expired = error.state is ApprovalState.EXPIRED
    why = "nobody decided in time" if expired else "its publication broke"
    return ConflictError(f"There is nothing to decide any more: {why}, and it did not go out.")


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (UnknownSessionError, _own_words(NotSignedInError)),
    (records.ExpiredSessionError, _own_words(NotSignedInError)),
    (MayNotDecideError, _own_words(ForbiddenError)),
    (ForgedFormError, _own_words(ForbiddenError)),
    (NotAllowedError, _own_words(ForbiddenError)),
    (LinkOverError, _own_words(ForbiddenError)),
    (records.DeadLinkError, _own_words(ForbiddenError)),
    (ReasonMissingError, lambda e: InvalidFieldsError((FieldFault("reason", str(e)),))),
    (records.UnstorableError, lambda e: InvalidFieldsError((FieldFault("reason", str(e)),))),
    (NoSuchDoorError, lambda _: NotFoundError(NOT_HERE)),
    (records.NotFoundError, lambda _: NotFoundError(NOT_HERE)),
    (records.AlreadyDecidedError, _decided_before),
    (records.ApprovalClosedError, _closed_before),
    (records.ChangedError, lambda _: ConflictError(CHANGED)),
    (ContentChangedError, lambda _: ConflictError(CHANGED)),
    (UnlawfulStepError, lambda _: ConflictError(CHANGED)),
    (records.BusyError, lambda _: UnavailableNowError(AGAIN)),
    (records.UnavailableError, lambda _: UnavailableNowError(LOOK)),
)


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    return meaning_of(error, MEANINGS)


def page_of(problem: ProblemError, sign_in_url: str) -> str:
    """A problem as a page; who is not signed in is shown the way."""
    if isinstance(problem, NotSignedInError):
        return render("sign-in", SignInView(sign_in_url, problem.sentence))
    return render("problem", ProblemView(problem.title, problem.sentence))
