"""The network's view of who answers one Bluesky account, alone or behind a real server.

Alone it keeps the account's gates and blocks as a server does; behind one it does not. What the
view leaves out of `getPosts` (posts of somebody blocked) it gives as a plain record, as Bluesky's
own view does.
"""

import json
import re
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.platforms.servers.bluesky_watched import CID, PASSED_ON, _did, _person, _View
from tests.platforms.servers.strict import RefusedRequestError, Reply, Request, Route
from tests.platforms.servers.watched import Someone

POST = "app.bsky.feed.post"
GATE, BLOCK = "app.bsky.feed.threadgate", "app.bsky.graph.block"
ROOT = "3mabcdefghi2a"
ON = {GATE: "hide", BLOCK: "block"}
SENT_ON = PASSED_ON | {"sec-fetch-mode"}
"""What a real server says besides where it asks in its own words."""


@dataclass
class Said:
    """One reply of somebody else's, or a post under somebody else's."""

    by: Someone
    text: str
    at: datetime
    root: str


class BlueskyModerated(_View):
    """One account; `kept` are its own records by collection and key."""

    def __init__(self, now: Any, *, behind: bool = False) -> None:
        self.answers: dict[str, Said] = {}
        self.kept: dict[tuple[str, str], dict[str, Any]] = {}
        self.reports: list[tuple[str, str]] = []
        self.unseen: set[str] = set()
        self._touched, self._foreign = "", False
        super().__init__(now, behind=behind)

    def answer(self, request: Request):
        """Faults strike by what is touched: one path changes gates and blocks."""
        body = json.loads(request.body) if request.path.endswith("Record") and request.body else {}
        asked = dict(request.query)
        self._touched = str(body.get("collection") or asked.get("collection"))
        self._foreign = asked.get("repo") not in (None, self.did)
        return super().answer(request)

    def routes(self) -> tuple[Route, ...]:
        def of(method: str) -> re.Pattern[str]:
            return re.compile("/xrpc/" + re.escape(method))

        change, found = ON.get(self._touched, "post"), "comment" if self._foreign else "read"
        repo, server = "com.atproto.repo", "com.atproto.server"
        return (
            Route("POST", of(f"{server}.createSession"), "sign-in", self.sign_in),
            Route("POST", of(f"{server}.refreshSession"), "sign-in", self.refresh),
            Route("GET", of("com.atproto.identity.resolveHandle"), "read", self._named, SENT_ON),
            Route("GET", of("app.bsky.feed.getPosts"), "comment", self._posts, PASSED_ON),
            Route("GET", of(f"{repo}.getRecord"), found, self._record, PASSED_ON),
            Route("GET", of(f"{repo}.listRecords"), "blocked", self._list),
            Route("POST", of(f"{repo}.putRecord"), change, self._put),
            Route("POST", of(f"{repo}.deleteRecord"), change, self._take),
            Route(
                "POST",
                of("com.atproto.moderation.createReport"),
                "report",
                self._report,
                SENT_ON,
            ),
        )

    def forget(self) -> None:
        self.answers.clear()
        self.kept.clear()
        self.reports.clear()
        self.unseen.clear()

    @property
    def nobody(self) -> str:
        return f"at://{_did(9)}/{POST}/3mnothing22222"[:-1]

    def say(self, text: str, by: Someone, *, under: str = "") -> str:
        key = f"3m{len(self.answers):011d}".translate(str.maketrans("0189", "abcd"))
        uri = f"at://{self.author_of(by)}/{POST}/{key}"
        self.answers[uri] = Said(by, text, self._now(), f"at://{under or self.did}/{POST}/{ROOT}")
        return uri

    def author_of(self, by: Someone) -> str:
        return _did(by.number) if by.number else self.did

    def stands(self, said: str) -> bool:
        return said in self.answers

    def is_hidden(self, said: str) -> bool:
        return said in self.gate().get("hiddenReplies", ())

    def gate(self) -> dict[str, Any]:
        return self.kept.get((GATE, ROOT), {})

    def is_blocked(self, author: str) -> bool:
        return author in [r["subject"] for (kind, _), r in self.kept.items() if kind == BLOCK]

    def _named(self, request: Request) -> Reply:
        handle = request.parameters("handle")["handle"]
        known = {f"{one.by.handle}.example.com": _did(one.by.number) for one in self._said()}
        if handle not in known:
            raise _no("InvalidRequest", "Unable to resolve handle")
        return Reply(200, {"did": known[handle]})

    def _said(self) -> list[Said]:
        return list(self.answers.values())

    def _posts(self, request: Request) -> Reply:
        self.held(request)
        uri = request.parameters("uris")["uris"]
        found = self.answers.get(uri)
        seen = found is not None and uri not in self.unseen
        answer = {"posts": [self._view_of(uri, found)] if seen else []}
        self.asked.append(
            {"method": "app.bsky.feed.getPosts", "query": {"uris": [uri]}, "answer": answer}
        )
        return Reply(200, answer)

    def _view_of(self, uri: str, found: Said) -> dict[str, Any]:
        at = found.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        author = {**_person(found.by)}
        author.pop("description")
        author["did"] = self.author_of(found.by)
        named = {"uri": uri, "cid": CID, "author": author}
        return {**named, "record": self._value(found), "indexedAt": at}

    def _value(self, found: Said) -> dict[str, Any]:
        at = found.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        post = {"uri": found.root, "cid": CID}
        value = {"$type": POST, "text": found.text, "createdAt": at}
        return {**value, "reply": {"root": post, "parent": post}}

    def _record(self, request: Request) -> Reply:
        asked = request.parameters("repo", "collection", "rkey")
        uri = f"at://{asked['repo']}/{asked['collection']}/{asked['rkey']}"
        if uri in self.answers:
            return Reply(200, {"uri": uri, "cid": CID, "value": self._value(self.answers[uri])})
        key = (asked["collection"], asked["rkey"])
        if asked["repo"] != self.did or key not in self.kept:
            raise _no("RecordNotFound", f"Could not locate record: {uri}")
        return Reply(200, {"uri": uri, "cid": self._cid(key), "value": self.kept[key]})

    def _cid(self, key: tuple[str, str]) -> str:
        return f"{CID[:-8]}{zlib.crc32(json.dumps(self.kept[key]).encode()):08x}"

    def _list(self, request: Request) -> Reply:
        asked = request.parameters("repo", "collection", "limit", "cursor")
        keys = sorted(key for kind, key in self.kept if kind == asked["collection"])
        start = int(asked.get("cursor", "0"))
        page = keys[start : start + int(asked["limit"])]
        records = [
            {
                "uri": f"at://{self.did}/{asked['collection']}/{key}",
                "cid": self._cid((asked["collection"], key)),
                "value": self.kept[asked["collection"], key],
            }
            for key in page
        ]
        more = {"cursor": str(start + len(page))} if start + len(page) < len(keys) else {}
        return Reply(200, {"records": records, **more})

    def _put(self, request: Request) -> Reply:
        self.held(request)
        fields = request.json()
        if set(fields) != {"repo", "collection", "rkey", "record", "swapRecord"}:
            raise _no("InvalidRequest", f"Unknown fields: {sorted(fields)}")
        if fields["repo"] != self.did or not _is_whole(fields):
            raise _no("InvalidRequest", "Invalid record")
        key = (fields["collection"], fields["rkey"])
        there = self._cid(key) if key in self.kept else None
        if fields["swapRecord"] != there:
            raise _no("InvalidSwap", f"Record was at {there}")
        self.kept[key] = fields["record"]
        uri = f"at://{self.did}/{key[0]}/{key[1]}"
        return Reply(200, {"uri": uri, "cid": self._cid(key)})

    def _take(self, request: Request) -> Reply:
        self.held(request)
        fields = request.json()
        if set(fields) != {"repo", "collection", "rkey"} or fields["repo"] != self.did:
            raise _no("InvalidRequest", "Invalid repo")
        self.kept.pop((fields["collection"], fields["rkey"]), None)
        return Reply(200, {})

    def _report(self, request: Request) -> Reply:
        self.held(request)
        fields = request.json()
        subject = fields["subject"]
        if subject["$type"] != "com.atproto.repo.strongRef" or subject["cid"] != CID:
            raise _no("InvalidRequest", "Invalid subject")
        self.reports.append((subject["uri"], fields["reason"]))
        told = {"id": len(self.reports), "reportedBy": self.did, **fields}
        at = self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return Reply(200, {**told, "createdAt": at})


def _is_whole(fields: dict[str, Any]) -> bool:
    """Whether a record is one that the lexicon allows."""
    record, kind = fields["record"], fields["collection"]
    match kind:
        case "app.bsky.feed.threadgate":
            known = {"$type", "post", "allow", "createdAt", "hiddenReplies"}
            rightly = record["post"].rsplit("/", 1)[-1] == fields["rkey"]
        case "app.bsky.graph.block":
            known, rightly = {"$type", "subject", "createdAt"}, record["subject"][:4] == "did:"
        case _:
            return False
    return rightly and record["$type"] == kind and set(record) <= known


def _no(name: str, message: str) -> RefusedRequestError:
    return RefusedRequestError(400, {"error": name, "message": message})
