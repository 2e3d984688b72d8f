"""A year of a made-up force, told beforehand from one seed: nothing in it is left to chance later.

Every voice has a rhythm and keeps it, but for some that fall silent for a while; everything the
public says has its fate: it is answered at once, after its team was reminded, or too late. Now and
then somebody posts by hand and enters it too late.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
STOPS = (time(7, 45), time(18, 0))
"""When the clock stops on each day, by London's clock: after the morning's letter, and at six."""

LONGER = timedelta(minutes=30)
"""A stop lasts so long at most, where something waits to be tried again."""

DAY = timedelta(days=1)
DUE_AFTER = (timedelta(hours=20), timedelta(hours=24))
"""After which an owner is reminded of an answer, and the centre told of one."""

QUIET = 5
"""Every so many voices one falls silent; a post by hand would end its silence, so it makes none."""

SILENT_FOR = (3, 11, 25, 53)
"""Days beyond its rhythm that a silent voice keeps still: up to each step of the ladder (after 0,
7, 7 + 14, 7 + 14 + 28 days), and some more, so that no step lies on the edge."""

CALLS, LATE, REMINDED = 0.001, 0.005, 0.02
"""Shares of what the public says: calls for help; what is answered too late, and after a
reminder."""


class Fate(StrEnum):
    """When somebody answers: at the stop at which it was heard, at the one at which its team was
    reminded, or at the one at which the centre was told."""

    AT_ONCE = "at once"
    REMINDED = "reminded"
    LATE = "late"


class Signing(StrEnum):
    """How a review of followers is signed: by both within days, by its owner after a week, by both
    after more than two."""

    AT_ONCE = "at once"
    OWNER_LATE = "owner late"
    BOTH_LATE = "both late"


@dataclass(frozen=True)
class Size:
    """How large the force is, and how many months it is looked at, from the first of one."""

    accounts: int
    followers: int
    mentions: int
    months: int
    first_day: date

    @property
    def days(self) -> int:
        """How many days these months have."""
        year, month = divmod(self.first_day.month - 1 + self.months, 12)
        return (date(self.first_day.year + year, month + 1, 1) - self.first_day).days


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the public says to a voice."""

    number: int
    voice: int
    at: datetime
    calls: bool
    fate: Fate


@dataclass(frozen=True)
class Stray:
    """A post of a voice that does not go out from here: somebody at the office had the password."""

    voice: int
    at: datetime


@dataclass(frozen=True)
class Voice:
    """One account: when it posts, how long it may be silent, how many follow it, and the days on
    which its owner was taught, it is looked at again, and its two-step verification was seen."""

    number: int
    rhythm: timedelta
    posts: tuple[datetime, ...]
    followers: int
    taught: date
    looked_at_again: date
    two_step: date


@dataclass(frozen=True)
class Story:
    """The whole year."""

    size: Size
    voices: tuple[Voice, ...]
    remarks: tuple[Remark, ...]
    strays: tuple[Stray, ...]
    signings: Mapping[tuple[int, str], Signing]

    @property
    def begins(self) -> datetime:
        """The first moment; the force is as good as new then."""
        return at(self.size.first_day, time(0))

    @cached_property
    def stops(self) -> tuple[datetime, ...]:
        """Every moment at which the clock stops, in order; in UTC, which is quick to compare."""
        days = (self.size.first_day + n * DAY for n in range(self.size.days))
        return tuple(at(day, stop).astimezone(UTC) for day in days for stop in STOPS)

    @cached_property
    def months(self) -> tuple[str, ...]:
        """Such as 2027-01: each that the year touches."""
        return tuple(dict.fromkeys(f"{stop.astimezone(LONDON):%Y-%m}" for stop in self.stops))


def at(day: date, hour: time) -> datetime:
    """A moment by London's clock."""
    return datetime.combine(day, hour, LONDON)


