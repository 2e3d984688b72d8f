"""Who signs the reviews of followers on a day of a year: the sides one after the other, and before
the first of them everybody who stands out may stay.

Reviews that are signed on the same evening go on record together, as mentions do that are answered
together; each is a step of its own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from local.force import COMMS
from local.year.errors import NotAsToldError
from local.year.expected import Alert
from local.year.names import account_of, owner_of, title_of
from local.year.story import Voice
from shared.accounts.registry import Account, Person
from shared.followers.review import Decision, Part, Review, review_name
from shared.posts.names import AccountId, PersonId
from shared.records.reviews import Reviews, Step
from watch.following.decide_review import MOST_AT_ONCE, Case, Wish, deciding, signing

Due = Sequence[tuple[Voice, Part]]
"""Whose review is signed, and for which side; whoever signs first is named first."""


class Signatures:
    """Everybody who signs; `seen` is who stood out, as the reviews showed it to them."""

    def __init__(
        self,
        reviews: Reviews,
        accounts: Mapping[AccountId, Account],
        people: Mapping[PersonId, Person],
        seen: Counter[Alert],
    ) -> None:
        self._reviews = reviews
        self._accounts = accounts
        self._people = people
        self._seen = seen

    def sign(self, due: Due, month: str, now: datetime) -> None:
        """What is due now; NotAsToldError."""
        first = {account_of(voice.number): (voice, part) for voice, part in reversed(due)}
        names = [review_name(account, month) for account in first]
        found = {each.account: each for each in self._reviews.several(names)}
        if len(found) < len(first):
            raise NotAsToldError(f"{len(first) - len(found)} reviews of {month} were not begun.")
        for account, review in found.items():
            if review.undecided:
                alert = Alert("stands out", title_of(first[account][0].number), month)
                self._seen[alert] += len(review.flagged) + review.more
        while left := [review for review in found.values() if review.undecided]:
            self._advance(found, [self._keep(each, *first[each.account], now) for each in left])
        for side in Part:
            theirs = [(voice, part) for voice, part in due if part is side]
            steps = [
                signing(self._case(found[account_of(v.number)]), part, self._who(v, part), now=now)
                for v, part in theirs
            ]
            self._advance(found, steps)

    def _keep(self, review: Review, voice: Voice, part: Part, now: datetime) -> Step:
        """As many as can be decided about at once may stay."""
        numbers = [each.number for each in review.undecided[:MOST_AT_ONCE]]
        wish = Wish(numbers, Decision.KEEP, "")
        return deciding(self._case(review), wish, self._who(voice, part), now=now)

    def _advance(self, found: dict[AccountId, Review], steps: Sequence[Step]) -> None:
        if failed := list(filter(None, self._reviews.advance_each(steps))):
            raise NotAsToldError(f"{len(failed)} reviews could not be changed: {failed[0]}")
        found |= {step.after.account: step.after for step in steps}

    def _case(self, review: Review) -> Case:
        return Case(review, self._accounts[review.account])

    def _who(self, voice: Voice, part: Part) -> Person:
        return COMMS if part is Part.COMMS else self._people[owner_of(voice.number)]
