"""For how many years records are kept: by class, counted from the end of the month they lie in.

A leaf's class is told by the noun of its type. A month is one bag and goes as a whole or not at
all, so the class that is kept the longest decides for all of it. A schedule may be lengthened for
every month; one that is shortened counts only for months that end afterwards, for what was once
promised to be kept is kept. Nothing here knows a lawful period: the defaults are for the force to
confirm.

RetentionError
├── BadScheduleError    a text that is no schedule; says what is wrong with it
└── NoClassError        a type of which nobody said how long it is kept; carries its noun
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import zip_longest

from shared.months.month import Month

FOR_EVER = "forever"
MOST_YEARS = 100
_YEARS = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)


class RetentionError(Exception):
    """Root of why nobody can say how long something is kept."""


class BadScheduleError(RetentionError):
    """A text that is no schedule."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This is no schedule of retention: {why}. Write it as posts=7,consents=3."
        )


class NoClassError(RetentionError):
    """A type of which nobody said how long it is kept."""

    def __init__(self, noun: str) -> None:
        super().__init__(f"No class of records has “{noun}” in it, so nobody says when it may go.")
        self.noun = noun


class RecordClass(StrEnum):
    """What records are about, as far as it decides how long they are kept."""

    POSTS = "posts"
    DELETIONS = "deletions"
    COMMENTS = "comments"
    CONSENTS = "consents"
    REGISTRY = "registry"
    FOLLOWERS = "followers"
    SYSTEM = "system"


@dataclass(frozen=True)
class Rule:
    """The nouns of one class, for how many years it is usually kept, and whose rule that is."""

    nouns: frozenset[str]
    years: int
    source: str


PROPOSED = "B12; seven years are a proposal, the force's records manager signs the schedule"
RULES: Mapping[RecordClass, Rule] = {
    RecordClass.POSTS: Rule(
        frozenset(
            {
                *("post", "approval", "publication", "picture", "reminder", "newsletter"),
                *("appeal", "drift", "exception", "incident", "sample"),
            }
        ),
        7,
        PROPOSED,
    ),
    RecordClass.DELETIONS: Rule(frozenset({"deletion"}), 7, PROPOSED),
    RecordClass.COMMENTS: Rule(
        frozenset({"takedown", "block", "mention", "check"}), 7, f"X16, {PROPOSED}"
    ),
    RecordClass.CONSENTS: Rule(frozenset({"consent"}), 3, "M04"),
    RecordClass.REGISTRY: Rule(
        frozenset(
            {"account", "accounts", "credential", "inactivity", "morning", "person", "server"}
        ),
        7,
        PROPOSED,
    ),
    RecordClass.FOLLOWERS: Rule(frozenset({"follower", "impostor", "review"}), 7, PROPOSED),
    RecordClass.SYSTEM: Rule(
        frozenset(
            {"disposal", "erasure", "hold", "log", "month", "policy", "proof", "question", "report"}
        ),
        7,
        PROPOSED,
    ),
}
"""How long each class is kept where the force says nothing else."""

_CLASS_OF = {noun: kept for kept, rule in RULES.items() for noun in rule.nouns}


@dataclass(frozen=True)
class Schedule:
    """For how many years each class is kept, None for ever, and from which moment that is said."""

    since: datetime
    years: Mapping[RecordClass, int | None]


USUAL = Schedule(
    datetime.min.replace(tzinfo=UTC), {kept: rule.years for kept, rule in RULES.items()}
)
"""What is kept how long by default, from the beginning."""


def class_of(type_of_act: str) -> RecordClass:
    """The class of a leaf by its type, such as post.submitted; NoClassError."""
    noun = type_of_act.partition(".")[0]
    try:
        return _CLASS_OF[noun]
    except KeyError as error:
        raise NoClassError(noun) from error


def read_schedule(text: str, since: datetime = USUAL.since) -> Schedule:
    """A schedule as it is written, `posts=7,consents=forever`; what is not named is kept as usual;
    BadScheduleError."""
    years = dict(USUAL.years)
    named = set()
    for entry in filter(None, (each.strip() for each in text.split(","))):
        name, _, said = (part.strip() for part in entry.partition("="))
        if name not in RULES:
            raise BadScheduleError(f"there is no class {name[:40]!a}")
        if name in named:
            raise BadScheduleError(f"{name} stands in it twice")
        named.add(name)
        years[RecordClass(name)] = _years(name, said)
    return Schedule(since, years)


def read_schedules(text: str) -> tuple[Schedule, ...]:
    """Several, with semicolons between; each begins with the moment since which it is said, or
    counts from the first. None where nobody said anything; BadScheduleError."""
    return tuple(_since_said(each.strip()) for each in text.split(";") if each.strip())


def _since_said(text: str) -> Schedule:
    first, _, rest = text.partition(" ")
    if not rest or "=" in first:
        return read_schedule(text)
    try:
        since = datetime.fromisoformat(first)
    except ValueError:
        raise BadScheduleError(f"{first[:40]!a} is no moment such as 2030-01-01T00:00Z") from None
    if since.tzinfo is None:
        raise BadScheduleError(f"{first[:40]!a} does not say which time it is, with a Z behind it")
    return read_schedule(rest, since)


def until(kept: RecordClass, month: Month, schedules: Sequence[Schedule]) -> datetime | None:
    """The first moment at which records of this class and month may go; None if never."""
    said = [schedule.years.get(kept) for schedule in _since_the_end_of(month, schedules)]
    longest = 0
    for years in said:
        if years is None:
            return None
        longest = max(longest, years)
    ends = month.next
    return Month(ends.year + longest, ends.number).begins


def longest(
    classes: Iterable[RecordClass], month: Month, schedules: Sequence[Schedule]
) -> tuple[RecordClass, datetime | None]:
    """The class that is kept the longest of these, the first of them where several are, and until
    when. An empty month is the system's own record that nothing happened."""
    some = {*classes} or {RecordClass.SYSTEM}
    each = {kept: until(kept, month, schedules) for kept in RecordClass if kept in some}
    for kept, moment in each.items():
        if moment is None:
            return kept, None
    last = max(moment for moment in each.values() if moment is not None)
    return next(kept for kept, moment in each.items() if moment == last), last


def _since_the_end_of(month: Month, schedules: Sequence[Schedule]) -> list[Schedule]:
    """Every schedule that was in force when the month ended, or at any time since."""
    ordered = sorted(schedules, key=lambda schedule: schedule.since)
    if not ordered:
        raise BadScheduleError("there is none")
    followed = zip_longest(ordered, ordered[1:])
    return [each for each, later in followed if later is None or later.since > month.ends]


def _years(name: str, said: str) -> int | None:
    if said == FOR_EVER:
        return None
    if not _YEARS.fullmatch(said) or int(said) > MOST_YEARS:
        raise BadScheduleError(
            f"{name} is kept for whole years from 1 to {MOST_YEARS}, or {FOR_EVER}"
        )
    return int(said)
