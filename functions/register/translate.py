"""Every error of this room as a problem with a sentence: the one place where they are mapped."""

from register import errors
from register.leavers import LeaverFileError
from register.policy_errors import DecidedError, NotInformationError, OwnProposalError
from register.standing import OwnStandingError
from shared.accounts import errors as registry
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
from shared.policy.errors import PolicyError
from shared.records import errors as records

NOTHING_HERE = "There is nothing here that you may see."
TAKEN = "This short name is taken; choose another."
CHANGED = "Somebody else changed it meanwhile; reload and look again."
AGAIN = "Too busy for a moment. Nothing was changed; send it again."
LOOK = "No answer for a moment. Look again whether it was changed; if not, send it again."


def _own_words(kind: type[ProblemError]) -> Meaning:
    return lambda error: kind(str(error))


def _field(name: str) -> Meaning:
    return lambda error: InvalidFieldsError((FieldFault(name, str(error)),))


def _faults(error: Exception) -> ProblemError:
    found: tuple[registry.Fault, ...] = getattr(error, "faults", ())
    return InvalidFieldsError(tuple(FieldFault(each.field, each.sentence) for each in found))


def _lines(error: Exception) -> ProblemError:
    assert isinstance(error, LeaverFileError)  # noqa: S101 - by the table below
    return InvalidFieldsError(
        tuple(FieldFault(f"line {each.line}", each.sentence) for each in error.faults)
    )


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (UnknownSessionError, _own_words(NotSignedInError)),
    (records.ExpiredSessionError, _own_words(NotSignedInError)),
    (ForgedFormError, _own_words(ForbiddenError)),
    (NotAllowedError, _own_words(ForbiddenError)),
    (OwnStandingError, _own_words(ForbiddenError)),
    (OwnProposalError, _own_words(ForbiddenError)),
    (NotInformationError, _own_words(ForbiddenError)),
    (DecidedError, _own_words(ConflictError)),
    (PolicyError, _field("pack")),
    (registry.IncompleteAccountError, _faults),
    (registry.IncompletePersonError, _faults),
    (registry.UnlawfulAccountStepError, _own_words(ConflictError)),
    (registry.UnlawfulPersonStepError, _own_words(ConflictError)),
    (registry.NotReverifiedError, _own_words(ConflictError)),
    (registry.EmailError, _field("email")),
    (registry.RegistryError, _field("")),
    (LeaverFileError, _lines),
    (errors.NoCoverError, _own_words(ConflictError)),
    (errors.StillAboveError, _own_words(ConflictError)),
    (errors.NoSuchTargetError, _own_words(NotFoundError)),
    (errors.NotThatPersonError, _own_words(ConflictError)),
    (errors.NoDelegationError, _own_words(ConflictError)),
    (errors.NotProposedError, _own_words(ConflictError)),
    (errors.VaultError, _own_words(UnavailableNowError)),
    (records.InvalidCursorError, _field("cursor")),
    (records.UnstorableError, _field("")),
    (records.HeldError, _own_words(ConflictError)),
    (records.AlreadyExistsError, lambda _: ConflictError(TAKEN)),
    (records.NotFoundError, lambda _: NotFoundError(NOTHING_HERE)),
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
    return render("problem", ProblemView(problem.title, problem.sentence, "/registry", "Registry"))
