"""What of the registry is due: training to be refreshed, accounts to be looked at again, two-step
verification that nobody has seen for a year (policy.md F10, B20, A24).

Each sum says what is due by a day, and since which record: whoever is told of it once is told again
only when that record is another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shared.accounts.registry import Account, AccountStatus, Person, PersonStatus
from shared.accounts.rights import WRITERS
from shared.accounts.training import REFRESH_AFTER, Topic
from shared.posts.names import PlatformName

AHEAD = timedelta(days=14)
"""So long before its day something is due: enough to find somebody who sees to it."""

SEEN_FOR = timedelta(days=365)
"""So long one look at two-step verification lasts, where the force sets nothing else."""

NO_VOICE = frozenset({AccountStatus.REQUESTED, AccountStatus.APPROVED, AccountStatus.CLOSED})


@dataclass(frozen=True)
class TrainingDue:
    """Topics that somebody was taught on the same day (None: never), too long ago by now."""

    person: Person
    topics: tuple[Topic, ...]
    taught_on: date | None


@dataclass(frozen=True)
class TwoStepDue:
    """A name of an account of which two-step verification was seen last then (None: never)."""

    account: Account
    platform: PlatformName
    seen_on: date | None


def training_due(people: Iterable[Person], today: date) -> Iterator[TrainingDue]:
    """What everybody who posts and is there has to be taught again; of each the longest first."""
    for person in people:
        if person.status is not PersonStatus.ACTIVE or person.role not in WRITERS:
            continue
        days = {each.topic: each.on for each in person.training}
        late = [t for t in Topic if t not in days or days[t] + REFRESH_AFTER - AHEAD <= today]
        for on in sorted({days.get(topic) for topic in late}, key=lambda day: day or date.min):
            yield TrainingDue(person, tuple(t for t in late if days.get(t) == on), on)


def reviews_due(accounts: Iterable[Account], today: date) -> Iterator[Account]:
    """Accounts that somebody has to look at again soon."""
    for account in accounts:
        again = account.review_date
        if account.status not in NO_VOICE and again and again - AHEAD <= today:
            yield account


def two_step_due(accounts: Iterable[Account], today: date) -> Iterator[TwoStepDue]:
    """Names of accounts that speak where nobody has seen two-step verification for a year."""
    for account in accounts:
        seen = {each.platform: each.on for each in account.two_step}
        for handle in account.handles if account.status not in NO_VOICE else ():
            on = seen.get(handle.platform)
            if on is None or on + SEEN_FOR <= today:
                yield TwoStepDue(account, handle.platform, on)
