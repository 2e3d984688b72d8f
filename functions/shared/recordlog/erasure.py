"""Erasing sealed text: one person asks, another approves, and only then is the key destroyed.

ErasureError
├── OwnErasureError       whoever asked does not approve it
├── DecidedBeforeError    it was approved or refused before
├── NothingSealedError    the record holds no sealed text, or none any more
├── AskedBeforeError      somebody asked before; carries which erasure
└── OnHoldError           a legal hold keeps the record; carries which
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.posts.names import ErasureId, LeafId, LegalHoldId, PersonId
from shared.recordlog.acts import Happened
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act


class ErasureError(Exception):
    """Root of what keeps text from being erased."""


class OwnErasureError(ErasureError):
    """Whoever asked does not approve it."""

    def __init__(self) -> None:
        super().__init__("You asked for this erasure; somebody else has to approve it.")


class DecidedBeforeError(ErasureError):
    """It was approved or refused before."""

    def __init__(self, erasure: "Erasure") -> None:
        super().__init__(f"It was {WORDS[erasure.state]} before, by {erasure.decided_by}.")
        self.erasure = erasure


class NothingSealedError(ErasureError):
    """The record holds no sealed text, or none any more."""

    def __init__(self) -> None:
        super().__init__(
            "This record holds no text of other people that could be erased. "
            "What we said ourselves stays on record."
        )


class AskedBeforeError(ErasureError):
    """Somebody asked before."""

    def __init__(self, erasure_id: ErasureId) -> None:
        super().__init__("Somebody asked for that before. Look at the erasure that stands.")
        self.erasure_id = erasure_id


class OnHoldError(ErasureError):
    """A legal hold keeps the record."""

    def __init__(self, hold_id: LegalHoldId) -> None:
        super().__init__(
            f"A legal hold keeps this record ({hold_id}). Nothing in it is erased before two "
            "people have ended that hold."
        )
        self.hold_id = hold_id


class Basis(StrEnum):
    """Why text has to go: the grounds of article 17(1) of the UK GDPR."""

    NOT_NEEDED = "not_needed"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OBJECTION = "objection"
    UNLAWFUL = "unlawful"
    LEGAL_OBLIGATION = "legal_obligation"


class State(StrEnum):
    """How an erasure stands; only `done` means that the key is gone."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    DONE = "done"


WORDS: Mapping[State, str] = {
    State.ASKED: "asked for",
    State.APPROVED: "approved",
    State.REFUSED: "refused",
    State.DONE: "approved and carried out",
}


@dataclass(frozen=True)
class Erasure:
    """That the sealed text of one leaf shall go: who asked and why, who decided, when it went."""

    erasure_id: ErasureId
    leaf_id: LeafId
    basis: Basis
    why: str
    asked_by: PersonId
    asked_at: datetime
    state: State = State.ASKED
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    decided_why: str = ""
    done_at: datetime | None = None

    @property
    def may_be_carried_out(self) -> bool:
        """Whether two people stand behind it; asked again before the key is destroyed."""
        second = self.decided_by is not None and self.decided_by != self.asked_by
        return self.state is State.APPROVED and second


def decided(before: Erasure, by: PersonId, now: datetime, *, refused_for: str = "") -> Erasure:
    """Approved, or refused with a reason, by somebody else than asked; OwnErasureError."""
    if before.state is not State.ASKED:
        raise DecidedBeforeError(before)
    if by == before.asked_by and not refused_for:
        raise OwnErasureError
    state = State.REFUSED if refused_for else State.APPROVED
    return replace(before, state=state, decided_by=by, decided_at=now, decided_why=refused_for)


def carried_out(before: Erasure, now: datetime) -> Erasure:
    """The key is gone."""
    if not before.may_be_carried_out:
        raise DecidedBeforeError(before)
    return replace(before, state=State.DONE, done_at=now)


HAPPENED: Mapping[State, Happened] = {
    State.ASKED: Happened.ERASURE_ASKED,
    State.APPROVED: Happened.ERASURE_APPROVED,
    State.REFUSED: Happened.ERASURE_REFUSED,
    State.DONE: Happened.ERASED,
}


def erasure_act(erasure: Erasure, at: datetime) -> Act:
    """The act that brought it where it stands; it names the leaf and never the text."""
    payload: dict[str, JSON] = {
        "decided_why": erasure.decided_why,
        "erasure_id": erasure.erasure_id,
        "why": erasure.why,
    }
    return Act(
        type=HAPPENED[erasure.state].value,
        account=None,
        subject=f"leaf:{erasure.leaf_id}",
        at=at,
        actor=erasure.asked_by,
        approver=erasure.decided_by,
        reason=erasure.basis.value,
        payload=payload,
    )
