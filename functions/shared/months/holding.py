"""The way of a legal hold, step by step, and what each step puts on record.

Every step takes the hold as it was and gives it as it is then; nothing is written here.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from shared.months.legal_hold import (
    Cause,
    LegalHold,
    NotWaitingError,
    OwnLegalHoldError,
    Scope,
    State,
    Word,
)
from shared.months.month import Month
from shared.posts.names import LegalHoldId
from shared.recordlog.acts import Happened
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act

ACCOUNT = "account:"


def asked(
    hold_id: LegalHoldId, cause: Cause, reference: str, scope: Scope, word: Word
) -> LegalHold:
    """Somebody asks for a hold; it holds nothing until another person approves it."""
    return LegalHold(hold_id, cause, reference, scope, word)


def release_asked(before: LegalHold, word: Word) -> LegalHold:
    """Somebody asks to end it; NotWaitingError unless it is in force and nobody asked yet."""
    if before.state is not State.APPROVED:
        raise NotWaitingError(before)
    return replace(before, state=State.RELEASE_ASKED, release_asked=word, release_decided=None)


def approved(before: LegalHold, word: Word) -> LegalHold:
    """Another person says yes, to the hold or to its end; OwnLegalHoldError, NotWaitingError."""
    asked_by = _asked(before).by
    if asked_by == word.by:
        raise OwnLegalHoldError
    if before.state is State.ASKED:
        return replace(before, state=State.APPROVED, decided=word)
    return replace(before, state=State.RELEASE_APPROVED, release_decided=word)


def refused(before: LegalHold, word: Word) -> LegalHold:
    """Somebody says no: nothing is held, or it goes on. Whoever asked takes it back so as well."""
    _asked(before)
    if before.state is State.ASKED:
        return replace(before, state=State.REFUSED, decided=word)
    return replace(before, state=State.APPROVED, release_decided=word)


def placed(before: LegalHold, month: Month) -> LegalHold:
    """S3 keeps the whole bag of one more month."""
    return replace(before, placed=before.placed | {month})


def released(before: LegalHold, at: datetime) -> LegalHold:
    """S3 keeps nothing because of it any more; NotWaitingError unless two people said so."""
    if not before.may_be_released:
        raise NotWaitingError(before)
    return replace(before, state=State.RELEASED, placed=frozenset(), released_at=at)


def hold_act(
    hold: LegalHold,
    happened: Happened,
    at: datetime,
    more: Mapping[str, JSON] | None = None,
) -> Act:
    """What happened to a hold. Who asked and who approved that step stand in the envelope; why and
    the reference in the payload, which is not sealed: nobody is to be named there."""
    asks, decides = _people(hold, happened)
    scope, subject = hold.scope, hold.scope.subject
    payload: dict[str, JSON] = {
        "from": str(scope.first) if scope.first else None,
        "held": subject,
        "hold_id": hold.hold_id,
        "reference": hold.reference,
        "to": str(scope.last) if scope.last else None,
        "why": (decides or asks).why or asks.why,
        **(more or {}),
    }
    return Act(
        type=happened.value,
        account=_account(subject),
        subject=f"hold:{hold.hold_id}",
        at=at,
        actor=asks.by,
        approver=decides.by if decides else None,
        reason=hold.cause.value,
        payload=payload,
    )


def _asked(hold: LegalHold) -> Word:
    """Who asked for what waits for a decision; NotWaitingError."""
    if hold.state is State.ASKED:
        return hold.asked
    if hold.state is State.RELEASE_ASKED and hold.release_asked:
        return hold.release_asked
    raise NotWaitingError(hold)


def _account(subject: str | None) -> str | None:
    if subject is None or not subject.startswith(ACCOUNT):
        return None
    return subject.removeprefix(ACCOUNT)


ENDING = frozenset(
    {
        Happened.HOLD_RELEASE_ASKED,
        Happened.HOLD_RELEASE_REFUSED,
        Happened.HOLD_RELEASE_APPROVED,
        Happened.HOLD_RELEASED,
    }
)


def _people(hold: LegalHold, happened: Happened) -> tuple[Word, Word | None]:
    if happened in ENDING and hold.release_asked:
        return hold.release_asked, hold.release_decided
    return hold.asked, hold.decided
