"""Every error of this room as a problem with a sentence: the one place where they are mapped."""

from shared.http.problems import (
    BadRequestError,
    Meaning,
    NotFoundError,
    ProblemError,
    TooManyRequestsError,
    UnavailableNowError,
    meaning_of,
)
from shared.mail.errors import MailError
from shared.pages.newsletter_views import NewsletterView
from shared.pages.render import render
from shared.records import errors as records
from subscribe.ask import TooManyError

AGAIN = "That did not work just now. Try again in a moment."
STALE = "This link is too old, or a newer letter was sent. Ask for the newsletter again."


def _saying(kind: type[ProblemError], sentence: str) -> Meaning:
    return lambda _: kind(sentence)


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (TooManyError, lambda error: TooManyRequestsError(str(error))),
    (records.DeadLinkError, _saying(NotFoundError, STALE)),
    (records.BusyError, _saying(UnavailableNowError, AGAIN)),
    (records.UnavailableError, _saying(UnavailableNowError, AGAIN)),
    (MailError, _saying(UnavailableNowError, AGAIN)),
    (UnicodeError, _saying(BadRequestError, AGAIN)),
)


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    return meaning_of(error, MEANINGS)


def page_of(problem: ProblemError) -> str:
    """A problem as a page."""
    return render("newsletter", NewsletterView(problem.title, problem.sentence))
