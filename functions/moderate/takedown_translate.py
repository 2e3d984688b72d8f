"""Every error of the room of takedowns and blocks as a problem with a sentence."""

from moderate.meanings import BEHIND_SIGN_IN
from shared.drift.errors import InvalidDriftError
from shared.http.problems import (
    ConflictError,
    FieldFault,
    InvalidFieldsError,
    Meaning,
    NotFoundError,
    ProblemError,
    meaning_of,
)
from shared.mentions.errors import InvalidMentionError
from shared.posts.errors import InvalidTakedownError, NoEvidenceError
from shared.records import errors as records
from shared.records.disposed_error import DisposedOfError

NOT_HERE = {
    "accounts": "There is no such account. Look for it in the registry.",
    "account": "There is no such account. Look for it in the registry.",
    "mentions": "There is no such mention. Look for it in the list of what was said.",
    "exceptions": "There is no such drift. Look for it in the list of what is not from us.",
    "blocks": "There is no such block. Look for it among all blocks.",
}
NO_TAKEDOWN = "There is no such takedown. Look for it among the takedowns."


def _wrong_field(error: Exception) -> ProblemError:
    assert isinstance(error, InvalidTakedownError | InvalidMentionError | InvalidDriftError)  # noqa: S101 - by the table
    return InvalidFieldsError((FieldFault(error.field, str(error)),))


def _not_found(error: Exception) -> ProblemError:
    assert isinstance(error, records.NotFoundError)  # noqa: S101 - by the table below
    return NotFoundError(NOT_HERE.get(error.noun, NO_TAKEDOWN))


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (InvalidTakedownError, _wrong_field),
    (InvalidMentionError, _wrong_field),
    (InvalidDriftError, _wrong_field),
    (DisposedOfError, lambda error: NotFoundError(str(error))),
    (records.NotFoundError, _not_found),
    (NoEvidenceError, lambda error: ConflictError(str(error))),
    (records.KeyReusedError, lambda error: ConflictError(str(error))),
    *BEHIND_SIGN_IN,
)


def sentence_of(error: Exception) -> str:
    """What it means for one of several; AssertionError for what nobody foresaw."""
    problem = translate(error)
    assert problem is not None, error  # noqa: S101 - whoever asks has caught what the table names
    return problem.sentence


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    return meaning_of(error, MEANINGS)
