"""What can be wrong with a request, as RFC 9457 problem documents with a sentence for people.

ProblemError (status, title, sentence)
├── BadRequestError          400  the bytes cannot be read
├── NotSignedInError         401  nobody we know is asking
├── ForbiddenError           403  known, but not allowed; says why
├── NotFoundError            404  nothing here that this person may see
├── ConflictError            409  somebody was quicker, or the key was used for something else
├── TooLargeError            413  more bytes than a post can need
├── UnsupportedTypeError     415  says which content type is wanted
├── InvalidFieldsError       422  readable, but wrong; lists every field
├── TooManyRequestsError     429  too often from one place
└── UnavailableNowError      503  a service of ours did not answer; the same again may work
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FieldFault:
    """One field that is wrong, and a sentence that says what to do."""

    field: str
    sentence: str


class ProblemError(Exception):
    """A request that cannot be served; `status` is the HTTP status."""

    status = 500
    title = "Something of ours broke"

    def __init__(self, sentence: str, **more: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.more = more

    def document(self) -> dict[str, Any]:
        """The RFC 9457 document; `more` adds members of our own (`errors`, `findings`)."""
        kind = type(self).__name__.removesuffix("Error")
        return {
            "type": f"https://bluelamp.example/problems/{_dashed(kind)}",
            "title": self.title,
            "status": self.status,
            "detail": self.sentence,
            **self.more,
        }

    def body(self) -> str:
        """The document as JSON text."""
        text = json.dumps(self.document(), ensure_ascii=False)
        # A document may quote what a stranger sent, half a surrogate pair too.
        return text.encode("utf-8", "replace").decode("utf-8")


class BadRequestError(ProblemError):
    """The bytes cannot be read as what they claim to be."""

    status, title = 400, "Unreadable request"


class NotSignedInError(ProblemError):
    """Nobody we know is asking."""

    status, title = 401, "Not signed in"


class ForbiddenError(ProblemError):
    """Known, but not allowed."""

    status, title = 403, "Not allowed"


class NotFoundError(ProblemError):
    """Nothing here that this person may see."""

    status, title = 404, "Not found"


class ConflictError(ProblemError):
    """Somebody was quicker, or a key was used for something else."""

    status, title = 409, "Conflict"


class TooLargeError(ProblemError):
    """More bytes than any post can need."""

    status, title = 413, "Too large"


class UnsupportedTypeError(ProblemError):
    """A content type that this route does not read."""

    status, title = 415, "Unsupported content type"


class TooManyRequestsError(ProblemError):
    """Too often from one place; the sentence says when to come again."""

    status, title = 429, "Too often"


class UnavailableNowError(ProblemError):
    """A service of ours did not answer; sending the same again may work."""

    status, title = 503, "Not available just now"


class InvalidFieldsError(ProblemError):
    """Readable, but one or more fields are wrong."""

    status, title = 422, "Not acceptable as it is"

    def __init__(self, faults: tuple[FieldFault, ...], **more: Any) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults), **more)
        self.faults = faults

    def document(self) -> dict[str, Any]:
        """As every problem, with one entry in `errors` for each field."""
        errors = [{"field": f.field, "detail": f.sentence} for f in self.faults]
        return {**super().document(), "errors": errors}


Meaning = Callable[[Exception], ProblemError]


def meaning_of(
    error: Exception, meanings: Iterable[tuple[type[Exception], Meaning]]
) -> ProblemError | None:
    """The problem of the first class in the table that the error belongs to, or None."""
    for kind, meaning in meanings:
        if isinstance(error, kind):
            return meaning(error)
    return None


def _dashed(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")
