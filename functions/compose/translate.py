"""Every error of this room as a problem with a sentence: the one place where they are mapped."""

from typing import TYPE_CHECKING

from compose.errors import (
    AppealOverError,
    BeingAnsweredError,
    MayNotChangeError,
    MayNotPostError,
    NotReplaceableError,
    ReasonMissingError,
)
from compose.reminder_errors import (
    BlockedReminderError,
    InvalidReminderError,
    ReminderEndedError,
)
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
from shared.http.shapes import post_shape
from shared.identity.session import ForgedFormError, NotAllowedError, UnknownSessionError
from shared.policy.errors import PolicyError, UnknownPlatformError
from shared.posts.errors import InvalidDraftError
from shared.posts.life import Post
from shared.records import errors as records
from shared.records.disposed_error import DisposedOfError

if TYPE_CHECKING:  # pages are read in by whoever shows one
    from shared.pages.parts import FieldError


def _field(name: str) -> Meaning:
    return lambda error: InvalidFieldsError(
        (FieldFault(getattr(error, "field", name), str(error)),)
    )


def _own_words(kind: type[ProblemError]) -> Meaning:
    return lambda error: kind(str(error))


def _faults(error: Exception) -> ProblemError:
    found: tuple[tuple[str, str], ...] = getattr(error, "faults", ())
    return InvalidFieldsError(tuple(FieldFault(name, sentence) for name, sentence in found))


def _findings(error: Exception) -> ProblemError:
    assert isinstance(error, BlockedReminderError)  # noqa: S101 - by the table below
    faults = tuple(FieldFault("text", finding.message) for finding in error.findings)
    return InvalidFieldsError(faults, findings=[finding.as_dict() for finding in error.findings])


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (InvalidDraftError, _field("")),
    (UnknownPlatformError, _field("platforms")),
    (records.InvalidCursorError, _field("cursor")),
    (records.UnstorableError, _field("text")),
    (records.StoppedPictureError, _field("pictures")),
    (UnknownSessionError, _own_words(NotSignedInError)),
    (records.ExpiredSessionError, _own_words(NotSignedInError)),
    (MayNotPostError, _own_words(ForbiddenError)),
    (MayNotChangeError, _own_words(ForbiddenError)),
    (ReasonMissingError, _field("reason")),
    (ForgedFormError, _own_words(ForbiddenError)),
    (NotAllowedError, _own_words(ForbiddenError)),
    (NotReplaceableError, _own_words(ConflictError)),
    (InvalidReminderError, _faults),
    (BlockedReminderError, _findings),
    (ReminderEndedError, _own_words(ConflictError)),
    (AppealOverError, _own_words(ConflictError)),
    (BeingAnsweredError, _own_words(ConflictError)),
    (records.KeyReusedError, _own_words(ConflictError)),
    (
        records.TakenError,
        lambda _: ConflictError("This post is on record already. Look for it among the posts."),
    ),
    (
        records.AlreadyExistsError,
        lambda _: ConflictError("Somebody sent a newer version first; reload and look at it."),
    ),
    (
        records.ChangedError,
        lambda _: ConflictError("Somebody changed it meanwhile; reload and look at it."),
    ),
    (DisposedOfError, _own_words(NotFoundError)),
    (
        records.NotFoundError,
        lambda _: NotFoundError("There is nothing here that you may see."),
    ),
    (
        PolicyError,
        lambda _: UnavailableNowError("The force's policy cannot be applied now; call the centre."),
    ),
    (
        records.BusyError,
        lambda _: UnavailableNowError("Too busy for a moment. Nothing was lost; send it again."),
    ),
    (
        records.UnavailableError,
        lambda _: UnavailableNowError("No answer for a moment. Nothing was lost; send it again."),
    ),
)


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    return meaning_of(error, MEANINGS)


def faults_of(error: Exception) -> "tuple[FieldError, ...]":
    """What the post form says beside its fields; what is no fault of the form is raised again."""
    from shared.pages.parts import FieldError

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
    from shared.pages.render import render  # pages are read in by whoever shows one
    from shared.pages.views import ProblemView, SignInView

    if isinstance(problem, NotSignedInError):
        return render("sign-in", SignInView(sign_in_url, problem.sentence))
    return render("problem", ProblemView(problem.title, problem.sentence, "/posts", "Your posts"))
