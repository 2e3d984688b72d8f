"""Every error of this room as a problem with a sentence: the one place where they are mapped."""

from moderate.decide import (
    LinkOverError,
    MayNotDecideError,
    ReasonMissingError,
)
from moderate.doors import NoSuchDoorError
from shared.http.problems import (
    ConflictError,
    FieldFault,
    ForbiddenError,
    InvalidFieldsError,
    NotFoundError,
    NotSignedInError,
    ProblemError,
    UnavailableNowError,
)
from shared.identity.session import ForgedFormError, UnknownSessionError
from shared.pages.render import render
from shared.pages.views import ProblemView, SignInView
from shared.posts.errors import ContentChangedError, UnlawfulStepError
from shared.records import errors as records


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    match error:
        case UnknownSessionError() | records.ExpiredSessionError():
            return NotSignedInError(str(error))
        case MayNotDecideError() | ForgedFormError() | LinkOverError():
            return ForbiddenError(str(error))
        case records.DeadLinkError():
            return ForbiddenError(str(error))
        case ReasonMissingError():
            return InvalidFieldsError((FieldFault("reason", str(error)),))
        case NoSuchDoorError() | records.NotFoundError():
            return NotFoundError("There is no such approval. Use the link as it is in your e-mail.")
        case records.AlreadyDecidedError():
            return ConflictError(f"It was decided before, by {error.by} at {error.at:%H:%M} UTC.")
        case records.ChangedError() | ContentChangedError() | UnlawfulStepError():
            return ConflictError("It is not what you read any more; reload and look again.")
        case records.UnstorableError():
            return InvalidFieldsError((FieldFault("", str(error)),))
        case records.BusyError() | records.UnavailableError():
            return UnavailableNowError("Too busy for a moment. Nothing was lost; send it again.")
    return None


def page_of(problem: ProblemError, sign_in_url: str) -> str:
    """A problem as a page; who is not signed in is shown the way."""
    if isinstance(problem, NotSignedInError):
        return render("sign-in", SignInView(sign_in_url, problem.sentence))
    return render("problem", ProblemView(problem.title, problem.sentence))
