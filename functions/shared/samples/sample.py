"""A sample: the posts that were drawn of one account and month, and what was said of each (G14).

Somebody of communications or professional standards looks at each, once: fine, minor or serious,
with a reason. Nobody looks at what they wrote, changed or approved. What is to be done about it has
somebody who does it and a day; that it was done is on record as well.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.posts.localtime import local
from shared.posts.names import AccountId, PersonId, PostId
from shared.samples.draw import name_of
from shared.samples.errors import (
    LookedAtError,
    NoFollowUpError,
    NoSuchPostError,
    OwnPostError,
    WrongJudgementError,
)

HEARD = timedelta(hours=26)
"""Within it lies a morning, whatever the clocks do, and professional standards hear of what is
serious before it is called done (G15)."""

TOO_SOON = (
    "Professional standards hear of it tomorrow morning, for it is serious. Say after that that it "
    "was done."
)


class Verdict(StrEnum):
    """What somebody thought of a post."""

    FINE = "fine"
    MINOR = "minor"
    SERIOUS = "serious"


class Means(StrEnum):
    """What is to be done. None of it is done here: the pages lead to where it is."""

    TRAINING = "training"
    CORRECTION = "correction"
    TAKEDOWN = "takedown"


@dataclass(frozen=True)
class Done:
    """That it was done: who says so, when, and what was done."""

    by: PersonId
    at: datetime
    note: str


@dataclass(frozen=True)
class FollowUp:
    """What is to be done about a post, by whom, until when; `done` once somebody says so."""

    means: Means
    who: PersonId
    until: date
    done: Done | None = None


@dataclass(frozen=True)
class Judgement:
    """What somebody said of a post, when, why, and what is to be done about it."""

    verdict: Verdict
    reason: str
    by: PersonId
    at: datetime
    follow_up: FollowUp | None = None


@dataclass(frozen=True)
class Drawn:
    """A post that was drawn: a number within the sample from 1, which version it is, and whose
    `hands` it went through: who wrote, changed, approved or looked through it."""

    number: int
    post_id: PostId
    version: int
    hands: frozenset[PersonId]
    judgement: Judgement | None = None

    @property
    def name(self) -> str:
        """As the lot calls it."""
        return name_of(self.post_id, self.version)

    @property
    def open(self) -> FollowUp | None:
        """What is still to be done about it."""
        follow_up = self.judgement and self.judgement.follow_up
        return follow_up if follow_up and follow_up.done is None else None


@dataclass(frozen=True)
class Sample:
    """Of one account and month (such as 2026-10): how many posts were `published`, by which `rule`
    some were drawn, and which."""

    account: AccountId
    month: str
    drawn_at: datetime
    published: int
    rule: str
    posts: tuple[Drawn, ...]

    @property
    def sample_id(self) -> str:
        """What it is called; the month comes first, so that ids sort by time."""
        return sample_name(self.account, self.month)

    @property
    def unseen(self) -> tuple[Drawn, ...]:
        """Those that nobody has looked at."""
        return tuple(each for each in self.posts if each.judgement is None)

    @property
    def to_do(self) -> tuple[Drawn, ...]:
        """Those about which something is still to be done."""
        return tuple(each for each in self.posts if each.open)

    @property
    def is_over(self) -> bool:
        """Whether nobody has to do anything about it any more."""
        return not self.unseen and not self.to_do


def sample_name(account: AccountId, month: str) -> str:
    """What the sample of an account in a month is called."""
    return f"{month}-{account}"


def post_in(sample: Sample, number: int) -> Drawn:
    """The post with this number, or NoSuchPostError."""
    found = next((each for each in sample.posts if each.number == number), None)
    if found is None:
        raise NoSuchPostError(number)
    return found


def look_at(sample: Sample, number: int, judgement: Judgement) -> Sample:
    """With what somebody said of a post; NoSuchPostError, LookedAtError, OwnPostError,
    WrongJudgementError."""
    before = post_in(sample, number)
    if before.judgement is not None:
        raise LookedAtError(number, before.judgement.by)
    if judgement.by in before.hands:
        raise OwnPostError(number)
    _check(judgement)
    return _with(sample, replace(before, judgement=judgement))


def follow_up(sample: Sample, number: int, done: Done) -> Sample:
    """With what was done about a post; NoSuchPostError, NoFollowUpError, WrongJudgementError."""
    before = post_in(sample, number)
    if before.judgement is None or before.open is None:
        raise NoFollowUpError(number)
    if not done.note.strip():
        raise WrongJudgementError("note", "Say what was done. Name nobody: it stays on record.")
    heard = before.judgement.at + HEARD
    if before.judgement.verdict is Verdict.SERIOUS and done.at < heard:
        raise WrongJudgementError("note", TOO_SOON)
    after = replace(before.judgement, follow_up=replace(before.open, done=done))
    return _with(sample, replace(before, judgement=after))


def _check(judgement: Judgement) -> None:
    wanted = judgement.follow_up
    if judgement.verdict is Verdict.FINE:
        if wanted is not None:
            raise WrongJudgementError("means", "Nothing is to be done about a post that is fine.")
        return
    if not judgement.reason.strip():
        raise WrongJudgementError("reason", "Say what is wrong with it, and against which rule.")
    if judgement.verdict is Verdict.SERIOUS and wanted is None:
        raise WrongJudgementError("means", "Say what is to be done; it is serious.")
    if wanted is not None and wanted.until < local(judgement.at).date():
        raise WrongJudgementError("until", "Choose a day that is still to come.")


def _with(sample: Sample, after: Drawn) -> Sample:
    posts = tuple(after if each.number == after.number else each for each in sample.posts)
    return replace(sample, posts=posts)
