"""That somebody agreed to be shown in pictures (policy.md M01 to M05, N30).

As little as can be is kept: where the signed form lies, and never who signed it. Whoever obtained
it records it, somebody else of the rank of inspector or above countersigns it, communications get a
copy, and after three years it is disposed of. A member of staff agrees for themselves, signed in,
and nobody countersigns that. Consent can be taken back at any time; from that moment no post with
those pictures is sent.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.posts.names import ConsentId, PersonId, PictureId

YEARS = 3
MOST_PICTURES = 90
"""Pictures of one consent: all of them are stopped in one transaction."""

LONGEST_REFERENCE = 60
LONGEST_PURPOSE = 300

INSPECTORS = frozenset(
    {
        *("inspector", "insp", "di", "chief inspector", "chief insp", "ch insp", "ci", "dci"),
        *("superintendent", "supt", "dsu", "chief superintendent", "chief supt", "ch supt", "dcs"),
        *("assistant chief constable", "acc", "deputy chief constable", "dcc"),
        *("commander", "chief constable", "cc"),
    }
)
"""Ranks from inspector upwards, as they are written out and for short."""

_PREFIX = re.compile(r"^(?:detective|temporary|acting|det|tmp|temp|d|t|a)\b\s*")
_BETWEEN = re.compile(r"[\s./-]+")


class ConsentKind(StrEnum):
    """A signed form of somebody from the public, or a member of staff for themselves."""

    FORM = "form"
    STAFF = "staff"


class ConsentState(StrEnum):
    """Only a good one lets a picture be used."""

    WAITING = "waiting"
    GOOD = "good"
    WITHDRAWN = "withdrawn"
    OVER = "over"


@dataclass(frozen=True)
class Withdrawal:
    """That consent was taken back: who wrote it down, when, and what was said."""

    by: PersonId
    at: datetime
    why: str


@dataclass(frozen=True)
class Consent:
    """One consent. `reference` says where the form lies, `purpose` what the pictures are for;
    `guardian` that a parent or guardian signed; `pictures` are those it was given for.
    """

    consent_id: ConsentId
    kind: ConsentKind
    purpose: str
    given_on: date
    obtained_by: PersonId
    recorded_at: datetime
    reference: str = ""
    guardian: bool = False
    countersigned_by: PersonId | None = None
    countersigned_at: datetime | None = None
    withdrawal: Withdrawal | None = None
    pictures: frozenset[PictureId] = frozenset()

    @property
    def disposed_on(self) -> date:
        """The day on which it is disposed of: three years after it was given."""
        try:
            return self.given_on.replace(year=self.given_on.year + YEARS)
        except ValueError:  # 29 February
            return self.given_on.replace(year=self.given_on.year + YEARS, day=28) + timedelta(1)

    def state(self, today: date) -> ConsentState:
        """How it stands today."""
        if self.withdrawal:
            return ConsentState.WITHDRAWN
        if today >= self.disposed_on:
            return ConsentState.OVER
        if self.kind is ConsentKind.FORM and self.countersigned_at is None:
            return ConsentState.WAITING
        return ConsentState.GOOD


WHY_NOT = {
    ConsentState.WAITING: "a consent is not countersigned yet; ask an inspector",
    ConsentState.WITHDRAWN: "somebody who is shown took their consent back",
    ConsentState.OVER: "a consent is more than three years old; ask for a new one",
}


def staff_consent_id(person_id: PersonId) -> ConsentId:
    """Under which name a member of staff's own consent is kept."""
    return ConsentId(f"staff-{person_id}")


def is_inspector_or_above(rank: str) -> bool:
    """Whether a rank, however it is written, is inspector or above; acting ones count."""
    name = _BETWEEN.sub(" ", rank.casefold()).strip()
    while name not in INSPECTORS and name.replace(" ", "") not in INSPECTORS:
        shorter = _PREFIX.sub("", name, count=1)
        if shorter == name:
            return False
        name = shorter
    return True


def consent_subject(consent_id: ConsentId) -> str:
    """How leaves name a consent."""
    return f"consent:{consent_id}"
