"""Somebody says what they think of a post that was drawn, or that what follows was done (G14).

Whose hands it went through is known by their entries in the registry; one human being under two
names is one (P1).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from shared.accounts.registry import SHUT_OUT, Person
from shared.accounts.same_person import is_same_person
from shared.posts.names import PersonId
from shared.records.sample_acts import act_of_follow_up, act_of_judgement
from shared.records.samples import Samples
from shared.samples.errors import OwnPostError, WrongJudgementError
from shared.samples.sample import (
    Done,
    FollowUp,
    Judgement,
    Means,
    Sample,
    Verdict,
    follow_up,
    look_at,
    post_in,
)


@dataclass(frozen=True)
class Wish:
    """What somebody thinks of which post, and why; `means`, `who` and `until` say what follows,
    None where nothing does."""

    number: int
    verdict: Verdict
    reason: str
    means: Means | None = None
    who: PersonId | None = None
    until: date | None = None


def judge_post(
    sample: Sample,
    wish: Wish,
    by: Person,
    known: Collection[Person],
    *,
    samples: Samples,
    now: datetime,
) -> Sample:
    """The sample with this judgement; `known` are the people that it names, as the registry has
    them. ChangedError, and what `look_at` raises."""
    before = post_in(sample, wish.number)
    hands = [each for each in known if each.person_id in before.hands]
    if any(is_same_person(by, hand) for hand in hands):
        raise OwnPostError(wish.number)
    wanted = _wanted(wish, known)
    said = Judgement(wish.verdict, wish.reason.strip(), by.person_id, now, wanted)
    after = look_at(sample, wish.number, said)
    return samples.advance(sample, after, act_of_judgement(sample, before, said))


def end_follow_up(
    sample: Sample, number: int, note: str, by: Person, *, samples: Samples, now: datetime
) -> Sample:
    """The sample with what was done; ChangedError, and what `follow_up` raises."""
    before = post_in(sample, number)
    done = Done(by.person_id, now, note.strip())
    after = follow_up(sample, number, done)
    return samples.advance(sample, after, act_of_follow_up(sample, before, done))


def people_of(sample: Sample, wish: Wish) -> frozenset[PersonId]:
    """Whom judging has to know of."""
    hands = post_in(sample, wish.number).hands
    return hands | {wish.who} if wish.who else hands


def _wanted(wish: Wish, known: Collection[Person]) -> FollowUp | None:
    if wish.means is None:
        if wish.who is not None or wish.until is not None:
            raise WrongJudgementError("means", "Say what is to be done, or leave the rest empty.")
        return None
    able = {each.person_id for each in known if each.status not in SHUT_OUT}
    if wish.who not in able:
        raise WrongJudgementError("who", "Name somebody of the registry who has access.")
    if wish.until is None:
        raise WrongJudgementError("until", "Say until which day it has to be done.")
    return FollowUp(wish.means, wish.who, wish.until)
