"""Every error of this room as a problem with a sentence: the one place where they are mapped."""

from shared.followers import errors as followers
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
from shared.impostors import errors as impostors
from shared.posts.errors import UnlawfulStepError
from shared.records import errors as records
from shared.samples import errors as samples

NOT_HERE = "There is nothing here by that name. Look for it in the list of all."
CHANGED = "It is not what you read any more; reload and look again."
AGAIN = "Too busy for a moment. Nothing was changed; send it again."
LOOK = "No answer for a moment. Look again how it stands; if nothing changed, send it again."


def _own_words(kind: type[ProblemError]) -> Meaning:
    return lambda error: kind(str(error))


def _about(field: str) -> Meaning:
    return lambda error: InvalidFieldsError((FieldFault(field, str(error)),))


def _wrong_ruling(error: Exception) -> ProblemError:
    wrong = (followers.WrongRulingError, samples.WrongJudgementError)
    assert isinstance(error, wrong)  # noqa: S101 - by the table below
    return InvalidFieldsError((FieldFault(error.field, str(error)),))


def _invalid_case(error: Exception) -> ProblemError:
    assert isinstance(error, impostors.InvalidCaseError)  # noqa: S101 - by the table below
    return InvalidFieldsError((FieldFault(error.field, str(error)),))


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (impostors.InvalidCaseError, _invalid_case),
    (impostors.NoSuchNameError, _about("name")),
    (UnlawfulStepError, _own_words(ConflictError)),
    (followers.WrongRulingError, _wrong_ruling),
    (followers.NoSuchPersonError, _about("people")),
    (followers.NotYourSideError, _own_words(ForbiddenError)),
    (followers.ReviewError, _own_words(ConflictError)),
    (samples.WrongJudgementError, _wrong_ruling),
    (samples.NoSuchPostError, _about("post")),
    (samples.OwnPostError, _own_words(ForbiddenError)),
    (samples.SampleError, _own_words(ConflictError)),
    (UnknownSessionError, _own_words(NotSignedInError)),
    (records.ExpiredSessionError, _own_words(NotSignedInError)),
    (ForgedFormError, _own_words(ForbiddenError)),
    (NotAllowedError, _own_words(ForbiddenError)),
    (records.NotFoundError, lambda _: NotFoundError(NOT_HERE)),
    (records.InvalidCursorError, _about("cursor")),
    (records.ChangedError, lambda _: ConflictError(CHANGED)),
    (records.BusyError, lambda _: UnavailableNowError(AGAIN)),
    (records.UnavailableError, lambda _: UnavailableNowError(LOOK)),
)


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    return meaning_of(error, MEANINGS)


def page_of(problem: ProblemError, sign_in_url: str) -> str:
    """A problem as a page; who is not signed in is shown the way."""
    from shared.pages.render import render  # pages are read in by whoever shows one
    from shared.pages.views import ProblemView, SignInView

    if isinstance(problem, NotSignedInError):
        return render("sign-in", SignInView(sign_in_url, problem.sentence))
    return render("problem", ProblemView(problem.title, problem.sentence, "/reviews", "Reviews"))
