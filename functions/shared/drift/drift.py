"""Something on an account that nobody put there through us (policy P07): a post that is not ours,
or another name, handle, picture or words about it than we know to be right.

What is gone or was rewritten of our own posts is an exception (`shared.posts.exception_found`).
Each drift is found once, told at once, taken on by somebody, and closed by who says how it came
about. What an account shows at the first look is taken for right, and the web team confirms it.

The words themselves are a stranger's, perhaps a thief's. They are sealed in the leaf that records
the drift, so that they can be erased; nothing here holds a word of them.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.drift.errors import InvalidDriftError
from shared.posts.errors import UnlawfulStepError
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName


class Kind(StrEnum):
    """What is otherwise; `first` is what an account showed when it was first looked at."""

    FIRST = "first"
    POST = "post"
    ACCOUNT = "account"
    HANDLE = "handle"
    NAME = "name"
    ABOUT = "about"
    PICTURE = "picture"


class Cause(StrEnum):
    """How it came about, as somebody says who closes it."""

    OURS = "ours"
    STRANGER = "stranger"
    PLATFORM = "platform"
    MISTAKEN = "mistaken"


class DriftState(StrEnum):
    """How far somebody is with it."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


ACCEPTED = frozenset({Cause.OURS, Cause.PLATFORM})
"""What stands there is right from then on; after any other cause it has to be put right."""

NO_WHY = "Say what you found out; it is kept with your name."
NO_WHO = "Say who of ours did it, as you would say it to professional standards."


@dataclass(frozen=True)
class Acknowledged:
    """Who looks after it, and since when."""

    by: PersonId
    at: datetime


@dataclass(frozen=True)
class Finding:
    """What somebody found out: `who` of ours did it, where it was one of ours, and why."""

    cause: Cause
    why: str
    who: str = ""


@dataclass(frozen=True)
class Closing:
    """A finding, by whom (a person, or the clock) and when."""

    finding: Finding
    by: PersonId | str
    at: datetime


@dataclass(frozen=True)
class Drift:
    """One drift: `mark` tells it from others of the account there without showing what stands
    there; `leaf` is where its words are sealed; `said_at` is when a post says that it was made,
    `place` what its address is looked up by; `ended_at` is when it was seen to stand there no more.
    Moments are aware."""

    drift_id: str
    account: AccountId
    platform: PlatformName
    kind: Kind
    mark: str
    leaf: LeafId
    found_at: datetime
    said_at: datetime | None = None
    place: str = ""
    acknowledged: Acknowledged | None = None
    ended_at: datetime | None = None
    closed: Closing | None = None

    @property
    def state(self) -> DriftState:
        """How far somebody is with it."""
        if self.closed:
            return DriftState.CLOSED
        return DriftState.ACKNOWLEDGED if self.acknowledged else DriftState.OPEN

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to say how it came about."""
        return self.closed is None

    @property
    def is_alarm(self) -> bool:
        """Whether people are told at once; the first look only waits for the web team."""
        return self.kind is not Kind.FIRST

    @property
    def is_accepted(self) -> bool:
        """Whether what stood there counts as right."""
        return self.closed is not None and self.closed.finding.cause in ACCEPTED


def mark_of(kind: Kind, value: str) -> str:
    """What tells a drift from others of its account there: the same value has the same mark."""
    return f"{kind.value}-{hashlib.sha256(value.encode()).hexdigest()[:16]}"


def drift_name(account: AccountId, platform: PlatformName, mark: str, found_at: datetime) -> str:
    """What a drift is called; whoever finds it in the same second calls it the same."""
    return f"{account}-{platform}-{mark}-{found_at:%Y%m%dT%H%M%S}"


def acknowledge(drift: Drift, by: PersonId, at: datetime) -> Drift:
    """The drift with somebody who looks after it; UnlawfulStepError where somebody does already."""
    if drift.state is not DriftState.OPEN:
        raise UnlawfulStepError(drift.state.value, DriftState.ACKNOWLEDGED.value, "A drift")
    return replace(drift, acknowledged=Acknowledged(by, at))


def close(drift: Drift, finding: Finding, by: PersonId | str, at: datetime) -> Drift:
    """The drift as it is closed, once; InvalidDriftError, UnlawfulStepError."""
    if not drift.is_open:
        raise UnlawfulStepError(drift.state.value, DriftState.CLOSED.value, "A drift")
    return replace(drift, closed=Closing(_checked(drift, finding), by, at))


def end(drift: Drift, at: datetime) -> Drift:
    """The drift once it was seen to stand there no more; the first such look counts."""
    return drift if drift.ended_at else replace(drift, ended_at=at)


def _checked(drift: Drift, finding: Finding) -> Finding:
    why, who = finding.why.strip(), finding.who.strip()
    if not why:
        raise InvalidDriftError("why", NO_WHY)
    if finding.cause is not Cause.OURS or not drift.is_alarm:
        return Finding(finding.cause, why)
    if not who:
        raise InvalidDriftError("who", NO_WHO)
    return Finding(finding.cause, why, who)
