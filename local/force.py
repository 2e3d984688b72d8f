"""An invented force to try Bluelamp with: its people and its accounts.

Everybody here is made up; telephone numbers are from the ranges kept for drama.
"""

from shared.accounts.registry import Account, ApprovalMode, Handle, Level, Person, Role
from shared.posts.names import AccountId, PersonId, PlatformName

DOMAIN = "moorshire.police.example"


def _person(key: str, name: str, role: Role, number: int, duty: int | None = None) -> Person:
    mailbox = f"{name.split()[-2].lower()}.{name.rsplit(maxsplit=1)[-1].lower()}@{DOMAIN}"
    return Person(PersonId(key), name, mailbox, f"+447700900{number:03d}", role, duty=duty)


OFFICER = _person("p-officer", "PC Asha Rowley", Role.OFFICER, 101)
PCSO = _person("p-pcso", "PCSO Tom Ibsen", Role.PCSO, 102)
COMMANDER = _person("p-commander", "Chief Insp Grace Okoro", Role.LPT_COMMANDER, 103)
COMMS = _person("p-comms", "Dilys Penhale", Role.COMMS, 104, duty=0)
DEPUTY = _person("p-comms-deputy", "Marek Zawada", Role.COMMS, 105, duty=1)
DUTY_OFFICER = _person("p-duty-officer", "Ruth Kettering", Role.CORPORATE, 106, duty=2)
REGISTRAR = _person("p-registrar", "Owen Tansley", Role.REGISTRAR, 107)
AUDITOR = _person("p-auditor", "Farah Lindqvist", Role.AUDITOR, 108)

PEOPLE = (OFFICER, PCSO, COMMANDER, COMMS, DEPUTY, DUTY_OFFICER, REGISTRAR, AUDITOR)

_LEEK = Account(
    AccountId("leek-npt"),
    "Leek Neighbourhood Team",
    Level.NEIGHBOURHOOD,
    "Leek",
    f"leek.npt@{DOMAIN}",
    (),
    OFFICER.person_id,
    members=frozenset({PCSO.person_id}),
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
)


def accounts(services: dict[PlatformName, str]) -> tuple[Account, ...]:
    """The accounts, with a handle on every platform that is served (name to base URL)."""
    return tuple(_with_handles(a, services) for a in (_LEEK, _CHEADLE, _MOORLANDS, _CORPORATE))


def handle_name(account: AccountId, platform: PlatformName) -> str:
    """What the account is called on a platform."""
    return f"{account}.test" if platform == "bluesky" else f"@{account}"


def _with_handles(account: Account, services: dict[PlatformName, str]) -> Account:
    handles = tuple(
        Handle(platform, handle_name(account.account_id, platform), service)
        for platform, service in services.items()
    )
    return Account(**{**vars(account), "handles": handles})
