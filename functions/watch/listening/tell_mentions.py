"""Who has to know of what was said: of a call for help at once, of the rest before and after its
hour (policy D05, D12, N26, D32). Each once, and none of it with a word of what was said.

That telling begins is on record before the letter leaves, and that it left afterwards
(`shared.records.notices`): what nobody told, because we died in between, the next run tells.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shared.accounts.cover import covering
from shared.accounts.registry import Account, Person
from shared.mail.errors import MailError
from shared.mail.everybody import Send, send_each, send_to_all
from shared.mail.found_letters import few
from shared.mail.letters import Event
from shared.mail.mention_letters import CallsForHelp, MentionsDue, MentionsOverdue
from shared.mentions.acts import Heard
from shared.mentions.deadlines import due_at, ringing
from shared.mentions.mention import Mention, Told
from shared.posts.capabilities import TITLES
from shared.posts.localtime import local, moment_text
from shared.posts.names import AccountId, PersonId
from shared.records.accounts import Accounts
from shared.records.mention_entries import act_on_mention
from shared.records.mentions import Mentions, Words
from shared.records.notices import Notices
from shared.records.people import People

MOST = 1_000
"""Mentions that are told of in one run."""

OFF = "off"
"""Instead of an address, where the contact centre has none."""


class NobodyToTellError(Exception):
    """Nobody is on duty; raising it rings the alarm, and the next run tries again."""


@dataclass(frozen=True)
class Desk:
    """Records, and how letters leave; `contact_centre` is its address, or off."""

    mentions: Mentions
    notices: Notices
    accounts: Accounts
    people: People
    base_url: str
    sender: str
    contact_centre: str
    send: Send

    @property
    def link(self) -> str:
        """Where the worklist is."""
        return f"{self.base_url}/mentions"


@dataclass(frozen=True)
class Registry:
    """Whom it is about."""

    accounts: Mapping[AccountId, Account]
    people: Mapping[PersonId, Person]

    def title(self, account: AccountId) -> str:
        """What an account is called."""
        found = self.accounts.get(account)
        return found.title if found else str(account)

    def team(self, account: AccountId, now: datetime) -> list[Person]:
        """Who is there today for an account, or stands in."""
        found = self.accounts.get(account)
        there = covering(found, self.people, local(now).date()) if found else ()
        return [self.people[each] for each in sorted(there)]


def tell_mentions(desk: Desk, now: datetime) -> dict[Told, int]:
    """Tell what nobody was told, calls for help first; how many, by who was told. A MailError or
    NobodyToTellError if it could not be."""
    due = [(ring.whom, m) for m in desk.mentions.ringing(now, MOST) if (ring := ringing(m, now))]
    if not due:
        return dict.fromkeys(Told, 0)
    accounts = {each.account_id: each for each in desk.accounts.all()}
    people = {each.person_id: each for each in desk.people.all()}
    registry, told = Registry(accounts, people), dict.fromkeys(Told, 0)
    unheard: MailError | None = None
    for whom in (Told.CALL, Told.TEAM, Told.CENTRE):
        ours = _ours(desk, [mention for of, mention in due if of is whom], whom, now)
        if ours:
            heard, failed = _tell(desk, whom, ours, registry, now)
            told[whom] = len(heard)
            unheard = unheard or (failed if len(heard) < len(ours) else None)
    if unheard:  # after whoever else could be told
        raise unheard
    return told


def _ours(desk: Desk, mentions: list[Mention], whom: Told, now: datetime) -> list[Mention]:
    """Those that are ours to tell; what was told by a run that died behind it is only noted."""
    named = {_notice(each, whom): each for each in mentions}
    said = {"told": whom.value}
    ours = desk.notices.begin_each(
        (name, act_on_mention(each, Heard.TOLD, now, said)) for name, each in named.items()
    )
    others = desk.notices.several(named.keys() - ours)
    _note(desk, [named[name] for name, notice in others.items() if notice.told], whom)
    return [each for name, each in named.items() if name in ours]


def _tell(
    desk: Desk, whom: Told, mentions: list[Mention], registry: Registry, now: datetime
) -> tuple[list[Mention], MailError | None]:
    """Those that somebody was told of, and why a letter did not leave."""
    heard, failed = mentions, None
    if whom is Told.CALL:
        _tell_call(desk, mentions, registry, now)
    elif whom is Told.TEAM:
        heard, failed = _tell_teams(desk, mentions, registry, now)
    else:
        _tell_centre(desk, mentions, registry, now)
    desk.notices.told((_notice(each, whom) for each in heard), now)
    _note(desk, heard, whom)
    return heard, failed


def _tell_call(desk: Desk, mentions: list[Mention], registry: Registry, now: datetime) -> None:
    said = desk.mentions.words(mentions)
    lines = few(_called(each, registry, said.get(each.mention_id, {})) for each in mentions)
    letters = {p.email: CallsForHelp(p.name, lines, desk.link) for p in desk.people.on_duty()}
    if desk.contact_centre != OFF:
        letters[desk.contact_centre] = CallsForHelp("The contact centre", lines, desk.link)
    if not letters:
        raise NobodyToTellError("Nobody is on duty to be told of a call for help.")
    send_to_all(Event.CALLS_FOR_HELP, letters, sender=desk.sender, send=desk.send, at=now)


def _tell_teams(
    desk: Desk, mentions: list[Mention], registry: Registry, now: datetime
) -> tuple[list[Mention], MailError | None]:
    """Whoever is there for the account; where nobody is, whoever is on duty. The mentions that
    somebody was told of, and why a letter did not leave."""
    told: dict[str, tuple[Person, list[Mention]]] = {}
    for each in mentions:
        for person in registry.team(each.account, now) or desk.people.on_duty():
            told.setdefault(person.email, (person, []))[1].append(each)
    letters = {
        email: MentionsDue(person.name, few(_line(m, registry) for m in theirs), desk.link)
        for email, (person, theirs) in told.items()
    }
    if not letters:
        raise NobodyToTellError("Nobody is there to be reminded of mentions.")
    posted = send_each(Event.MENTIONS_DUE, letters, sender=desk.sender, send=desk.send, at=now)
    heard = {m.mention_id for email in posted.arrived for m in told[email][1]}
    return [each for each in mentions if each.mention_id in heard], posted.failed


def _tell_centre(desk: Desk, mentions: list[Mention], registry: Registry, now: datetime) -> None:
    lines = few([_line(each, registry) for each in mentions])
    letters = {p.email: MentionsOverdue(p.name, lines, desk.link) for p in desk.people.on_duty()}
    if not letters:
        raise NobodyToTellError("Nobody is on duty to be told of mentions.")
    send_to_all(Event.MENTIONS_OVERDUE, letters, sender=desk.sender, send=desk.send, at=now)


def _note(desk: Desk, mentions: list[Mention], whom: Told) -> None:
    """Where one was settled meanwhile, nobody needs it."""
    desk.mentions.told((each, replace(each, told=whom)) for each in mentions)


def _notice(mention: Mention, whom: Told) -> str:
    """A holding reply names another day, of which people are told anew."""
    day = mention.follow_up.isoformat() if mention.follow_up else "first"
    return f"mention/{mention.mention_id}/{whom.value}/{day}"


def _where(mention: Mention, registry: Registry) -> str:
    platform = TITLES.get(mention.platform, str(mention.platform))
    return f"{registry.title(mention.account)} on {platform}, {moment_text(mention.said_at)}"


def _called(mention: Mention, registry: Registry, said: Words) -> str:
    """Where it stands is all that is taken from what is sealed; of an erased one nobody knows."""
    address = said.get("url", "")
    return f"{_where(mention, registry)}{': ' if address else ''}{address}"


def _line(mention: Mention, registry: Registry) -> str:
    if mention.follow_up:
        return f"{_where(mention, registry)}; a holding reply was given"
    return f"{_where(mention, registry)}; due by {moment_text(due_at(mention))}"
