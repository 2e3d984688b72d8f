"""Who keeps the keys of an account on a platform, since when, and until when (P01–P04, P11).

The secret itself is nowhere here: custody is what may be known of it. Whoever typed it knew it; if
they lose access, it is changed at once, however young it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.accounts.registry import SHUT_OUT, Person
from shared.posts.names import AccountId, PersonId, PlatformName

ROTATE_AFTER = timedelta(days=90)
REMIND_BEFORE = timedelta(days=14)
LINKEDIN = PlatformName("linkedin")
LINKEDIN_REFRESHED, LINKEDIN_PLAIN = timedelta(days=365), timedelta(days=60)
"""LinkedIn: refresh tokens last a year, access tokens sixty days, and neither is made longer by
using it (learn.microsoft.com, Refresh Tokens with OAuth 2.0, read 2026-11-21)."""

CHECK_EVERY = timedelta(hours=24)
"""A sign-in a day tells of a changed password before a post does."""

CHECK_BEFORE_DUE = timedelta(hours=2)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 4000
"""A refresh token of Entra ID is some 1,500 characters long."""


class Check(StrEnum):
    """What the last sign-in with it came to."""

    UNTRIED = "untried"
    GOOD = "good"
    REFUSED = "refused"
    MISSING = "missing"
    NO_ANSWER = "no_answer"


class Use(StrEnum):
    """What keys are for: one set publishes, another only reads, each in a room of its own (P7)."""

    PUBLISH = "publish"
    READ = "read"


READ_ONLY = frozenset(map(PlatformName, ("mastodon", "x", "facebook")))
"""Where keys can be made that read and cannot write: a token with the scope `read`; an application
without `tweet.write`; a Page token with reading permissions alone. An app password of Bluesky can
always write, and what LinkedIn and Viva Engage ask for to read may write too."""


class Attention(StrEnum):
    """Why somebody has to see to it; the gravest first."""

    UNFINISHED = "unfinished"
    KNOWN_BY_LEAVER = "known_by_leaver"
    NOT_GOOD = "not_good"
    OVERDUE = "overdue"
    ENDING = "ending"
    DUE_SOON = "due_soon"


URGENT = frozenset(Attention) - {Attention.DUE_SOON}


@dataclass(frozen=True)
class Custody:
    """One target's keys. `set_at` None: being set for the first time, or set and not confirmed;
    `known_by` is everybody who typed what may be in force now; `forced_at` when it had to be
    changed because one of them lost access.
    """

    account_id: AccountId
    platform: PlatformName
    known_by: frozenset[PersonId]
    set_by: PersonId
    due: date
    set_at: datetime | None = None
    begun_at: datetime | None = None
    forced_at: datetime | None = None
    check: Check = Check.UNTRIED
    checked_at: datetime | None = None
    use: Use = Use.PUBLISH
    ends_at: datetime | None = None
    """When the platform will refuse them, as far as anybody knows: it told us, whoever set them
    typed it, or the platform's own rules say so."""

    @property
    def place(self) -> str:
        """Which keys of the account: the platform's name, and what they are for if only to read."""
        return self.platform if self.use is Use.PUBLISH else f"{self.platform}/{self.use.value}"

    @property
    def target(self) -> str:
        """How it is named."""
        return f"{self.account_id}/{self.place}"

    @property
    def told(self) -> str:
        """How people are told of it."""
        return self.platform if self.use is Use.PUBLISH else f"{self.platform}, which only reads"


def attention(custody: Custody, people: Mapping[PersonId, Person], today: date) -> Attention | None:
    """Why it needs somebody, None if it does not."""
    if custody.begun_at:
        return Attention.UNFINISHED
    if custody.forced_at or known_outside(custody, people):
        return Attention.KNOWN_BY_LEAVER
    if custody.check in {Check.REFUSED, Check.MISSING}:
        return Attention.NOT_GOOD
    if today >= custody.due:
        return Attention.OVERDUE
    if custody.ends_at and today >= (custody.ends_at - REMIND_BEFORE).date():
        return Attention.ENDING
    return Attention.DUE_SOON if today >= custody.due - REMIND_BEFORE else None


def ends_by_rule(
    platform: PlatformName, set_at: datetime, *, is_application: bool
) -> datetime | None:
    """When keys of this kind end by the platform's own rules, None where it has none that we know:
    tokens of X and of Entra ID are renewed by every use, and a Page's long-lived one does not end.
    """
    if platform != LINKEDIN:
        return None
    return set_at + (LINKEDIN_REFRESHED if is_application else LINKEDIN_PLAIN)


def known_outside(custody: Custody, people: Mapping[PersonId, Person]) -> bool:
    """Whether somebody who knew it has no access, or had none at some time since they typed it."""
    return any(_lost_access(people.get(who), custody.set_at) for who in custody.known_by)


def check_due(custody: Custody, now: datetime, *, speaks_soon: bool) -> bool:
    """Whether it is time to sign in with it: once a day, and once more before a post is due."""
    if custody.set_at is None or custody.begun_at:
        return False
    every = CHECK_BEFORE_DUE / 2 if speaks_soon else CHECK_EVERY
    return custody.checked_at is None or now >= custody.checked_at + every


def weakness(password: str, identifier: str) -> str | None:
    """What is wrong with a password as such, in a sentence that never repeats it."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return f"Use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD:,} characters."
    if not password.isprintable() or password != password.strip():
        return "Take spaces at the ends, and characters nobody can see, out of it."
    if len(set(password)) < SHORTEST_PASSWORD // 2 or password.casefold() == identifier.casefold():
        return "This is too easy to guess; let a password manager make one."
    return None


def _lost_access(person: Person | None, since: datetime | None) -> bool:
    if person is None or person.status in SHUT_OUT:
        return True
    lost = [change.at for change in person.history if change.status in SHUT_OUT]
    return since is not None and any(at >= since for at in lost)
