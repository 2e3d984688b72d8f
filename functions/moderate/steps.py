"""The state machine's calls to this room: parse, one deed, answer."""

import os
import secrets
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from moderate.ask_approver import Asking, Turn
from moderate.ask_approver import ask_approver as ask
from moderate.check_policy import check_policy as check
from moderate.command import Command
from moderate.hold_post import Desk as Holding
from moderate.hold_post import Order
from moderate.hold_post import hold_post as hold
from moderate.record_ending import record_ending as record
from moderate.settings import ONLY_ADVICE, DoorSettings, MailSettings, TableSettings
from moderate.tell_affected import Office
from moderate.tell_affected import tell_affected as tell_everybody
from moderate.tell_author import Desk
from moderate.tell_author import tell_author as tell
from shared.accounts.incident import Event
from shared.conductor.executions import Executions, step_functions
from shared.mail.send import send, ses_client
from shared.policy.second import SecondReader
from shared.posts.life import State
from shared.posts.names import AccountId, IncidentId, PersonId, PostId
from shared.readers.choose import open_reader
from shared.records.accounts import Accounts
from shared.records.approvals import Approvals
from shared.records.custodies import Custodies
from shared.records.hold import Why
from shared.records.holds import Holds
from shared.records.incidents import Incidents
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.policies import Policies
from shared.records.policy_in_use import PolicyInUse
from shared.records.posts import Posts
from shared.records.registered import Registered
from shared.records.server_limits import ServersTold
from shared.records.snapshot import Snapshots
from shared.records.stopped import Stopped
from shared.records.tables import Tables, tables
from shared.settings.reading import read

PEN = Pen(secrets.token_bytes)


@cache
def kept() -> Tables:
    """The tables, over one connection."""
    return tables(read(TableSettings, os.environ).table_prefix)


@cache
def policy() -> PolicyInUse:
    """The policy in use."""
    return PolicyInUse(Policies(kept(), PEN))


@cache
def registered() -> Registered:
    """What registry and servers add to it."""
    return Registered(Accounts(kept(), PEN), ServersTold(kept(), PEN))


@cache
def door() -> DoorSettings:
    """How words are read at the door."""
    return read(DoorSettings, os.environ)


@cache
def second_reader() -> SecondReader | None:
    """Who reads a second time, if anybody does."""
    return open_reader(door().second_reader, door().second_reader_target)


@cache
def asking() -> Asking:
    """What asking needs."""
    settings, client = read(MailSettings, os.environ), ses_client()
    return Asking(
        Snapshots(kept()),
        People(kept(), PEN),
        Approvals(kept(), PEN),
        Executions(step_functions),
        lambda letter: send(letter, client),
        settings.mail_from,
        settings.base_url,
    )


@cache
def desk() -> Desk:
    """What telling an author, and recording an ending, needs."""
    settings, client = read(MailSettings, os.environ), ses_client()
    return Desk(
        Snapshots(kept()),
        Posts(kept(), PEN),
        Approvals(kept(), PEN),
        lambda letter: send(letter, client),
        settings.mail_from,
        settings.base_url,
    )


def check_policy(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{post_id, version}` to `{outcome, account, about, due_at, ask, round_seconds}`."""
    now = datetime.now(UTC)
    checked = check(
        PostId(event["post_id"]),
        event["version"],
        posts=Posts(kept(), PEN),
        snapshots=Snapshots(kept()),
        pack=policy()(now.date()),
        registered=registered(),
        reader=second_reader(),
        edits_clear=door().edits_clear == ONLY_ADVICE,
        ends=Custodies(kept(), PEN).ends,
        now=now,
    )
    return {
        "outcome": checked.outcome,
        "account": checked.account,
        "about": asdict(checked.about),
        "due_at": _whole_second(checked.due_at),
        "ask": {"round": 0, "seconds": checked.round_seconds[0]},
        "round_seconds": list(checked.round_seconds),
    }


def ask_approver(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{post_id, version, account, about, round, seconds, token}`; answered through the token."""
    approval = ask(
        PostId(event["post_id"]),
        event["version"],
        _turn(event),
        asking(),
        datetime.now(UTC),
    )
    return {"asked": list(approval.asked) if approval else []}


def _turn(event: dict[str, Any]) -> Turn:
    about = event.get("about", {})  # what was on its way before the door told it has none
    return Turn(
        event["round"],
        event["seconds"],
        event["token"],
        AccountId(event["account"]),
        tuple(map(AccountId, about.get("accounts", ()))),
        tuple(map(PersonId, about.get("people", ()))),
    )


def hold_post(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{post_id, version, why, reason, incident, partly, token}`; answered through the token."""
    hold(
        PostId(event["post_id"]),
        event["version"],
        Order(
            Why(event["why"]), event["reason"], event["incident"], event["partly"], event["token"]
        ),
        Holding(Holds(kept(), PEN), Executions(step_functions), desk()),
        datetime.now(UTC),
    )
    return {}


def record_ending(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{post_id, version, ending}` to `{decision}`, `none` where nobody decided."""
    decision = record(
        PostId(event["post_id"]),
        event["version"],
        State(event["ending"]),
        desk=desk(),
        holds=Holds(kept(), PEN),
        now=datetime.now(UTC),
    )
    return {"decision": decision}


def tell_author(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{post_id, version}` to `{letter}`, `none` where there was nothing to tell."""
    letter = tell(PostId(event["post_id"]), event["version"], desk(), datetime.now(UTC))
    return {"letter": letter.value if letter else "none"}


@cache
def office() -> Office:
    """What telling everybody of an incident needs."""
    settings, client = read(MailSettings, os.environ), ses_client()
    command = Command(
        Incidents(kept(), PEN),
        Accounts(kept(), PEN),
        Stopped(kept()),
        Executions(step_functions),
        PEN,
        lambda: datetime.now(UTC),
    )
    return Office(
        command,
        People(kept(), PEN),
        Snapshots(kept()),
        lambda letter: send(letter, client),
        settings.mail_from,
        settings.base_url,
    )


def tell_affected(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{incident_id, event}` to `{outcome}`: more, again, told or partly."""
    told = tell_everybody(IncidentId(event["incident_id"]), Event(event["event"]), office())
    return {"outcome": told}


def _whole_second(moment: datetime) -> str:
    """Rounded up: a wait must never end before an embargo does."""
    up = (moment + timedelta(microseconds=999_999)).replace(microsecond=0)
    return up.astimezone(UTC).isoformat().replace("+00:00", "Z")
