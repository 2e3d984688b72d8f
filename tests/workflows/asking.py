"""One request for approval as its tests drive it: asked, opened, sent back, and looked at after."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from local.demo.caller import Caller, Heard
from local.demo.letters import READING, Letter
from shared.mail.links import token_sha256
from shared.posts.acts import Happened
from shared.posts.life import ENDINGS, State
from shared.posts.names import PostId
from shared.records.approval import Approval
from tests.workflows.force import WATCHED, Force, eventually

T = TypeVar("T")
DECIDED = {Happened.APPROVED.value, Happened.RETURNED.value, Happened.REJECTED.value}


@dataclass
class Browser:
    """A browser that has the page behind a link open."""

    caller: Caller
    letter: Letter
    fields: dict[str, str] = field(default_factory=dict)

    def send(self, choice: str = "approve", **other: str) -> Heard:
        """Send the form, filled in as the addressee would, but for `other`."""
        reason = "" if choice == "approve" else "Say where."
        filled = {"choice": choice, "reason": reason, "code": self.letter.code}
        return self.caller.post_form(self.letter.link, {**self.fields, **filled, **other})


@dataclass
class Asked:
    """A post that waits for approval, and the letter about it."""

    force: Force
    post_id: PostId
    letter: Letter

    def open(self) -> Browser:
        """Open the link in a fresh browser, and read: sooner than that nobody decides."""
        caller = Caller(self.force.stack.url)
        browser = Browser(caller, self.letter, caller.get(self.letter.link).fields())
        self.force.stack.clock.advance(READING)
        return browser

    def approval(self) -> Approval:
        """What is on record."""
        return self.force.approvals.get(self.post_id, 1)

    def is_undecided(self) -> bool:
        """Whether nobody has decided, by the approval, by the post and by the record log."""
        waits = self.force.state(self.post_id) is State.AWAITING_APPROVAL
        return waits and self.approval().ruling is None and not self.rulings()

    def rulings(self) -> list[str]:
        """The decisions about it in the record log."""
        about = f"post:{self.post_id}@v1"
        rows = self.force.stack.tables.outbox.scan(consistent_read=True)
        leaves = (json.loads(bytes(row.envelope)) for row in rows)
        return [x["type"] for x in leaves if x["subject"] == about and x["type"] in DECIDED]

    def change(self, table: str, **values: object) -> None:
        """Forge the record behind everybody's back: the link's, the approval's or the post's."""
        tables = self.force.stack.tables
        key = (self.post_id, 1)
        if table == "links":
            key = (token_sha256(self.letter.link.rpartition("/")[2]),)
        model = getattr(tables, table)
        model.get(*key).update([getattr(model, name).set(value) for name, value in values.items()])


def ask(force: Force, text: str, **more: Any) -> Asked:
    """Submit a post that needs approval, and wait for the letter."""
    post_id = force.submit(text, WATCHED, **more)
    return Asked(force, post_id, force.letter(post_id))


def at_once(*calls: Callable[[], T]) -> list[T]:
    """Make all calls in the same moment, as far as threads have one."""
    gate = threading.Barrier(len(calls))

    def call(one: Callable[[], T]) -> T:
        gate.wait()
        return one()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, calls))


def everything(force: Force) -> dict[str, object]:
    """Every item of every table, what every execution does, and how many mails there are, once
    every letter has arrived and nobody is still being told of what has ended."""
    eventually(lambda: not _being_told(force) and not _on_their_way(force))
    database = force.stack.aws.client("dynamodb")
    kept: dict[str, object] = {}
    for name in database.list_tables()["TableNames"]:
        pages = database.get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
        items = [item for page in pages for item in page["Items"]]
        kept[name] = sorted(items, key=str)
    kept["executions"] = sorted(_runs(force))
    kept["mails"] = len(force.stack.mailbox)
    return kept


def _being_told(force: Force) -> list[tuple[PostId, int]]:
    """The versions whose execution still runs though they have their ending."""
    running = [name for name, status in _runs(force) if status == "RUNNING"]
    versions = [(PostId(name[:26]), int(name[27:])) for name in running]
    return [each for each in versions if force.posts.get(*each).state in ENDINGS]


def _on_their_way(force: Force) -> list[str]:
    """The letters of which the mail service has told nothing yet."""
    rows = force.stack.tables.links.scan(consistent_read=True)
    return [row.link_hash for row in rows if not (row.delivered_at or row.undelivered)]


def _runs(force: Force) -> list[tuple[str, str]]:
    """Every execution's name and status."""
    machines = force.stack.aws.client("stepfunctions")
    arn = force.stack.environment("ComposeApi")["PUBLICATION_ARN"]
    pages = machines.get_paginator("list_executions").paginate(stateMachineArn=arn)
    return [(run["name"], run["status"]) for page in pages for run in page["executions"]]
