"""Every morning the centre is told what nobody would notice: keys that are due, known by somebody
who has left, refused or half set, accounts that nobody is there for in the next two weeks, and
posts that went out without a second person and that nobody has looked at since.

Whatever was missed at the moment itself (a crash, a file read in by hand) is made good here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.accounts.cover import uncovered
from shared.accounts.custody import Attention, Custody, attention, known_outside
from shared.accounts.registry import Account, AccountStatus, Person, PersonStatus, Role
from shared.mail.everybody import Send, send_to_all
from shared.mail.letters import CoverMissing, Event, KeysDue, UrgentWaiting
from shared.posts.acts import SYSTEM
from shared.posts.life import Post
from shared.posts.localtime import LONDON, moment_text
from shared.posts.names import AccountId, PersonId
from shared.posts.urgent import review_due
from shared.records.accounts import Accounts
from shared.records.custodies import Custodies, force_rotation
from shared.records.people import People
from shared.records.urgent_posts import UrgentPosts

AHEAD = 14
"""Days: enough to find somebody who covers."""

WHY = {
    Attention.UNFINISHED: "not finished, set them again",
    Attention.KNOWN_BY_LEAVER: "change now, somebody who knew them has no access any more",
    Attention.NOT_GOOD: "refused or missing, set them again",
    Attention.OVERDUE: "overdue since {due}",
    Attention.DUE_SOON: "due on {due}",
}
"""Keys that the platform ends are not among them: they are told of once (`warn_of_keys`)."""


@dataclass(frozen=True)
class Desk:
    """Records, and how letters leave."""

    custodies: Custodies
    people: People
    accounts: Accounts
    urgent: UrgentPosts
    base_url: str
    sender: str
    send: Send


@dataclass(frozen=True)
class Reminded:
    """How many rotations were forced, targets told of, accounts without cover, and urgent posts
    that wait for a look."""

    forced: int
    keys: int
    uncovered: int
    urgent: int


def remind(desk: Desk, now: datetime) -> Reminded:
    """Tell the web team of keys, and the approvers on duty of missing cover and of what they have
    to look at; a MailError if no letter at all could leave.
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
    urgent = tuple(_unseen(post, accounts, now) for post in desk.urgent.waiting())
    _tell_registrars(desk, people, wanting, now)
    _tell_approvers(desk, bare, urgent, now)
    return Reminded(len(forced), len(wanting), len(bare), len(urgent))


def _told(
    custody: Custody, people: dict[PersonId, Person], account: Account, today: date
) -> str | None:
    why = attention(custody, people, today)
    if why not in WHY:
        return None
    return f"{account.title} on {custody.told}: {WHY[why].format(due=custody.due)}"


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


def _unseen(post: Post, accounts: dict[AccountId, Account], now: datetime) -> str:
    """Whose urgent post it is, and by when; never its words."""
    due, account = review_due(post.submitted_at), accounts.get(post.draft.account)
    title = account.title if account else post.draft.account
    return f"{title}, {'overdue since' if due < now else 'by'} {moment_text(due)}"


def _tell_approvers(
    desk: Desk, bare: tuple[str, ...], urgent: tuple[str, ...], now: datetime
) -> None:
    on_duty = desk.people.on_duty() if bare or urgent else ()
    cover = {p.email: CoverMissing(p.name, bare, f"{desk.base_url}/registry") for p in on_duty}
    look = {p.email: UrgentWaiting(p.name, urgent, f"{desk.base_url}/urgent") for p in on_duty}
    if bare:
        send_to_all(Event.COVER_MISSING, cover, sender=desk.sender, send=desk.send, at=now)
    if urgent:
        send_to_all(Event.URGENT_WAITING, look, sender=desk.sender, send=desk.send, at=now)
