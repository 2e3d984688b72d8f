"""A Mastodon account that people answer: docs.joinmastodon.org, methods reports, accounts (block,
relationships) and search, version 4.x, read on 2026-11-21 in mastodon/documentation on GitHub.

A report takes a form, an account may be blocked twice, and an address that leads nowhere is an
empty search.
"""

import html
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from tests.platforms.servers.mastodon import MastodonServer
from tests.platforms.servers.strict import RefusedRequestError, Reply, Request, Route
from tests.platforms.servers.watched import Someone

REPORT = {"account_id", "status_ids[]", "comment", "category"}
ELSEWHERE = "https://elsewhere.example"


@dataclass
class Said:
    """One status of somebody else's."""

    by: Someone
    text: str
    at: datetime


class MastodonModerated(MastodonServer):
    """One account; `answers` by id."""

    nobody = "900404"

    def __init__(self, now: Any) -> None:
        self.answers: dict[str, Said] = {}
        self.reports: list[tuple[str, str]] = []
        self.blocked: set[str] = set()
        super().__init__(now)

    def routes(self) -> tuple[Route, ...]:
        block = re.compile(r"/api/v1/accounts/(\d+)/(block|unblock)")
        related = re.compile("/api/v1/accounts/relationships")
        return (
            Route("GET", re.compile(r"/api/v1/statuses/(9\d{5})"), "comment", self._answer_of),
            Route("GET", re.compile("/api/v2/search"), "read", self._search),
            Route("POST", re.compile("/api/v1/reports"), "report", self._report),
            Route("POST", block, "block", self._block),
            Route("GET", related, "blocked", self._related),
            *super().routes(),
        )

    def forget(self) -> None:
        self.answers.clear()
        self.reports.clear()
        self.blocked.clear()

    def say(self, text: str, by: Someone) -> str:
        named = str(900_000 + len(self.answers))
        self.answers[named] = Said(by, text, self._now())
        return named

    def address_of(self, said: str) -> str:
        """Where its own server shows it, under a number of its own."""
        return f"{ELSEWHERE}/@{self.answers[said].by.handle}/{int(said) - 900_000 + 7}"

    def author_of(self, by: Someone) -> str:
        return str(1000 + by.number) if by.number else "1"

    def stands(self, said: str) -> bool:
        return said in self.answers

    def is_hidden(self, _said: str) -> bool:
        return False

    def is_blocked(self, author: str) -> bool:
        return author in self.blocked

    def _found(self, named: str) -> Said:
        if named not in self.answers:
            raise RefusedRequestError(404, {"error": "Record not found"})
        return self.answers[named]

    def _answer_of(self, request: Request) -> Reply:
        self._signed_in(request)
        request.parameters()
        self._found(request.found[0])
        return Reply(200, self._status(request.found[0]))

    def _status(self, named: str) -> dict[str, Any]:
        found = self.answers[named]
        lines = html.escape(found.text).replace("\n", "<br />")
        return {
            "id": named,
            "url": self.address_of(named),
            "created_at": found.at.isoformat().replace("+00:00", "Z"),
            "account": {
                "id": self.author_of(found.by),
                "acct": f"{found.by.handle}@elsewhere.example",
                "display_name": found.by.name,
                "note": f"<p>{html.escape(found.by.about)}</p>",
                "url": f"{ELSEWHERE}/@{found.by.handle}",
            },
            "content": f"<p>{lines}</p>",
            "in_reply_to_id": "114001",
            "visibility": "public",
        }

    def _search(self, request: Request) -> Reply:
        self._signed_in(request)
        asked = request.parameters("q", "type", "resolve", "limit")
        if asked.get("resolve") != "true" or asked.get("type") != "statuses":
            raise RefusedRequestError(422, {"error": "resolve or type"})
        there = [name for name in self.answers if self.address_of(name) == asked["q"]]
        statuses = [self._status(name) for name in there]
        return Reply(200, {"accounts": [], "statuses": statuses, "hashtags": []})

    def _report(self, request: Request) -> Reply:
        self._signed_in(request)
        pairs = parse_qsl(request.body.decode(), keep_blank_values=True)
        form = dict(pairs)
        if {name for name, _ in pairs} - REPORT or len(form) < len(pairs):
            raise RefusedRequestError(422, {"error": f"Validation failed: {sorted(form)}"})
        if len(form["comment"]) > 1000 or form["category"] not in ("spam", "other"):
            raise RefusedRequestError(422, {"error": "Validation failed: Comment is too long"})
        named = form["status_ids[]"]
        if form["account_id"] != self.author_of(self._found(named).by):
            raise RefusedRequestError(404, {"error": "Record not found"})
        self.reports.append((named, form["comment"]))
        told = {"id": "48914", "action_taken": False, "category": form["category"]}
        return Reply(200, {**told, "comment": form["comment"], "forwarded": False})

    def _block(self, request: Request) -> Reply:
        self._signed_in(request)
        if request.body:
            raise RefusedRequestError(422, {"error": "Validation failed"})
        account, act = request.found
        (self.blocked.add if act == "block" else self.blocked.discard)(account)
        return Reply(200, self._relationship(account))

    def _related(self, request: Request) -> Reply:
        self._signed_in(request)
        account = request.parameters("id[]")["id[]"]
        return Reply(200, [self._relationship(account)])

    def _relationship(self, account: str) -> dict[str, Any]:
        return {"id": account, "blocking": account in self.blocked, "muting": False}
