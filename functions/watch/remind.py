"""Every morning the centre is told what nobody would notice: keys that are due, known by somebody
who has left, refused or half set, and accounts that nobody is there for in the next two weeks.

Whatever was missed at the moment itself (a crash, a file read in by hand) is made good here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.accounts.cover import uncovered
from shared.accounts.custody import Attention, Custody, attention, known_outside
from shared.accounts.registry import Account, AccountStatus, Person, PersonStatus, Role
from shared.mail.everybody import Send, send_to_all
from shared.mail.letters import CoverMissing, Event, KeysDue
from shared.posts.acts import SYSTEM
from shared.posts.localtime import LONDON
from shared.posts.names import PersonId
from shared.records.accounts import Accounts
from shared.records.custodies import Custodies, force_rotation
from shared.records.people import People

AHEAD = 14
"""Days: enough to find somebody who covers."""

WHY = {
    Attention.UNFINISHED: "not finished, set them again",
    Attention.KNOWN_BY_LEAVER: "change now, somebody who knew them has no access any more",
    Attention.NOT_GOOD: "refused or missing, set them again",
    Attention.OVERDUE: "overdue since {due}",
    Attention.DUE_SOON: "due on {due}",
}


@dataclass(frozen=True)
class Desk:
    """Records, and how letters leave."""

    custodies: Custodies
    people: People
    accounts: Accounts
    base_url: str
    sender: str
    send: Send


@dataclass(frozen=True)
class Reminded:
    """How many rotations were forced, targets told of, and accounts without cover."""

    forced: int
    keys: int
    uncovered: int


def remind(desk: Desk, now: datetime) -> Reminded:
    """Tell the web team of keys and the approvers on duty of missing cover; a MailError if no
    letter at all could leave.
    """
    people = {person.person_id: person for person in desk.people.all()}
    accounts = {account.account_id: account for account in desk.accounts.all()}
    today = now.astimezone(LONDON).date()
    kept = [
        each
        for each in desk.custodies.all()
        if each.account_id in accounts
        and accounts[each.account_id].status is not AccountStatus.CLOSED
    ]
    known = [each for each in kept if known_outside(each, people)]
    forced = force_rotation(desk.custodies, known, now, SYSTEM)
    targets = tuple(_told(each, people, accounts[each.account_id], today) for each in kept)
    wanting = tuple(line for line in targets if line)
    bare = _bare(accounts.values(), people, today)
    _tell_registrars(desk, people, wanting, now)
    _tell_approvers(desk, bare, now)
    return Reminded(len(forced), len(wanting), len(bare))


def _told(
    custody: Custody, people: dict[PersonId, Person], account: Account, today: date
) -> str | None:
    why = attention(custody, people, today)
    if why is None:
        return None
    return f"{account.title} on {custody.platform}: {WHY[why].format(due=custody.due)}"


def _bare(
    accounts: Iterable[Account], people: dict[PersonId, Person], today: date
) -> tuple[str, ...]:
    active = tuple(accounts)
    days = [today + timedelta(days=ahead) for ahead in range(AHEAD + 1)]
    found = {each.title for day in days for each in uncovered(active, people, day)}
    return tuple(sorted(found))


def _tell_registrars(
    desk: Desk, people: dict[PersonId, Person], targets: tuple[str, ...], now: datetime
) -> None:
    letters = {
        person.email: KeysDue(person.name, targets, f"{desk.base_url}/registry/credentials")
        for person in people.values()
        if person.role is Role.REGISTRAR and person.status is PersonStatus.ACTIVE and targets
    }
    send_to_all(Event.KEYS_DUE, letters, sender=desk.sender, send=desk.send, at=now)


def _tell_approvers(desk: Desk, bare: tuple[str, ...], now: datetime) -> None:
    letters = {
        person.email: CoverMissing(person.name, bare, f"{desk.base_url}/registry")
        for person in (desk.people.on_duty() if bare else ())
    }
    send_to_all(Event.COVER_MISSING, letters, sender=desk.sender, send=desk.send, at=now)
