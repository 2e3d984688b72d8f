"""From seven in the morning, every hour: whoever looks after an appeal is told the day before it
ends and on the day; the centre is told daily of what is past its last day, or over, and not closed.

What is told is claimed first (`shared.records.notices`): a second run of the same day tells none of
it again, and whoever comes after a crash tells what nobody told. An appeal that never left the
house needs no closing words: it is closed when its day is past.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.accounts.registry import SHUT_OUT, Account, Person
from shared.mail.appeal_letters import AppealEnding, AppealsOverdue
from shared.mail.everybody import Send, send_to_all
from shared.mail.letters import Event
from shared.posts.acts import SYSTEM
from shared.posts.appeal import Appeal, Appealed, AppealState, Said, day_words, never_out
from shared.posts.life import KEPT_IN
from shared.posts.localtime import local
from shared.posts.names import AccountId, PersonId
from shared.records.appeal_entries import act_on_appeal
from shared.records.appeals import Appeals
from shared.records.errors import ChangedError
from shared.records.notices import Notices
from shared.records.people import People
from shared.records.posts import Posts
from shared.records.snapshot import Snapshots

FROM = 7
"""O'clock in London: nobody is woken by a day that has just begun."""

NEVER_OUT = "Nothing of it ever went out."
DAY = timedelta(days=1)


class NobodyToTellError(Exception):
    """Nobody is on duty; raising it rings the alarm."""


@dataclass(frozen=True)
class Desk:
    """Records, and how letters leave."""

    appeals: Appeals
    posts: Posts
    notices: Notices
    snapshots: Snapshots
    people: People
    base_url: str
    sender: str
    send: Send


@dataclass(frozen=True)
class Reminded:
    """How many owners were told, of how many appeals the centre was, and how many were closed
    because nothing of them ever went out."""

    owners: int
    centre: int
    closed: int


@dataclass(frozen=True)
class Registry:
    """Whom it is about."""

    accounts: Mapping[AccountId, Account]
    people: Mapping[PersonId, Person]

    def owner(self, appeal: Appeal) -> Person | None:
        """Whoever looks after it, if they have access."""
        person = self.people.get(appeal.owner)
        return person if person and person.status not in SHUT_OUT else None

    def title(self, appeal: Appeal) -> str:
        """What its account is called."""
        account = self.accounts.get(appeal.account)
        return account.title if account else str(appeal.account)


def remind_of_appeals(desk: Desk, now: datetime) -> Reminded:
    """Tell what nobody was told today; a MailError or NobodyToTellError if it could not be."""
    today = local(now).date()
    if local(now).hour < FROM:
        return Reminded(0, 0, 0)
    lasting, closed = _out(desk, today, now)
    found = desk.snapshots.read(
        accounts={each.account for each in lasting}, people={each.owner for each in lasting}
    )
    registry = Registry(found.accounts, found.people)
    overdue = [each for each in lasting if _is_overdue(each, today)]
    ending = [each for each in lasting if each not in overdue and _ends(each, today)]
    ownerless = [each for each in ending if registry.owner(each) is None]
    centre = _tell_centre(desk, [*overdue, *ownerless], registry, today, now)
    owners = [_tell_owner(desk, each, registry, today, now) for each in ending]
    return Reminded(sum(owners), centre, closed)


def _out(desk: Desk, today: date, now: datetime) -> tuple[list[Appeal], int]:
    """The appeals that went out, or may yet; and how many were closed that never did."""
    lasting, closed = [], 0
    for appeal in _all(desk.appeals):
        versions = desk.posts.history(appeal.appeal_id)
        if any(post.state not in KEPT_IN for post in versions) or appeal.copies or appeal.added:
            lasting.append(appeal)
        elif appeal.ends_on < today:
            said = Said(SYSTEM, now, NEVER_OUT)
            after = never_out(appeal, said)
            act = act_on_appeal(after, Appealed.CLOSED, now, {}, reason=NEVER_OUT)
            with suppress(ChangedError):  # somebody is at it just now
                desk.appeals.change(appeal, after, act)
                closed += 1
    return lasting, closed


def _all(appeals: Appeals) -> Iterator[Appeal]:
    part = appeals.lasting()
    yield from part.entries
    while part.cursor:
        part = appeals.lasting(part.cursor)
        yield from part.entries


def _is_overdue(appeal: Appeal, today: date) -> bool:
    said = appeal.found
    return appeal.ends_on < today or (said is not None and local(said.at).date() < today)


def _ends(appeal: Appeal, today: date) -> bool:
    return appeal.state is AppealState.OPEN and appeal.ends_on - today <= DAY


def _tell_owner(desk: Desk, appeal: Appeal, registry: Registry, today: date, now: datetime) -> bool:
    owner, on_the_day = registry.owner(appeal), appeal.ends_on == today
    name = f"appeal/{appeal.appeal_id}/{appeal.ends_on}/{'on' if on_the_day else 'before'}"
    if owner is None or not _begin(desk, name, appeal, now):
        return False
    letter = AppealEnding(
        owner.name,
        registry.title(appeal),
        day_words(appeal.ends_on),
        on_the_day,
        f"{desk.base_url}/appeals/{appeal.appeal_id}",
    )
    letters = {owner.email: letter}
    send_to_all(Event.APPEAL_ENDING, letters, sender=desk.sender, send=desk.send, at=now)
    desk.notices.told([name], now)
    return True


def _tell_centre(
    desk: Desk, appeals: list[Appeal], registry: Registry, today: date, now: datetime
) -> int:
    ours = {f"appeal/{each.appeal_id}/centre/{today}": each for each in appeals}
    ours = {name: each for name, each in ours.items() if _begin(desk, name, each, now)}
    if not ours:
        return 0
    lines = tuple(_line(each, registry) for each in ours.values())
    link = f"{desk.base_url}/appeals"
    letters = {p.email: AppealsOverdue(p.name, lines, link) for p in desk.people.on_duty()}
    if not letters:
        raise NobodyToTellError("Nobody is on duty to be told of appeals.")
    send_to_all(Event.APPEALS_OVERDUE, letters, sender=desk.sender, send=desk.send, at=now)
    desk.notices.told(ours, now)
    return len(ours)


def _line(appeal: Appeal, registry: Registry) -> str:
    owner, day = registry.owner(appeal), day_words(appeal.ends_on)
    whose = f"{owner.name} looks after it" if owner else "nobody looks after it"
    over = "it is over and not closed" if appeal.found else f"its last day is {day}"
    return f"{registry.title(appeal)}: {over}; {whose}"


def _begin(desk: Desk, name: str, appeal: Appeal, now: datetime) -> bool:
    act = act_on_appeal(appeal, Appealed.TOLD, now, {"notice": name})
    return desk.notices.begin(name, act)
