"""The approver's room: its collaborators, its clock, its application, and who may come in."""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial

from moderate.decide import Bench
from moderate.settings import PageSettings, ShelfSettings
from moderate.translate import page_of, translate
from shared.accounts.registry import Account
from shared.accounts.rights import Right
from shared.conductor.executions import Executions, step_functions
from shared.http.application import Application
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.identity.visitor import visitor as behind
from shared.policy.circumstances import servers_of
from shared.policy.pack import Pack
from shared.policy.verdict import Candidate, Verdict
from shared.posts.names import PlatformName
from shared.records.accounts import Accounts
from shared.records.approvals import Approvals
from shared.records.links import Links
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.policies import Policies
from shared.records.policy_in_use import PolicyInUse
from shared.records.queue import Queue
from shared.records.registered import Registered, with_servers
from shared.records.server_limits import ServersTold
from shared.records.sessions import Sessions
from shared.records.shelf import Shelf, signing_client
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
    registered: Registered


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings = read(PageSettings, os.environ)
    kept, pen = tables(settings.table_prefix), Pen(secrets.token_bytes)
    accounts, people = Accounts(kept, pen), People(kept, pen)
    policy = PolicyInUse(Policies(kept, pen))
    executions = Executions(step_functions, settings.publication_arn)
    registered = Registered(accounts, ServersTold(kept, pen))
    verdict = partial(_verdict, policy, registered)
    bench = Bench(Approvals(kept, pen), Links(kept), executions, verdict)
    sessions, snapshots = Sessions(kept), Snapshots(kept)
    queue = Queue(kept)
    return Room(
        settings,
        pen,
        accounts,
        people,
        sessions,
        snapshots,
        bench,
        policy,
        kept,
        queue,
        registered,
    )


def pack_for(account: Account, platforms: Iterable[PlatformName]) -> Pack:
    """The policy of today, with the limits of the servers that this account's words will reach."""
    here = room()
    told = here.registered.limits(servers_of(account, platforms))
    return with_servers(here.policy(now().date()), told)


def _verdict(
    policy: PolicyInUse, registered: Registered, candidate: Candidate, at: datetime
) -> Verdict:
    """What the policy says today, with what registry and servers know besides."""
    from shared.policy.check import check  # every rule there is, and only an edit is read by them

    return check(candidate, registered(policy(at.date()), candidate))


@cache
def shelf() -> Shelf:
    """Where pictures lie; made when the first is looked at."""
    return Shelf(cache(signing_client), read(ShelfSettings, os.environ).media_bucket)


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


def guest_of(call: Call, right: Right = Right.READ_ALL) -> Visitor:
    """Who is signed in, if they have this right."""
    return behind(call, right, room().sessions, room().people, now())


app = Application("moderate", translate, lambda p: page_of(p, room().settings.sign_in_url))
