"""Fills the registry's pages: from what is on record to what is shown."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from register.shown_silent import SILENT, proposal
from shared.accounts.checklist import ASKS, REQUIRED
from shared.accounts.custody import URGENT, Attention, Custody, attention
from shared.accounts.registry import Account, Person, StatusChange
from shared.accounts.rhythm import rhythm_words
from shared.accounts.rights import Right, may
from shared.drift.drift import Kind
from shared.drift.profile import TITLES
from shared.drift.telling import TELLS, cannot_tell
from shared.pages.parts import HistoryLine
from shared.pages.registry_views import EntryView, Fact, FormView, RegistryRow, RegistryView, Way
from shared.posts.localtime import day_text, moment_text
from shared.posts.names import PersonId, PlatformName

Names = Mapping[PersonId, str]

COLOURS = {
    "active": "green",
    "away": "yellow",
    "suspended": "red",
    "left": "grey",
    "closed": "grey",
}
ATTENTION = {
    Attention.UNFINISHED: "Not finished; set them again",
    Attention.KNOWN_BY_LEAVER: "Change now: somebody who knew them has no access",
    Attention.NOT_GOOD: "Refused or missing; set them again",
    Attention.OVERDUE: "Overdue; change them",
    Attention.ENDING: "The platform ends them soon; set new ones",
    Attention.DUE_SOON: "Due soon",
}
ACCOUNTS, PEOPLE, KEYS = "/registry", "/registry/people", "/registry/credentials"


def accounts_view(accounts: Iterable[Account], cursor: str | None, reader: Person) -> RegistryView:
    """A part of all accounts."""
    ways = [
        Way(PEOPLE, "People"),
        Way(KEYS, "Keys"),
        Way(SILENT, "Silent"),
        Way("/accounts", "What the public sees"),
    ]
    if may(reader, Right.KEEP_ACCOUNTS).allowed:
        ways.insert(0, Way("/registry/accounts/new", "Ask for an account"))
    rows = tuple(
        RegistryRow(
            f"/registry/accounts/{account.account_id}",
            account.title,
            account.status.value.capitalize(),
            COLOURS.get(account.status.value, "blue"),
            f"{account.level.value}, {account.area}",
        )
        for account in accounts
    )
    return RegistryView("Accounts", ACCOUNTS, rows, cursor, tuple(ways))


def account_view(
    account: Account,
    names: Names,
    *,
    custodies: tuple[Custody, ...],
    known: Mapping[PersonId, Person],
    now: datetime,
    forms: tuple[FormView, ...],
    ways: tuple[Way, ...],
) -> EntryView:
    """One account."""
    facts = (
        *_what(account),
        *_who(account, names),
        *_how(account),
        Fact("Keys", tuple(_keys(each, known, now.date()) for each in custodies)),
    )
    status = account.status.value
    return EntryView(
        account.title,
        status.capitalize(),
        COLOURS.get(status, "blue"),
        facts,
        history(account.history, names),
        forms,
        ways,
        proposal(account),
    )


def _what(account: Account) -> tuple[Fact, ...]:
    return (
        Fact("Level", (account.level.value,)),
        Fact("Area", (account.area,)),
        Fact("Purpose", _line(account.purpose)),
        Fact("Audience", _line(account.audience)),
        Fact("Mailbox", _line(account.email)),
        Fact("Names", tuple(f"{each.platform}: {each.name}" for each in account.handles)),
        Fact("Compared every hour", tuple(compared(each.platform) for each in account.handles)),
        Fact("Reserved", tuple(f"{each.platform}: {each.name}" for each in account.reserved_names)),
    )


def compared(platform: PlatformName) -> str:
    """What of an account there is compared with what we know, and what is not."""
    told = ", ".join(TITLES[kind].lower() for kind in Kind if kind in TELLS.get(platform, ()))
    what = f"{told}. " if told else "nothing. "
    return f"{platform}: {what}{cannot_tell(platform)}"


def _who(account: Account, names: Names) -> tuple[Fact, ...]:
    def called(ids: Iterable[PersonId]) -> tuple[str, ...]:
        return tuple(names.get(person_id, person_id) for person_id in sorted(ids))

    managers = [account.communications_manager] if account.communications_manager else []
    return (
        Fact("Owner", called([account.owner])),
        Fact("Deputies", called(account.deputies)),
        Fact("Members", called(account.members)),
        Fact("Communications manager", called(managers)),
    )


def _how(account: Account) -> tuple[Fact, ...]:
    return (
        Fact("Belongs to", _line(account.parent or "")),
        Fact("Approval", (account.approval_mode.value,)),
        Fact("Expected to post", (rhythm_words(account),)),
        Fact("Force page", _line(account.force_page)),
        Fact("House rules", _line(account.house_rules)),
        Fact("Not seen yet", tuple(ASKS[item] for item in sorted(REQUIRED - account.checklist))),
        Fact("Two-step", tuple(f"{each.platform}: {each.on}" for each in account.two_step)),
        Fact("Looked at again", _line(str(account.review_date or ""))),
    )


def keys_view(
    custodies: Iterable[Custody], known: Mapping[PersonId, Person], today: date
) -> RegistryView:
    """Every target's keys, those first that need somebody."""
    order = [*Attention, None]
    found = sorted(
        ((attention(each, known, today), each) for each in custodies),
        key=lambda pair: (order.index(pair[0]), pair[1].due),
    )
    rows = tuple(
        RegistryRow(
            f"/registry/accounts/{each.account_id}",
            each.target,
            ATTENTION[why].split(";")[0].split(":")[0] if why else "Good",
            "red" if why in URGENT else "yellow" if why else "green",
            _keys(each, known, today),
        )
        for why, each in found
    )
    ways = (Way(ACCOUNTS, "Accounts"),)
    return RegistryView("Keys of the accounts", KEYS, rows, None, ways, "No keys are kept yet.")


def _keys(custody: Custody, known: Mapping[PersonId, Person], today: date) -> str:
    why = attention(custody, known, today)
    when = moment_text(custody.set_at) if custody.set_at else "never"
    tried = custody.check.value.replace("_", " ")
    end = f"; ends {day_text(custody.ends_at)}" if custody.ends_at else ""
    told = f"{custody.told}: set by {custody.set_by}, {when}; due {custody.due}{end}; {tried}"
    return f"{told}. {ATTENTION[why]}." if why else f"{told}."


def history(changes: Iterable[StatusChange], names: Names) -> tuple[HistoryLine, ...]:
    """Every step of a life, the first one first."""
    return tuple(
        HistoryLine(
            each.at,
            names.get(PersonId(each.by), each.by),
            f"Became {each.status.value}.",
            each.why,
        )
        for each in changes
    )


def _line(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
