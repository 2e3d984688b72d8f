"""People decide about whoever stands out, and sign that they have looked (F04, F05).

Several people may be decided about at once, all the same way; each is a leaf of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.accounts.registry import Account, Person
from shared.followers.errors import NotYourSideError
from shared.followers.review import (
    Decision,
    Part,
    Review,
    Ruling,
    Signature,
    decide,
    person_in,
    sign,
)
from shared.followers.who import parts_of
from shared.records.review_acts import act_of_ruling, act_of_signature
from shared.records.reviews import Reviews, Step

MOST_AT_ONCE = 25
"""People in one decision: their leaves have to fit into one transaction."""


@dataclass(frozen=True)
class Case:
    """A review and the account it is about."""

    review: Review
    account: Account


@dataclass(frozen=True)
class Wish:
    """What somebody wants done about whom, and why."""

    people: Sequence[int]
    decision: Decision
    why: str


def decide_review(case: Case, wish: Wish, by: Person, *, reviews: Reviews, now: datetime) -> Review:
    """The review with these decisions; ChangedError, and what `deciding` raises."""
    step = deciding(case, wish, by, now=now)
    return reviews.advance(step.before, step.after, step.acts)


def deciding(case: Case, wish: Wish, by: Person, *, now: datetime) -> Step:
    """These decisions, before they are on record; NotYourSideError, and what `decide` raises."""
    if not parts_of(by, case.account):
        raise NotYourSideError
    ruling = Ruling(wish.decision, wish.why.strip(), by.person_id, now)
    after, acts = case.review, []
    for number in dict.fromkeys(wish.people):
        before, after = after, decide(after, number, ruling)
        acts.append(act_of_ruling(case.review, person_in(before, number), ruling))
    return Step(case.review, after, acts)


def sign_review(case: Case, part: Part, by: Person, *, reviews: Reviews, now: datetime) -> Review:
    """The review with this side's signature; ChangedError, and what `signing` raises."""
    step = signing(case, part, by, now=now)
    return reviews.advance(step.before, step.after, step.acts)


def signing(case: Case, part: Part, by: Person, *, now: datetime) -> Step:
    """This side's signature, before it is on record; NotYourSideError, and what `sign` raises."""
    if part not in parts_of(by, case.account):
        raise NotYourSideError
    after = sign(case.review, part, Signature(by.person_id, now))
    return Step(case.review, after, [act_of_signature(after, part)])
