"""When nobody expects a post from an account: a critical incident keeps it quiet, or nobody of its
team is there, because of leave or because they are down as away (policy.md D04, I01). A team that
has left altogether is no pause: nobody will come back and post.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from shared.accounts.cover import covering
from shared.accounts.incident import Board
from shared.accounts.registry import SHUT_OUT, Account, Person, PersonStatus
from shared.accounts.silence import Pause
from shared.posts.names import PersonId

DAY = timedelta(days=1)
LASTS = timedelta(minutes=1)
"""What has not ended yet reaches this far beyond now, so that now lies in it."""


def pauses(
    account: Account,
    people: Mapping[PersonId, Person],
    board: Board,
    *,
    since: datetime,
    now: datetime,
    zone: tzinfo,
) -> tuple[Pause, ...]:
    """Every pause between these moments; days are those of `zone`."""
    return (
        *_incidents(account, board, now),
        *_nobody_there(account, people, since.astimezone(zone).date(), now, zone),
    )


def _incidents(account: Account, board: Board, now: datetime) -> Iterator[Pause]:
    """A drill keeps nobody quiet."""
    for incident in board.incidents:
        if incident.reaches(account) and not incident.drill:
            yield Pause(incident.declared_at, incident.stood_down_at or now + LASTS)


def _nobody_there(
    account: Account, people: Mapping[PersonId, Person], day: date, now: datetime, zone: tzinfo
) -> Iterator[Pause]:
    team = {people[key] for key in account.team & people.keys()}
    stand_ins = {leave.cover for person in team for leave in person.leave if leave.cover}
    known = {key: people[key] for key in (account.team | stand_ins) & people.keys()}
    last = now.astimezone(zone).date()
    while day <= last:
        then = {key: _on(person, day, zone) for key, person in known.items()}
        comes_back = any(then[p.person_id].status not in SHUT_OUT for p in team)
        if comes_back and not covering(account, then, day):
            yield Pause(_midnight(day, zone), _midnight(day + DAY, zone))
        day += DAY


def _midnight(day: date, zone: tzinfo) -> datetime:
    # In UTC, because between two moments of one zone the change of the clocks does not count.
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _on(person: Person, day: date, zone: tzinfo) -> Person:
    """Somebody as they stood at the end of that day, whatever became of them since."""
    if not person.history:
        return person
    past = [c.status for c in person.history if c.at.astimezone(zone).date() <= day]
    status = PersonStatus(past[-1].value) if past else PersonStatus.ACTIVE
    return person if status is person.status else replace(person, status=status)
