"""A real Bluesky server, the sandbox as a laptop runs it, the feeds on a shelf, and the console."""

import json
import shutil
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from local.pds import PdsServer
from local.sandbox import SandboxServer
from local.sandbox.faults import Fault, FaultKind
from shared.platforms.base import Credentials
from shared.platforms.bluesky import Bluesky
from shared.platforms.console import Console
from shared.platforms.feed import Feed
from shared.platforms.feed.shelf import NoAnswerError, TakenError
from shared.platforms.sandbox import Sandbox
from shared.platforms.wire import Answer, Wire
from tests.chaos.between import BetweenWire
from tests.chaos.stages import Stage
from tests.chaos.tale import LATE
from tests.platforms.builders import PATIENT, MemorySessions
from tests.platforms.proxy import OPERATIONS
from tests.platforms.shelves import MemoryShelf

STALE = Answer(400, {}, b'{"error": "ExpiredToken", "message": "Token has expired"}')
REFUSED = Answer(401, {}, b'{"error": "unauthorized", "message": "Sign in again."}')


class BetweenStage(Stage):
    """A server that is spoken to for real."""

    expired = STALE

    def __init__(self, server):
        super().__init__()
        self.server, self.sessions = server, MemorySessions()
        self.keys = server.create_account("stoke")
        self.wire = BetweenWire(self.clock, self.operation, self.expired)

    def operation(self, method, path):
        raise NotImplementedError

    def fail(self, kind, on, times):
        self.wire.faults.add(Fault(FaultKind(kind), on=on, times=times))

    def hold_back(self, seconds):
        self.wire.late.append(seconds)

    def arrive(self):
        self.wire.arrive()

    def clear(self):
        self.wire.late.clear()
        self.turn(timedelta(minutes=5))
        self.wire.faults.clear()


class BlueskyStage(BetweenStage):
    name, title = "bluesky", "Bluesky (real server)"
    others = ("read", "sign-in", "media")
    never = frozenset({FaultKind.DUPLICATE.value})

    def operation(self, _method, path):
        return OPERATIONS.get(path.rpartition("/")[2], "read")

    def open(self):
        return Bluesky(self.keys, self.sessions, "@stoke.test", wire=self.wire, clock=self.clock)

    def copies(self, text):
        return [said for _, said, _ in self.stands()].count(text)

    def stands(self):
        query = {
            "repo": self.keys.identifier,
            "collection": "app.bsky.feed.post",
            "limit": "100",
        }
        where = f"{self.server.url}/xrpc/com.atproto.repo.listRecords"
        records = Wire(PATIENT).call("GET", where, query=query).fields()["records"]
        return [
            (
                record["uri"],
                record["value"]["text"],
                record["value"].get("reply", {}).get("parent", {}).get("uri"),
            )
            for record in records
        ]


class SandboxStage(BetweenStage):
    name, title = "sandbox", "Sandbox"
    others = ("timeline", "sign-in", "media")
    never = frozenset({FaultKind.DUPLICATE.value})
    expired = REFUSED

    def operation(self, method, path):
        kind = path.strip("/").split("/")[1]
        if kind == "posts":
            return {"POST": "post", "DELETE": "delete"}.get(method, "timeline")
        return {"sessions": "sign-in", "pictures": "media"}.get(kind, "timeline")

    def open(self):
        return Sandbox(self.keys, self.sessions, wire=self.wire, clock=self.clock)

    def copies(self, text):
        return [post.text for post in self.server.posts].count(text)

    def stands(self):
        return [(post.post_id, post.text, post.answers) for post in self.server.posts]

    def clear(self):
        super().clear()
        for post in self.server.posts:  # whoever reads a timeline reads only this tale's
            self.server.network.delete(post.account, post.post_id)


class LateShelf(MemoryShelf):
    """Whose writes of an entry may arrive long after they were given up."""

    def __init__(self, clock):
        super().__init__()
        self.clock, self.late, self.under_way = clock, [], []

    def write(self, path, data, content_type, seen):
        if self.late and self._act(path, data) == "post":
            arrives = self.clock() + timedelta(seconds=self.late.pop())
            self.under_way.append((arrives, (path, data, content_type, seen)))
            raise NoAnswerError("ReadTimeoutError")
        super().write(path, data, content_type, seen)

    def arrive(self):
        due = [what for at, what in self.under_way if at <= self.clock()]
        self.under_way = [(at, what) for at, what in self.under_way if at > self.clock()]
        for what in due:
            try:
                self._put(*what)
            except TakenError:
                continue  # somebody wrote there since; the condition does not hold any more


class FeedStage(Stage):
    name, title = "feed", "Feeds"
    others = ("read", "media")
    never = frozenset({FaultKind.DUPLICATE.value, FaultKind.EXPIRED_TOKEN.value})
    account = "stoke"

    def __init__(self):
        super().__init__()
        self.shelf = LateShelf(self.clock)

    def open(self):
        keys = Credentials("https://feeds.example", self.account, "")
        return Feed(keys, "Stoke Town Team", self.shelf, self.clock, lambda _: None)

    def fail(self, kind, on, times):
        self.shelf.faults.add(Fault(FaultKind(kind), on=on, times=times))

    def hold_back(self, seconds):
        self.shelf.late.append(seconds)

    def arrive(self):
        self.shelf.arrive()

    def clear(self):
        self.turn(timedelta(minutes=5))
        self.shelf = LateShelf(self.clock)

    def copies(self, text):
        kept = self.shelf.kept.get(f"public/{self.account}/feed.json", (b'{"items": []}', ""))[0]
        return [item["content_text"] for item in json.loads(kept)["items"]].count(text)


class ConsoleStage(Stage):
    name, title = "console", "Console"
    others = ()
    never = frozenset(kind.value for kind in FaultKind) | {LATE}

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())

    def open(self):
        return Console(self.folder / "log.jsonl", lambda _: None)

    def clear(self):
        self.turn(timedelta(minutes=5))
        (self.folder / "log.jsonl").unlink(missing_ok=True)

    def copies(self, text):
        return [said for _, said, _ in self.stands()].count(text)

    def stands(self):
        log = self.folder / "log.jsonl"
        said = map(json.loads, log.read_text().splitlines() if log.exists() else ())
        posts = [(act["key"], act["request"]) for act in said if act["act"] == "post"]
        return [(key, post["text"], post.get("answers")) for key, post in posts]


@contextmanager
def bluesky():
    with PdsServer.start() as server:
        yield BlueskyStage(server)


@contextmanager
def sandbox():
    stages = []
    with SandboxServer(lambda: stages[0].now if stages else None) as server:
        stages.append(SandboxStage(server))
        yield stages[0]


@contextmanager
def feed():
    yield FeedStage()


@contextmanager
def console():
    stage = ConsoleStage()
    try:
        yield stage
    finally:
        shutil.rmtree(stage.folder)