def tell(size: Size, seed: int) -> Story:
    """The year that this seed tells."""
    chance = random.Random(seed)  # noqa: S311 - a story, no secret
    shares = [1 / (1 + n) ** 0.5 for n in range(size.accounts)]
    voices = tuple(_voices(size, shares, chance))
    remarks, strays = tuple(_remarks(size, shares, chance)), tuple(_strays(size, chance))
    untold = Story(size, voices, remarks, strays, {})
    signings = {(v.number, month): _signing(chance) for month in untold.months for v in voices}
    return replace(untold, signings=signings)


def _voices(size: Size, shares: list[float], chance: random.Random) -> Iterator[Voice]:
    whole = sum(shares)
    for number, share in enumerate(shares):
        rhythm = timedelta(days=chance.choice((14, 31, 31, 31)))
        yield Voice(
            number,
            rhythm,
            tuple(_posts(size, rhythm, number, chance)),
            max(1, round(size.followers * share / whole)),
            taught=_day(size, chance) - timedelta(days=730),
            looked_at_again=_day(size, chance),
            two_step=_day(size, chance) - timedelta(days=365),
        )


def _posts(size: Size, rhythm: timedelta, number: int, chance: random.Random) -> Iterator[datetime]:
    """By day, well within the rhythm; some keep still for a while, once."""
    moment = at(size.first_day, time(10)) - rhythm / 2
    end = at(size.first_day + size.days * DAY, time(0))
    silent_from = moment + timedelta(days=chance.randrange(20, max(21, size.days // 2)))
    silence = (
        rhythm + timedelta(days=SILENT_FOR[number // QUIET % 4]) if number % QUIET == 0 else None
    )
    while moment < end:
        yield moment
        step = rhythm * chance.uniform(0.5, 0.9)
        if silence is not None and moment >= silent_from:
            step, silence = silence, None
        day = (moment + step).astimezone(LONDON).date()
        moment = at(day, time(chance.randrange(9, 17), chance.randrange(60)))


def _remarks(size: Size, shares: list[float], chance: random.Random) -> Iterator[Remark]:
    begin, whole = at(size.first_day, time(8)).astimezone(UTC), (size.days - 4) * 24 * 60
    minutes = sorted(chance.randrange(whole) for _ in range(size.mentions))
    voices = chance.choices(range(size.accounts), shares, k=size.mentions)
    for number, (minute, voice) in enumerate(zip(minutes, voices, strict=True)):
        calls = chance.random() < CALLS
        [fate] = chance.choices(tuple(Fate), (1 - LATE - REMINDED, REMINDED, LATE))
        said = _clear_of_stops(begin + timedelta(minutes=minute))
        yield Remark(number, voice, said, calls, fate)


def _clear_of_stops(said: datetime) -> datetime:
    """So much later that nobody can be told of it while a stop lasts: whether it is told at this
    stop or at the next would be left to chance."""
    while any(_within_a_stop(said + after) for after in DUE_AFTER):
        said += LONGER
    return said


def _within_a_stop(moment: datetime) -> bool:
    here = moment.astimezone(LONDON)
    return any(at(here.date(), stop) <= here <= at(here.date(), stop) + LONGER for stop in STOPS)


def _strays(size: Size, chance: random.Random) -> Iterator[Stray]:
    for _ in range(max(1, size.accounts * size.months // 150)):
        day = size.first_day + timedelta(days=chance.randrange(3, size.days - 3))
        moment = at(day, time(chance.randrange(9, 21), chance.randrange(60)))
        spoken = [number for number in range(size.accounts) if number % QUIET]
        yield Stray(chance.choice(spoken), moment)


def _signing(chance: random.Random) -> Signing:
    return chance.choices(tuple(Signing), (94, 4, 2))[0]


def _day(size: Size, chance: random.Random) -> date:
    """Of the year, but not of its edges: what falls due there would be told outside of it."""
    edge = min(30, size.days // 4)
    return size.first_day + timedelta(days=chance.randrange(edge, size.days - edge))
