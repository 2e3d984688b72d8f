"""The registrar's room: its collaborators, its clock, its application, and who may come in."""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from register import leavers
from register.desk import Desk
from register.settings import Settings
from register.translate import page_of, translate
from register.vault import Vault
from shared.accounts.force import Force
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may
from shared.http.application import Application, journal
from shared.http.call import Call
from shared.identity.session import NotAllowedError
from shared.identity.visitor import Visitor
from shared.identity.visitor import visitor as behind
from shared.posts.names import PersonId
from shared.records.accounts import Accounts
from shared.records.custodies import Custodies
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.sessions import Sessions
from shared.records.snapshot import Snapshots
from shared.records.tables import Tables, tables
from shared.settings.reading import read

if TYPE_CHECKING:
    from register.keep_policy import PolicyDesk

FORM = "registry"


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    settings: Settings
    accounts: Accounts
    people: People
    sessions: Sessions
    snapshots: Snapshots
    desk: Desk
    leavers: leavers.Desk
    kept: Tables
    pen: Pen


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings, pen = read(Settings, os.environ), Pen(secrets.token_bytes)
    kept = tables(settings.table_prefix)
    accounts, people = Accounts(kept, pen), People(kept, pen)
    force = Force(settings.force_domain)
    desk = Desk(accounts, people, Custodies(kept, pen), force, settings.cover, warn)
    return Room(
        settings,
        accounts,
        people,
        Sessions(kept),
        Snapshots(kept),
        desk,
        leavers.Desk(people, accounts),
        kept,
        pen,
    )


def vault() -> Vault:
    """Where keys go in that publish."""
    return _vault(room().settings.secrets_prefix)


def reading_vault() -> Vault:
    """Where keys go in that only read."""
    return _vault(room().settings.reading_prefix)


@cache
def _vault(prefix: str) -> Vault:
    """Made when the first are set."""
    import boto3
    from botocore.config import Config

    patience = Config(
        connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
    )
    client = boto3.client("secretsmanager", config=patience)
    return Vault(client, prefix)


@cache
def policy_desk() -> "PolicyDesk":
    """What changing the policy needs; made when the first is changed."""
    from register.keep_policy import PolicyDesk
    from shared.records.policies import Policies

    here = room()
    return PolicyDesk(Policies(here.kept, here.pen), here.settings.information_management)


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


app = Application("register", translate, lambda p: page_of(p, room().settings.sign_in_url))


def visitor(call: Call, right: Right) -> Visitor:
    """The visitor behind a request, if they have this right."""
    return behind(call, right, room().sessions, room().people, now())


def visitor_about(call: Call, person_id: str, right: Right) -> Visitor:
    """Somebody who asks about their own entry, or has this right over everybody's."""
    guest = visitor(call, Right.OWN_ENTRY)
    if guest.person.person_id != person_id:
        require(guest.person, right)
    return guest


def require(person: Person, right: Right) -> None:
    """NotAllowedError unless they have this right."""
    answer = may(person, right)
    if not answer.allowed:
        raise NotAllowedError(answer.reason)


def people_named(ids: Iterable[PersonId]) -> dict[PersonId, Person]:
    """Those of them there are."""
    return room().snapshots.read(people=sorted(set(ids))).people


def warn(bare: tuple[Account, ...]) -> None:
    """Mail to the approvers on duty: nobody is there for these accounts. A letter that does not
    leave is no reason to refuse what happened; the clock warns again every morning.
    """
    from shared.mail.errors import MailError
    from shared.mail.everybody import send_to_all
    from shared.mail.letters import CoverMissing, Event
    from shared.mail.send import send, ses_client

    settings, titles = room().settings, tuple(account.title for account in bare)
    link = f"{settings.base_url}/registry"
    letters = {
        person.email: CoverMissing(person.name, titles, link) for person in room().people.on_duty()
    }
    client = ses_client()
    try:
        send_to_all(
            Event.COVER_MISSING,
            letters,
            sender=settings.mail_from,
            send=lambda message: send(message, client),
            at=now(),
        )
    except MailError:
        journal(app.app_name).warning("no letter about missing cover could be sent")
