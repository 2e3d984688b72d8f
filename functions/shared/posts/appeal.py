"""Appeals of ours: wanted, missing, witnesses. Each has an owner, a last day, and an end.

An appeal that nobody ends is shared for months after everybody is home (policy T07). So each post
that begins one opens an entry beside it, called as the post is. When it is found or over, one act
says so under every post of ours that shared it; what of it still stands elsewhere is listed, and
somebody says of each copy what became of it. Only then is it closed.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from shared.posts.content import Draft, whole_text
from shared.posts.errors import InvalidDraftError
from shared.posts.localtime import LONDON, day_text, local
from shared.posts.names import AccountId, PersonId, PostId

LONGEST = timedelta(days=366)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNTIL = re.compile(
    r"\b(?:until|till|closes on|ends on|by) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? "
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?:,? (\d{4})\b)?",
    re.IGNORECASE | re.ASCII,
)
MOST_COPIES, MOST_ADDED = 100, 20

PAST = "Choose a day that is still to come, at most a year away."
SAME_DAY = "It ends on that day already. Choose another one."
NO_WHY = "Say why: it is kept with your name."
NO_WORDS = "Write what the public is told: that it is over, and thanks."
TOO_MANY = "That is as much as one appeal holds. Tell communications."
LISTED = "It is listed already."
NOT_LISTED = "It is not among the copies. Reload the page and choose one of them."
STILL_OPEN = "Say first that it is found or over, with the words for the public."
UNSETTLED = "Some of it still stands. Say of each copy what became of it."
UNSAID = "The closing words are not out everywhere it stands. Send them, or wait."


class Appealed(StrEnum):
    """Types of leaves that speak of appeals."""

    OPENED = "appeal.opened"
    EXTENDED = "appeal.extended"
    HANDED_OVER = "appeal.handed_over"
    COPY_KEPT = "appeal.copy_kept"
    COPY_SETTLED = "appeal.copy_settled"
    FOUND = "appeal.found"
    CLOSED = "appeal.closed"
    TOLD = "appeal.told"


class AppealState(StrEnum):
    """Where an appeal stands; the last is its ending."""

    OPEN = "open"
    FOUND = "found"
    CLOSED = "closed"


class Fate(StrEnum):
    """What became of a copy."""

    GONE = "gone"
    STAYS = "stays"
    DELETION = "deletion"


@dataclass(frozen=True)
class Said:
    """What somebody said of it, and when: the closing words, or why it was closed."""

    by: PersonId | str
    at: datetime
    words: str


@dataclass(frozen=True)
class Settled:
    """What became of a copy, as somebody says."""

    fate: Fate
    by: PersonId
    at: datetime
    why: str


@dataclass(frozen=True)
class Copy:
    """Where something of the appeal stands, or stood. One of `ours` is a publication, and comes
    into the list when somebody says what became of it; the others are typed in by people."""

    address: str
    note: str
    by: PersonId
    at: datetime
    ours: bool = False
    settled: Settled | None = None


@dataclass(frozen=True)
class Appeal:
    """An appeal, called as the post that began it. `ends_on` is its last day, London time; `added`
    are posts of ours that people say share it; `found` holds the closing words."""

    appeal_id: PostId
    account: AccountId
    owner: PersonId
    opened_at: datetime
    ends_on: date
    state: AppealState = AppealState.OPEN
    added: tuple[PostId, ...] = ()
    copies: tuple[Copy, ...] = ()
    found: Said | None = None
    closed: Said | None = None

    def copy_at(self, address: str) -> Copy | None:
        """The copy that stands at this address, if it is listed."""
        return next((each for each in self.copies if each.address == address), None)


def subject_of(appeal_id: str) -> str:
    """How leaves name an appeal."""
    return f"appeal:{appeal_id}"


def last_day(draft: Draft, opened_at: datetime, days: int) -> date:
    """The day on which it ends: the one its post names, or so many days after it began."""
    if draft.expires_at is not None:
        return local(draft.expires_at).date()
    named = named_day(whole_text(draft), local(opened_at).date())
    return named or local(opened_at + timedelta(days=days)).date()


def named_day(text: str, today: date) -> date | None:
    """The first day still to come, at most a year away, that a text says it lasts until."""
    for match in _UNTIL.finditer(text):
        day, month, year = int(match[1]), _MONTHS.index(match[2][:3].lower()) + 1, match[3]
        for each in (int(year),) if year else (today.year, today.year + 1):
            with suppress(ValueError):  # there is no 31 November
                if today <= date(each, month, day) <= today + LONGEST:
                    return date(each, month, day)
    return None


def extended(appeal: Appeal, until: date, why: str, today: date) -> Appeal:
    """The same until another day; InvalidDraftError."""
    if not today <= until <= today + LONGEST:
        raise InvalidDraftError("until", PAST)
    if until == appeal.ends_on:
        raise InvalidDraftError("until", SAME_DAY)
    if not why.strip():
        raise InvalidDraftError("why", NO_WHY)
    return replace(appeal, ends_on=until)


def with_post(appeal: Appeal, post_id: PostId) -> Appeal:
    """The same with a post of ours that shares it; InvalidDraftError."""
    if post_id == appeal.appeal_id or post_id in appeal.added:
        raise InvalidDraftError("post", LISTED)
    if len(appeal.added) >= MOST_ADDED:
        raise InvalidDraftError("post", TOO_MANY)
    return replace(appeal, added=(*appeal.added, post_id))


def with_copy(appeal: Appeal, copy: Copy) -> Appeal:
    """The same with a copy that somebody knows of; InvalidDraftError."""
    if appeal.copy_at(copy.address):
        raise InvalidDraftError("address", LISTED)
    if len(appeal.copies) >= MOST_COPIES:
        raise InvalidDraftError("address", TOO_MANY)
    return replace(appeal, copies=(*appeal.copies, copy))


def settled(appeal: Appeal, address: str, said: Settled, ours: Iterable[str]) -> Appeal:
    """The same once somebody said what became of a copy, or of one of `ours`; InvalidDraftError."""
    if not said.why.strip():
        raise InvalidDraftError("why", NO_WHY)
    if appeal.copy_at(address) is None:
        if address not in set(ours):
            raise InvalidDraftError("address", NOT_LISTED)
        appeal = with_copy(appeal, Copy(address, "", said.by, said.at, ours=True))
    copies = (
        replace(each, settled=said) if each.address == address else each for each in appeal.copies
    )
    return replace(appeal, copies=tuple(copies))


def found(appeal: Appeal, said: Said) -> Appeal:
    """It is found or over; later closing words change nothing but the words. InvalidDraftError."""
    if not said.words.strip():
        raise InvalidDraftError("words", NO_WORDS)
    return replace(appeal, state=AppealState.FOUND, found=said)


def closed(appeal: Appeal, said: Said, standing: Iterable[str], *, unsaid: bool) -> Appeal:
    """It is closed, once of every copy, and every address of ours where it is `standing`, somebody
    said what became of it, and no closing words are `unsaid`; InvalidDraftError. Where others have
    it is no longer kept in the entry."""
    if appeal.state is AppealState.OPEN:
        raise InvalidDraftError("why", STILL_OPEN)
    if unsaid:
        raise InvalidDraftError("why", UNSAID)
    looked_after = {each.address for each in appeal.copies if each.settled}
    if not {*standing, *(each.address for each in appeal.copies)} <= looked_after:
        raise InvalidDraftError("why", UNSETTLED)
    return never_out(appeal, said)


def never_out(appeal: Appeal, said: Said) -> Appeal:
    """It is closed because nothing of it ever left the house."""
    ours = tuple(each for each in appeal.copies if each.ours)
    return replace(appeal, state=AppealState.CLOSED, closed=said, copies=ours)


def day_words(day: date) -> str:
    """Such as Saturday 21 November 2026."""
    return day_text(datetime.combine(day, time(12), LONDON))
