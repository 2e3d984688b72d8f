"""An invented force to try Bluelamp with: its people and its accounts.

Everybody here is made up; telephone numbers are from the ranges kept for drama.
"""

from dataclasses import replace
from datetime import UTC, date, datetime

from shared.accounts.checklist import Item
from shared.accounts.force import Force
from shared.accounts.registry import (
    Acceptance,
    Account,
    AccountKind,
    AccountStatus,
    ApprovalMode,
    Handle,
    Level,
    Person,
    ReservedName,
    Role,
    StatusChange,
    TwoStep,
)
from shared.accounts.training import Topic, Training
from shared.posts.names import AccountId, PersonId, PlatformName

DOMAIN = "moorshire.police.example"
MOORSHIRE = Force(DOMAIN)
_TAUGHT, _OPENED, _REVIEWED = date(2026, 9, 14), date(2026, 10, 1), date(2027, 10, 1)


def _person(
    key: str,
    name: str,
    role: Role,
    number: int,
    *,
    duty: int | None = None,
    senior: bool = False,
) -> Person:
    *rank, given, family = name.split()
    return Person(
        PersonId(key),
        name,
        f"{given.lower()}.{family.lower()}@{DOMAIN}",
        f"+447700900{number:03d}",
        role,
        duty=duty,
        senior=senior,
        rank=" ".join(rank),
        training=tuple(Training(topic, _TAUGHT) for topic in Topic),
        acceptance=Acceptance("2026-09", _TAUGHT),
    )


OFFICER = _person("p-officer", "PC Asha Rowley", Role.OFFICER, 101)
PCSO = _person("p-pcso", "PCSO Tom Ibsen", Role.PCSO, 102)
COMMANDER = _person("p-commander", "Chief Insp Grace Okoro", Role.LPT_COMMANDER, 103)
COMMS = _person("p-comms", "Dilys Penhale", Role.COMMS, 104, duty=0, senior=True)
DEPUTY = _person("p-comms-deputy", "Marek Zawada", Role.COMMS, 105, duty=1)
DUTY_OFFICER = _person("p-duty-officer", "Ruth Kettering", Role.CORPORATE, 106, duty=2, senior=True)
REGISTRAR = _person("p-registrar", "Owen Tansley", Role.REGISTRAR, 107)
AUDITOR = _person("p-auditor", "Farah Lindqvist", Role.AUDITOR, 108)
STANDARDS = _person("p-standards", "Det Sgt Ines Calloway", Role.PROFESSIONAL_STANDARDS, 109)

PEOPLE = (
    OFFICER,
    PCSO,
    COMMANDER,
    COMMS,
    DEPUTY,
    DUTY_OFFICER,
    REGISTRAR,
    AUDITOR,
    STANDARDS,
)

_LEEK = Account(
    AccountId("leek-npt"),
    "Leek Neighbourhood Team",
    Level.NEIGHBOURHOOD,
    "Leek",
    f"leek.npt@{DOMAIN}",
    (),
    OFFICER.person_id,
    members=frozenset({PCSO.person_id}),
    parent=AccountId("moorlands-cmdr"),
    purpose="Tells the people of Leek what their neighbourhood team does, and listens to them.",
    audience="People who live, work or study in Leek",
    rhythm_hours=48,
    reserved_names=(ReservedName(PlatformName("sandbox"), "@leekpolice"),),
)
_CHEADLE = Account(
    AccountId("cheadle-npt"),
    "Cheadle Neighbourhood Team",
    Level.NEIGHBOURHOOD,
    "Cheadle",
    f"cheadle.npt@{DOMAIN}",
    (),
    PCSO.person_id,
    members=frozenset({OFFICER.person_id}),
    # A new team: everything it writes is read by a second person at first.
    approval_mode=ApprovalMode.ALWAYS,
    parent=AccountId("moorlands-cmdr"),
    purpose="Tells the people of Cheadle what their neighbourhood team does.",
    audience="People who live, work or study in Cheadle",
    rhythm_hours=72,
)
_MOORLANDS = Account(
    AccountId("moorlands-cmdr"),
    "Moorlands Commander",
    Level.LPT,
    "Moorlands",
    f"moorlands.lpt@{DOMAIN}",
    (),
    COMMANDER.person_id,
    senior=True,
    kind=AccountKind.INDIVIDUAL,
    parent=AccountId("force"),
    communications_manager=COMMS.person_id,
    purpose="Speaks for policing in the Moorlands, above all when something serious happens.",
    audience="The Moorlands, its partners and its press",
    rhythm_hours=72,
)
_CORPORATE = Account(
    AccountId("force"),
    "Moorshire Police",
    Level.CORPORATE,
    "Moorshire",
    f"news@{DOMAIN}",
    (),
    DUTY_OFFICER.person_id,
    senior=True,
    kind=AccountKind.DEPARTMENT,
    purpose="Speaks for the force: news, appeals, advice, and who to turn to nearby.",
    audience="Everybody in Moorshire",
    rhythm_hours=24,
)


def accounts(services: dict[PlatformName, str]) -> tuple[Account, ...]:
    """The accounts, with a handle on every platform that is served (name to base URL)."""
    return tuple(
        _opened(_with_handles(a, services)) for a in (_LEEK, _CHEADLE, _MOORLANDS, _CORPORATE)
    )


def handle_name(account: AccountId, platform: PlatformName) -> str:
    """What the account is called on a platform."""
    return f"{account}.test" if platform == "bluesky" else f"@{account}"


def _with_handles(account: Account, services: dict[PlatformName, str]) -> Account:
    handles = tuple(
        Handle(platform, handle_name(account.account_id, platform), service)
        for platform, service in services.items()
    )
    return replace(account, handles=handles)


def _opened(account: Account) -> Account:
    """The account with all that the registrar saw before it was let speak."""
    page = f"https://www.{DOMAIN}/{account.account_id}"
    at = datetime(_OPENED.year, _OPENED.month, _OPENED.day, 9, tzinfo=UTC)
    opened = StatusChange(AccountStatus.ACTIVE, at, REGISTRAR.person_id, "Trained and checked.")
    return replace(
        account,
        force_page=page,
        house_rules=f"{page}/how-we-use-this-account",
        checklist=frozenset(Item),
        two_step=tuple(TwoStep(handle.platform, _OPENED) for handle in account.handles),
        review_date=_REVIEWED,
        history=(opened,),
    )
