"""Legal holds: what a court, a request or an inquiry may still need is kept, whatever its time.

One person asks for a hold and another approves it; ending it needs two people as well. Between the
two every bag of the months it covers is kept by S3's own legal hold, and no text in it is erased.

    asked → approved → release_asked → release_approved → released
      └→ refused       └──(release refused)→ approved

Not to be taken for a post that is held before it goes out (`shared.records.holds`).

LegalHoldError
├── NothingHeldError        it names neither months nor a subject, or months that end before they
│                           begin; carries the field
├── OwnLegalHoldError       whoever asked does not approve it
└── NotWaitingError         it was decided before, or nobody asked; carries how it stands
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shared.months.month import Month
from shared.posts.names import LegalHoldId, PersonId

SUBJECT = re.compile(r"(?:account|person):[a-z0-9][a-z0-9-]{0,63}|post:[0-7][0-9A-HJKMNP-TV-Z]{25}")
"""What a hold can be about, as leaves name it."""


class LegalHoldError(Exception):
    """Root of what keeps a legal hold from being asked for or decided."""


class NothingHeldError(LegalHoldError):
    """It names neither months nor a subject, or months that end before they begin."""

    def __init__(self, why: str, field: str) -> None:
        super().__init__(why)
        self.field = field


class OwnLegalHoldError(LegalHoldError):
    """Whoever asked does not approve it."""

    def __init__(self) -> None:
        super().__init__("You asked for this; somebody else has to approve it.")


class NotWaitingError(LegalHoldError):
    """It was decided before, or nobody asked."""

    def __init__(self, hold: "LegalHold") -> None:
        super().__init__(f"This hold waits for no decision: it is {WORDS[hold.state]}.")
        self.hold = hold


class Cause(StrEnum):
    """What a hold is for."""

    COURT = "court"
    REQUEST = "request"
    COMPLAINT = "complaint"
    INQUIRY = "inquiry"


class State(StrEnum):
    """How a hold stands. It is in force from `approved` until it is `released`."""

    ASKED = "asked"
    REFUSED = "refused"
    APPROVED = "approved"
    RELEASE_ASKED = "release_asked"
    RELEASE_APPROVED = "release_approved"
    RELEASED = "released"


WORDS: Mapping[State, str] = {
    State.ASKED: "asked for",
    State.REFUSED: "refused",
    State.APPROVED: "in force",
    State.RELEASE_ASKED: "in force, and somebody asked to end it",
    State.RELEASE_APPROVED: "about to end",
    State.RELEASED: "over",
}
"""Each ends the sentence “it is …”."""

IN_FORCE = frozenset({State.APPROVED, State.RELEASE_ASKED, State.RELEASE_APPROVED})


@dataclass(frozen=True)
class Scope:
    """What is held: the months from `first` to `last`, both included (None: since ever, and until
    it is released), and of them, as far as text may be erased, only what is about `subject`:
    `account:leek-npt`, `post:<ulid>` or `person:<id>`; None means everything.
    """

    first: Month | None = None
    last: Month | None = None
    subject: str | None = None

    def __post_init__(self) -> None:
        if self.first is None and self.last is None and self.subject is None:
            raise NothingHeldError("Say which months are held, or what is held.", "from")
        if self.first and self.last and self.last < self.first:
            raise NothingHeldError("The last month is before the first.", "to")
        if self.subject is not None and not SUBJECT.fullmatch(self.subject):
            raise NothingHeldError(
                "Write it as account:leek-npt, post: and its number, or person: and their id.",
                "subject",
            )

    def covers(self, month: Month) -> bool:
        """Whether it keeps this month's bag. A bag is kept whole, for one line of it cannot be."""
        begun = self.first is None or self.first <= month
        return begun and (self.last is None or month <= self.last)


@dataclass(frozen=True)
class Word:
    """What one person said about a hold, when (aware UTC), and why, where they had to say."""

    by: PersonId
    at: datetime
    why: str = ""


@dataclass(frozen=True)
class LegalHold:
    """A hold: what for, by which reference, on what; who asked and who decided, for its beginning
    and for its end; and in `placed` the months whose bags S3 keeps because of it.
    """

    hold_id: LegalHoldId
    cause: Cause
    reference: str
    scope: Scope
    asked: Word
    state: State = State.ASKED
    decided: Word | None = None
    release_asked: Word | None = None
    release_decided: Word | None = None
    placed: frozenset[Month] = field(default_factory=frozenset)
    released_at: datetime | None = None

    @property
    def in_force(self) -> bool:
        """Whether two people said that it holds, and it has not been released."""
        second = self.decided is not None and self.decided.by != self.asked.by
        return self.state in IN_FORCE and second

    @property
    def may_be_released(self) -> bool:
        """Whether two people said that it ends; asked again before anything is let go."""
        asked, decided = self.release_asked, self.release_decided
        second = asked is not None and decided is not None and asked.by != decided.by
        return self.state is State.RELEASE_APPROVED and second

    def covers(self, month: Month) -> bool:
        """Whether it is in force and keeps this month's bag."""
        return self.in_force and self.scope.covers(month)
