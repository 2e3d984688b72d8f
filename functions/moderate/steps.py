"""The state machine's calls to this room: parse, one deed, answer."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any

from moderate.ask_approver import Asking, Turn
from moderate.ask_approver import ask_approver as ask
from moderate.check_policy import check_policy as check
from moderate.record_ending import Desk
from moderate.record_ending import record_ending as record
from moderate.settings import MailSettings, ReaderSettings, TableSettings
from shared.conductor.executions import Executions, step_functions
from shared.mail.send import send, ses_client
from shared.policy.second import SecondReader
from shared.posts.life import State
from shared.posts.names import AccountId, PostId
from shared.readers.choose import open_reader
from shared.records.accounts import Accounts
from shared.records.approvals import Approvals
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.policies import Policies
from shared.records.policy_in_use import PolicyInUse, with_registered
from shared.records.posts import Posts
from shared.records.snapshot import Snapshots
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
def second_reader() -> SecondReader | None:
    """Who reads a second time, if anybody does."""
    settings = read(ReaderSettings, os.environ)
    return open_reader(settings.second_reader, settings.second_reader_target)


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
    """What recording an ending needs."""
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
    """`{post_id, version}` to `{outcome, account, due_at, ask, round_seconds}`."""
    now = datetime.now(UTC)
    checked = check(
        PostId(event["post_id"]),
        event["version"],
        posts=Posts(kept(), PEN),
        snapshots=Snapshots(kept()),
        pack=policy()(now.date()),
        registered=partial(with_registered, accounts=Accounts(kept(), PEN)),
        reader=second_reader(),
        now=now,
    )
    return {
        "outcome": checked.outcome,
        "account": checked.account,
        "due_at": _whole_second(checked.due_at),
        "ask": {"round": 0, "seconds": checked.round_seconds[0]},
        "round_seconds": list(checked.round_seconds),
    }


def ask_approver(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{post_id, version, account, round, seconds, token}`; answered through the token."""
    approval = ask(
        PostId(event["post_id"]),
        event["version"],
        Turn(event["round"], event["seconds"], event["token"], AccountId(event["account"])),
        asking(),
        datetime.now(UTC),
    )
    return {"asked": list(approval.asked)}


def record_ending(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{post_id, version, ending}` to `{decision}`, `none` where nobody decided."""
    decision = record(
        PostId(event["post_id"]),
        event["version"],
        State(event["ending"]),
        desk(),
        datetime.now(UTC),
    )
    return {"decision": decision}


def _whole_second(moment: datetime) -> str:
    """Rounded up: a wait must never end before an embargo does."""
    up = (moment + timedelta(microseconds=999_999)).replace(microsecond=0)
    return up.astimezone(UTC).isoformat().replace("+00:00", "Z")
