"""Every error of this room as a problem with a sentence: the one place where they are mapped."""

from enter import errors
from shared.http.problems import (
    ConflictError,
    ForbiddenError,
    Meaning,
    NotSignedInError,
    ProblemError,
    UnavailableNowError,
    meaning_of,
)
from shared.identity.session import ForgedFormError, NotAllowedError, UnknownSessionError
from shared.pages.render import render
from shared.records import errors as records

SIGN_IN = "/sign-in"
AGAIN = "Too busy for a moment. Nobody was signed in; begin again."
OUT = "You are signed out, on every device. On a device that others use, lock it as well."


def _own_words(kind: type[ProblemError]) -> Meaning:
    return lambda error: kind(str(error))


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (errors.IssuerSilentError, _own_words(UnavailableNowError)),
    (errors.EnterError, _own_words(ForbiddenError)),
    (UnknownSessionError, _own_words(NotSignedInError)),
    (records.ExpiredSessionError, _own_words(NotSignedInError)),
    (records.NotFoundError, lambda _: NotSignedInError(AGAIN)),
    (ForgedFormError, _own_words(ForbiddenError)),
    (NotAllowedError, _own_words(ForbiddenError)),
    (records.ChangedError, lambda _: ConflictError(AGAIN)),
    (records.BusyError, lambda _: UnavailableNowError(AGAIN)),
    (records.UnavailableError, lambda _: UnavailableNowError(AGAIN)),
)


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    return meaning_of(error, MEANINGS)


def page_of(problem: ProblemError) -> str:
    """A problem as a page, with the way to begin again."""
    from shared.pages.views import ProblemView, SignInView  # read in by whoever shows a page

    if isinstance(problem, NotSignedInError):
        return render("sign-in", SignInView(SIGN_IN, problem.sentence))
    return render("problem", ProblemView(problem.title, problem.sentence, SIGN_IN, "Sign in"))


def signed_out_page() -> str:
    """What stands after signing out; whoever comes next has to say who they are."""
    from shared.pages.views import SignInView

    return render("sign-in", SignInView(f"{SIGN_IN}?prompt=login", OUT))
