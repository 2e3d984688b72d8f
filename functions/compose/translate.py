"""Every error of this room as a problem with a sentence: the one place where they are mapped."""

from compose.submit import MayNotPostError, NotReplaceableError
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
from shared.http.shapes import post_shape
from shared.identity.session import ForgedFormError, UnknownSessionError
from shared.pages.render import render
from shared.pages.views import FieldError, ProblemView, SignInView
from shared.policy.errors import PolicyError, UnknownPlatformError
from shared.posts.errors import InvalidDraftError
from shared.posts.life import Post
from shared.records import errors as records


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    match error:
        case InvalidDraftError():
            return InvalidFieldsError((FieldFault(error.field, str(error)),))
        case UnknownSessionError() | records.ExpiredSessionError():
            return NotSignedInError(str(error))
        case MayNotPostError() | ForgedFormError():
            return ForbiddenError(str(error))
        case NotReplaceableError():
            return ConflictError(str(error))
        case records.KeyReusedError():
            return ConflictError(str(error))
        case records.AlreadyExistsError():
            return ConflictError("Somebody sent a newer version first; reload and look at it.")
        case records.NotFoundError():
            return NotFoundError("There is nothing here that you may see.")
        case records.InvalidCursorError() | records.UnstorableError():
            return InvalidFieldsError((FieldFault("", str(error)),))
        case UnknownPlatformError():
            return InvalidFieldsError((FieldFault("platforms", str(error)),))
        case PolicyError():
            return UnavailableNowError("The force's policy cannot be applied now; call the centre.")
        case records.BusyError() | records.UnavailableError():
            return UnavailableNowError("Too busy for a moment. Nothing was lost; send it again.")
    return None


def faults_of(error: Exception) -> tuple[FieldError, ...]:
    """What the post form says beside its fields; what is no fault of the form is raised again."""
    problem = error if isinstance(error, ProblemError) else translate(error)
    if not isinstance(problem, InvalidFieldsError):
        raise error
    return tuple(FieldError(fault.field, fault.sentence) for fault in problem.faults)


def blocked(post: Post) -> ProblemError:
    """A blocked post as the API tells it: on record, with its findings."""
    faults = tuple(FieldFault("text", str(finding["message"])) for finding in post.findings)
    return InvalidFieldsError(faults, findings=list(post.findings), post=post_shape(post))


def page_of(problem: ProblemError, sign_in_url: str) -> str:
    """A problem as a page; who is not signed in is shown the way."""
    if isinstance(problem, NotSignedInError):
        return render("sign-in", SignInView(sign_in_url, problem.sentence))
    return render("problem", ProblemView(problem.title, problem.sentence, "/posts", "Your posts"))
