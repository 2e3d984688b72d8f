"""Until when somebody should have answered, and when who is told (policy D05, D08, D12).

The public gets a reply within 24 hours, on the clock: a weekend is no excuse, and the two nights on
which the clocks change do not move it. Whoever looks after the account is reminded some hours
before, the centre is told afterwards; nobody is told at night, but for calls for help, which wait
for nothing (`calls_for_help`). A holding reply names a day: that morning the team is reminded, and
the next morning the centre is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from shared.mentions.mention import Mention, Told
from shared.posts.localtime import EVENING, LONDON, MORNING, local

WITHIN = timedelta(hours=24)
REMIND_BEFORE = timedelta(hours=4)
DAY = timedelta(days=1)

ORDER = {whom: number for number, whom in enumerate(Told)}


def due_at(mention: Mention) -> datetime:
    """The moment by which it should be answered, or, after a holding reply, come back to; UTC."""
    if mention.follow_up:
        return _at(mention.follow_up + DAY, time(0))
    return mention.said_at.astimezone(UTC) + WITHIN


def remind_at(mention: Mention) -> datetime:
    """When its team is reminded: by day, always before it is due; UTC."""
    if mention.follow_up:
        return _at(mention.follow_up, MORNING)
    wanted = due_at(mention) - REMIND_BEFORE
    here = local(wanted)
    if here.time() >= EVENING:
        return _at(here.date(), EVENING)
    if here.time() < MORNING:
        return _at(here.date() - DAY, EVENING)
    return wanted


def tell_at(mention: Mention) -> datetime:
    """When the centre is told that nobody answered: by day, never before it is due; UTC."""
    due = due_at(mention)
    here = local(due)
    if here.time() < MORNING:
        return _at(here.date(), MORNING)
    if here.time() >= EVENING:
        return _at(here.date() + DAY, MORNING)
    return due


@dataclass(frozen=True)
class Ring:
    """Who is to be told next, and from when on."""

    at: datetime
    whom: Told


def next_ring(mention: Mention) -> Ring | None:
    """Who has to be told next that nobody answered; None where nobody has."""
    return next(_rings_left(mention), None)


def ringing(mention: Mention, now: datetime) -> Ring | None:
    """Who has to be told now: where several are late only the last of them; None where it is for
    nobody yet. A call for help is never left out."""
    due = [ring for ring in _rings_left(mention) if ring.at <= now]
    if due and due[0].whom is Told.CALL:
        return due[0]
    return due[-1] if due else None


def _rings_left(mention: Mention) -> Iterator[Ring]:
    if not mention.is_open:
        return
    told = ORDER[mention.told]
    if mention.calls and told < ORDER[Told.CALL]:
        yield Ring(mention.received_at, Told.CALL)
    if told < ORDER[Told.TEAM]:
        yield Ring(remind_at(mention), Told.TEAM)
    if told < ORDER[Told.CENTRE]:
        yield Ring(tell_at(mention), Told.CENTRE)


def _at(day: date, clock: time) -> datetime:
    """Neither hour is ever one that is missing or comes twice."""
    return datetime.combine(day, clock, LONDON).astimezone(UTC)
