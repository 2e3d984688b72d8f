"""Every error of this room as a problem with a sentence: the one place where they are mapped."""

from urllib.parse import quote

from moderate.disposal_errors import DISPOSAL_MEANINGS
from moderate.doors import NoSuchDoorError
from moderate.erasure_errors import ERASURE_MEANINGS
from moderate.errors import (
    EditRefusedError,
    LinkOverError,
    MayNotDecideError,
    ReasonMissingError,
    SignInNeededError,
    TakenBackError,
)
from moderate.incident_errors import INCIDENT_MEANINGS
from moderate.legal_hold_errors import LEGAL_HOLD_MEANINGS
from moderate.uncertain_errors import UNCERTAIN_MEANINGS
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
from shared.posts.errors import ContentChangedError, UnlawfulStepError
from shared.records import errors as records
from shared.records.approval import ApprovalState

CHANGED = "It is not what you read any more; reload and look again."
NOT_HERE = "There is no such approval. Use the link as it is in your e-mail."
NOT_THERE = {
    "incidents": "There is no such incident. Look for it among all incidents.",
    "holds": "This post is not on hold. Look where it stands on its own page.",
    "uncertain": "Nobody has to look for this. Look where it stands on the post’s own page.",
    "erasures": "There is no such erasure. Look for it among all erasures.",
    "legal_holds": "There is no such legal hold. Look for it among all legal holds.",
    "disposals": "There is no such disposal. Look for it among all disposals.",
    "urgent post": "This post does not wait for a look. Look where it stands on its own page.",
}
AGAIN = "Too busy for a moment. Nothing was decided; send it again."
LOOK = "No answer for a moment. Look again whether it was decided; if not, send it again."


def _own_words(kind: type[ProblemError]) -> Meaning:
    return lambda error: kind(str(error))


def _decided_before(error: Exception) -> ProblemError:
    assert isinstance(error, records.AlreadyDecidedError)  # noqa: S101 - by the table below
    return ConflictError(f"It was decided before, by {error.by} at {error.at:%H:%M} UTC.")


def _closed_before(error: Exception) -> ProblemError:
    assert isinstance(error, records.ApprovalClosedError)  # noqa: S101 - by the table below
    expired = error.state is ApprovalState.EXPIRED
    why = "nobody decided in time" if expired else "it was taken back, or its publication broke"
    return ConflictError(f"There is nothing to decide any more: {why}, and it did not go out.")


def _looked_at_before(error: Exception) -> ProblemError:
    assert isinstance(error, records.LookedAtError)  # noqa: S101 - by the table below
    review = error.review
    return ConflictError(f"It was looked at before, by {review.by} at {review.at:%H:%M} UTC.")


def _edit_refused(error: Exception) -> ProblemError:
    assert isinstance(error, EditRefusedError)  # noqa: S101 - by the table below
    findings = [finding.as_dict() for finding in error.findings]
    return InvalidFieldsError((FieldFault(error.field, str(error)),), findings=findings)


def _not_found(error: Exception) -> ProblemError:
    assert isinstance(error, records.NotFoundError)  # noqa: S101 - by the table below
    return NotFoundError(NOT_THERE.get(error.noun, NOT_HERE))


MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    *INCIDENT_MEANINGS,
    *UNCERTAIN_MEANINGS,
    *ERASURE_MEANINGS,
    *LEGAL_HOLD_MEANINGS,
    *DISPOSAL_MEANINGS,
    (UnknownSessionError, _own_words(NotSignedInError)),
    (records.ExpiredSessionError, _own_words(NotSignedInError)),
    (MayNotDecideError, _own_words(ForbiddenError)),
    (ForgedFormError, _own_words(ForbiddenError)),
    (NotAllowedError, _own_words(ForbiddenError)),
    (LinkOverError, _own_words(ForbiddenError)),
    (records.DeadLinkError, _own_words(ForbiddenError)),
    (SignInNeededError, _own_words(ForbiddenError)),
    (TakenBackError, _own_words(ConflictError)),
    (EditRefusedError, _edit_refused),
    (ReasonMissingError, lambda e: InvalidFieldsError((FieldFault("reason", str(e)),))),
    (records.UnstorableError, lambda e: InvalidFieldsError((FieldFault("reason", str(e)),))),
    (NoSuchDoorError, lambda _: NotFoundError(NOT_HERE)),
    (records.NotFoundError, _not_found),
    (records.AlreadyDecidedError, _decided_before),
    (records.ApprovalClosedError, _closed_before),
    (records.LookedAtError, _looked_at_before),
    (records.AlreadyExistsError, lambda _: ConflictError(CHANGED)),
    (records.ChangedError, lambda _: ConflictError(CHANGED)),
    (ContentChangedError, lambda _: ConflictError(CHANGED)),
    (UnlawfulStepError, lambda _: ConflictError(CHANGED)),
    (records.BusyError, lambda _: UnavailableNowError(AGAIN)),
    (records.UnavailableError, lambda _: UnavailableNowError(LOOK)),
)


def translate(error: Exception) -> ProblemError | None:
    """The problem an error means, or None for what nobody foresaw."""
    return meaning_of(error, MEANINGS)


def page_of(problem: ProblemError, sign_in_url: str) -> str:
    """A problem as a page; who is not signed in is shown the way, and where it knows, back."""
    from shared.pages.render import render  # pages are read in by whoever shows one
    from shared.pages.views import ProblemView, SignInView

    if isinstance(problem, NotSignedInError):
        address = sign_in_address(sign_in_url, problem.more.get("to", ""))
        return render("sign-in", SignInView(address, problem.sentence))
    return render("problem", ProblemView(problem.title, problem.sentence))


def sign_in_address(sign_in_url: str, to: str) -> str:
    """The way to sign in that leads back to one page of ours."""
    return f"{sign_in_url}?to={quote(to, safe='')}" if to else sign_in_url
