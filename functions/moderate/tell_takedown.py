"""The centre is told of what cannot wait, or what no machine could do, by letter, once.

What may prejudice an investigation is told of at once, before it is hidden (policy C04). That
telling begins is on record before a letter leaves (`shared.records.notices`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from shared.accounts.registry import Person, PersonStatus
from shared.accounts.rights import Right, may
from shared.mail.everybody import send_to_all
from shared.mail.letters import Event
from shared.mail.takedown_letters import TakedownTold
from shared.posts.block import Block, BlockState
from shared.posts.names import AccountId, PersonId
from shared.posts.takedown import HouseRule, Takedown, TakedownState, Taken
from shared.recordlog.leaf import Act
from shared.records.blocks import Blocks
from shared.records.notices import Notices
from shared.records.people import People
from shared.records.snapshot import Snapshots
from shared.records.takedown_acts import act_on_block, act_on_takedown
from shared.records.takedowns import Takedowns

ABOUT_AUTHORS = frozenset({"block", "unblock"})


class UntoldError(Exception):
    """Nobody could be told yet; the state machine tries again, and rings the alarm in the end."""


@dataclass(frozen=True)
class Office:
    """What telling needs."""

    takedowns: Takedowns
    blocks: Blocks
    people: People
    snapshots: Snapshots
    notices: Notices
    send: Callable[[EmailMessage], str] = field(repr=False)
    sender: str
    base_url: str


@dataclass(frozen=True)
class News:
    """One thing to tell: what it is called, its leaf, where it stands, and who else is told."""

    name: str
    event: Event
    account: AccountId
    act: Act
    path: str
    also: PersonId | None = None


def tell(kind: str, name: str, office: Office, now: datetime) -> int:
    """How many things somebody was told of now; UntoldError, MailError."""
    if kind in ABOUT_AUTHORS:
        found = list(_of_block(office.blocks.get(name), now))
    else:
        found = list(_of_takedown(office.takedowns.get(name), now))
    return sum(_told(each, office, now) for each in found)


def _of_takedown(takedown: Takedown, now: datetime) -> Iterator[News]:
    path, name = f"takedowns/{takedown.takedown_id}", f"takedown/{takedown.takedown_id}"
    if takedown.rule is HouseRule.PREJUDICIAL:
        act = act_on_takedown(takedown, Taken.TOLD, now, {"of": "prejudicial"})
        event = Event.TAKEDOWN_PREJUDICIAL
        yield News(f"{name}/prejudicial", event, takedown.account, act, path)
    if takedown.state is TakedownState.LEFT:
        upheld = takedown.appeal is not None and takedown.appeal.upheld is True
        what = "left-hidden" if upheld else "left"
        act = act_on_takedown(takedown, Taken.TOLD, now, {"of": what})
        event, asked_by = Event.TAKEDOWN_LEFT, takedown.asked_by
        yield News(f"{name}/{what}", event, takedown.account, act, path, asked_by)


def _of_block(block: Block, now: datetime) -> Iterator[News]:
    if block.state is BlockState.LEFT:
        what = "left-blocked" if block.lifted_at else "left"
        act = act_on_block(block, Taken.BLOCK_TOLD, now, {"of": what})
        name = f"block/{block.block_id}/{what}"
        yield News(name, Event.BLOCK_LEFT, block.account, act, "blocks", block.by)


def _told(news: News, office: Office, now: datetime) -> bool:
    if not office.notices.begin(news.name, news.act):
        if not office.notices.was_told(news.name):
            raise UntoldError(f"{news.name} is being told of, or whoever told it died.")
        return False
    people = {person.email: person for person in _readers(news, office)}
    account = office.snapshots.read(accounts={news.account}).accounts.get(news.account)
    title = account.title if account else str(news.account)
    link = f"{office.base_url}/{news.path}"
    letters = {email: TakedownTold(who.name, title, link) for email, who in people.items()}
    if not letters:
        raise UntoldError(f"There is nobody to be told of {news.name}.")
    send_to_all(news.event, letters, sender=office.sender, send=office.send, at=now)
    office.notices.told([news.name], now)
    return True


def _readers(news: News, office: Office) -> Iterator[Person]:
    """Those on duty, or whoever else may act where nobody is; and whoever asked for it."""
    able = [person for person in office.people.on_duty() if may(person, Right.BLOCK).allowed]
    yield from able or [each for each in office.people.all() if may(each, Right.BLOCK).allowed]
    if news.also is not None:
        asked = office.snapshots.read(people={news.also}).people.get(news.also)
        if asked is not None and asked.status is not PersonStatus.LEFT:
            yield asked
