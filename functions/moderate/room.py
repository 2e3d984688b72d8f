"""The approver's room: its collaborators, its clock, its application, and who may come in."""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial

from moderate.decide import Bench
from moderate.settings import PageSettings, ShelfSettings
from moderate.translate import page_of, translate
from shared.accounts.rights import Right
from shared.conductor.executions import Executions, step_functions
from shared.http.application import Application
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.identity.visitor import visitor as behind
from shared.policy.verdict import Candidate, Verdict
from shared.records.accounts import Accounts
from shared.records.approvals import Approvals
from shared.records.links import Links
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.policies import Policies
from shared.records.policy_in_use import PolicyInUse, with_registered
from shared.records.queue import Queue
from shared.records.sessions import Sessions
from shared.records.shelf import Shelf
from shared.records.snapshot import Snapshots
from shared.records.tables import Tables, tables
from shared.settings.reading import read


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    settings: PageSettings
    pen: Pen
    accounts: Accounts
    people: People
    sessions: Sessions
    snapshots: Snapshots
    bench: Bench
    policy: PolicyInUse
    kept: Tables
    queue: Queue


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings = read(PageSettings, os.environ)
    kept, pen = tables(settings.table_prefix), Pen(secrets.token_bytes)
    accounts, people = Accounts(kept, pen), People(kept, pen)
    policy = PolicyInUse(Policies(kept, pen))
    executions = Executions(step_functions, settings.publication_arn)
    verdict = partial(_verdict, policy, accounts)
    bench = Bench(Approvals(kept, pen), Links(kept), executions, verdict)
    sessions, snapshots = Sessions(kept), Snapshots(kept)
    return Room(
        settings, pen, accounts, people, sessions, snapshots, bench, policy, kept, Queue(kept)
    )


def _verdict(
    policy: PolicyInUse, accounts: Accounts, candidate: Candidate, at: datetime
) -> Verdict:
    """What the policy says today, with what the registry knows of whoever is reshared."""
    from shared.policy.check import check  # every rule there is, and only an edit is read by them

    return check(candidate, with_registered(policy(at.date()), candidate, accounts))


@cache
def shelf() -> Shelf:
    """Where pictures lie; made when the first is looked at."""
    import boto3

    return Shelf(cache(lambda: boto3.client("s3")), read(ShelfSettings, os.environ).media_bucket)


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


def guest_of(call: Call, right: Right = Right.READ_ALL) -> Visitor:
    """Who is signed in, if they have this right."""
    return behind(call, right, room().sessions, room().people, now())


app = Application("moderate", translate, lambda p: page_of(p, room().settings.sign_in_url))
