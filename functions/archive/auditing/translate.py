"""Every error of this room as a problem with a sentence: the one place where they are mapped."""

from archive.auditing import errors as audit
from archive.questions import errors as questions
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
from shared.months.errors import BadMonthError
from shared.records import errors as records
from shared.records.payloads import ErasedError

CHANGED = "It is not what you read any more; reload and look again."
AGAIN = "Too busy for a moment. Nothing was asked; send it again."
LOOK = "No answer for a moment. Send it again."
ERASED = "The words of this question were erased, so its answer cannot be read again."
NOT_HERE = {
    "questions": "There is no such question. Ask it, and use the address you are given.",
    "posts": "This names no post. Its id has 26 letters and digits.",
    "proof_files": "There is no such file. The page of the proof names those there are.",
    "proofs": "There is no such proof. Ask for it, and use the address you are given.",
    "months": "This month is not sealed. Look at the list which are.",
}


def _own_words(kind: type[ProblemError]) -> Meaning:
    return lambda error: kind(str(error))


def _about(field: str) -> Meaning:
    return lambda error: InvalidFieldsError((FieldFault(field, str(error)),))


def _wrong_field(error: Exception) -> ProblemError:
    assert isinstance(error, audit.WrongWishError | questions.BadSearchError)  # noqa: S101 - below
    return InvalidFieldsError((FieldFault(error.field, str(error)),))


def _not_found(error: Exception) -> ProblemError:
    assert isinstance(error, records.NotFoundError)  # noqa: S101 - by the table below
    return NotFoundError(NOT_HERE.get(error.noun, ERASED))


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (audit.WrongWishError, _wrong_field),
    (questions.BadSearchError, _wrong_field),
    (questions.NoSuchQuestionError, _about("question")),
    (audit.NothingSealedError, _about("from")),
    (audit.NothingLeftError, _about("from")),
    (audit.TooMuchToReadError, _about("from")),
    (audit.TooLargeAnswerError, _about("format")),
    (questions.TooLongError, _about("from")),
    (questions.TooMuchError, _about("from")),
    (questions.TooManyRowsError, _about("from")),
    (audit.LetGoError, _own_words(ConflictError)),
    (audit.FileGoneError, _own_words(ConflictError)),
    (audit.NotSealedLeafError, _about("leaf")),
    (audit.NothingToProveError, _about("post")),
    (audit.TooManyLeavesError, _about("post")),
    (audit.NotCopiedError, _own_words(UnavailableNowError)),
    (audit.OutOfTimeError, _own_words(UnavailableNowError)),
    (audit.OtherAnswerError, _own_words(ConflictError)),
    (ErasedError, lambda _: ConflictError(ERASED)),
    (BadMonthError, lambda _: NotFoundError(NOT_HERE["months"])),
    (UnknownSessionError, _own_words(NotSignedInError)),
    (records.ExpiredSessionError, _own_words(NotSignedInError)),
    (ForgedFormError, _own_words(ForbiddenError)),
    (NotAllowedError, _own_words(ForbiddenError)),
    (records.NotFoundError, _not_found),
    (records.InvalidCursorError, _about("cursor")),
    (records.AlreadyExistsError, lambda _: ConflictError(CHANGED)),
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
    return render(
        "problem", ProblemView(problem.title, problem.sentence, "/audit", "Sealed months")
    )
