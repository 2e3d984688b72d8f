"""A review of who follows one account and whom it follows, in one month (F05): its life.

    reading → open → signed

The lists are read by the clock; then the account's side and the communications team look at whoever
stands out, decide about each, and both sign. They are two people. A decision that changes after one
side has signed takes that signature back: it was given for another decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from shared.followers.errors import (
    NoSuchPersonError,
    NotOpenError,
    SamePersonError,
    SignedBeforeError,
    UndecidedError,
    WrongRulingError,
)
from shared.followers.flags import Flag
from shared.followers.someone import Side, Someone
from shared.posts.names import AccountId, PersonId, PlatformName

MOST_FLAGGED = 200
"""People in one review: more than that nobody looks at with care. The rest is counted."""


class ReviewState(StrEnum):
    """How far it is."""

    READING = "reading"
    OPEN = "open"
    SIGNED = "signed"


class Decision(StrEnum):
    """What is to be done about somebody. None of it is done here: the pages lead to where it is."""

    KEEP = "keep"
    BLOCK = "block"
    REPORT = "report"
    UNFOLLOW = "unfollow"


class Part(StrEnum):
    """Whose signature it is."""

    OWNER = "owner"
    COMMS = "comms"


@dataclass(frozen=True)
class Place:
    """One list: which way it goes, on which platform."""

    platform: PlatformName
    side: Side

    @property
    def name(self) -> str:
        """How it is spelled."""
        return f"{self.platform}/{self.side.value}"


@dataclass(frozen=True)
class Seen:
    """What became of one list: `count` people, how many of them `new` and how many `gone` since it
    was read last (None: nobody read it before); or `fault`, why it was not read, and then the
    counts are those of the last time, `good_at`."""

    place: Place
    at: datetime
    count: int | None = None
    new: int | None = None
    gone: int | None = None
    fault: str = ""
    good_at: datetime | None = None


@dataclass(frozen=True)
class Ruling:
    """What somebody decided about somebody else, when, and why."""

    decision: Decision
    why: str
    by: PersonId
    at: datetime


@dataclass(frozen=True)
class Flagged:
    """Somebody who stands out: a number within the review, where, who (None once both sides have
    signed: nobody keeps it), what stands out, and what was decided."""

    number: int
    place: Place
    someone: Someone | None
    flags: tuple[Flag, ...]
    ruling: Ruling | None = None


@dataclass(frozen=True)
class Signature:
    """One side's word that it has looked, and who gave it."""

    by: PersonId
    at: datetime


@dataclass(frozen=True)
class Review:
    """One account's, of one month (such as 2026-11): the lists, whoever stands out, `more` of them
    that found no room, and who signed."""

    account: AccountId
    month: str
    begun_at: datetime
    state: ReviewState = ReviewState.READING
    seen: tuple[Seen, ...] = ()
    flagged: tuple[Flagged, ...] = ()
    more: int = 0
    signed: Mapping[Part, Signature] = field(default_factory=dict)
    ready_at: datetime | None = None

    @property
    def review_id(self) -> str:
        """What it is called; the month comes first, so that ids sort by time."""
        return review_name(self.account, self.month)

    @property
    def undecided(self) -> tuple[Flagged, ...]:
        """Those about whom nobody has decided."""
        return tuple(each for each in self.flagged if each.ruling is None)

    @property
    def missing(self) -> tuple[Part, ...]:
        """The sides that have not signed."""
        return tuple(part for part in Part if part not in self.signed)


def review_name(account: AccountId, month: str) -> str:
    """What the review of an account in a month is called."""
    return f"{month}-{account}"


def with_list(review: Review, seen: Seen, found: tuple[Flagged, ...], more: int) -> Review:
    """With one more list that was read, or could not be; NotOpenError once all have been."""
    if review.state is not ReviewState.READING:
        raise NotOpenError(review.state.value)
    room = max(0, MOST_FLAGGED - len(review.flagged))
    first = len(review.flagged) + 1
    numbered = tuple(replace(each, number=first + at) for at, each in enumerate(found[:room]))
    return replace(
        review,
        seen=(*(each for each in review.seen if each.place != seen.place), seen),
        flagged=(*review.flagged, *numbered),
        more=review.more + more + len(found[room:]),
    )


def ready(review: Review, at: datetime) -> Review:
    """Nothing is left to read; people can look."""
    if review.state is not ReviewState.READING:
        raise NotOpenError(review.state.value)
    return replace(review, state=ReviewState.OPEN, ready_at=at)


def decide(review: Review, number: int, ruling: Ruling) -> Review:
    """With a decision about somebody; NotOpenError, NoSuchPersonError, WrongRulingError."""
    if review.state is not ReviewState.OPEN:
        raise NotOpenError(review.state.value)
    before = person_in(review, number)
    if ruling.decision is Decision.UNFOLLOW and before.place.side is not Side.FOLLOWED:
        raise WrongRulingError("decision", "The account does not follow them. Choose another.")
    if ruling.decision is not Decision.KEEP and not ruling.why.strip():
        raise WrongRulingError("why", "Say why. Name nobody: this sentence stays on record.")
    after = replace(before, ruling=ruling)
    flagged = tuple(after if each is before else each for each in review.flagged)
    return replace(review, flagged=flagged, signed={})


def person_in(review: Review, number: int) -> Flagged:
    """Whoever has this number, or NoSuchPersonError."""
    found = next((each for each in review.flagged if each.number == number), None)
    if found is None:
        raise NoSuchPersonError(number)
    return found


def sign(review: Review, part: Part, signature: Signature) -> Review:
    """With one side's signature; the second one ends it, and nobody keeps who stood out.

    NotOpenError, SignedBeforeError, SamePersonError, UndecidedError.
    """
    if review.state is not ReviewState.OPEN:
        raise NotOpenError(review.state.value)
    if part in review.signed:
        raise SignedBeforeError(part.value, review.signed[part].by)
    if any(each.by == signature.by for each in review.signed.values()):
        raise SamePersonError
    if review.undecided:
        raise UndecidedError(len(review.undecided))
    signed = replace(review, signed={**review.signed, part: signature})
    return signed if signed.missing else nameless(replace(signed, state=ReviewState.SIGNED))


def nameless(review: Review) -> Review:
    """The same without who anybody is."""
    flagged = tuple(replace(each, someone=None) for each in review.flagged)
    return replace(review, flagged=flagged)
