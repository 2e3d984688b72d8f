"""Who listens to an account on the sandbox, and what they said to it; for tests and trials to fill.

Pages are turned by the number of the first item that comes next.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from local.sandbox.network import LIMIT, MOST_PICTURES, Reply

PAGE = 50


@dataclass(frozen=True)
class Neighbour:
    """Somebody on the sandbox."""

    actor_id: str
    handle: str
    name: str
    about: str = ""

    def as_fields(self, base: str) -> dict[str, Any]:
        """JSON-ready."""
        url = f"{base}/people/{self.actor_id}"
        named = {"id": self.actor_id, "handle": self.handle, "name": self.name}
        return {**named, "url": url, "about": self.about}


@dataclass(frozen=True)
class Remark:
    """Something said to an account."""

    remark_id: str
    by: Neighbour
    text: str
    at: datetime
    answers: str | None = None

    def as_fields(self, base: str) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "id": self.remark_id,
            "url": f"{base}/remarks/{self.remark_id}",
            "author": self.by.as_fields(base),
            "text": self.text,
            "at": self.at.isoformat(),
            "answers": self.answers,
        }


class Audience:
    """Followers, followed and remarks, by account."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._people: dict[tuple[str, str], list[Neighbour]] = {}
        self._remarks: dict[str, list[Remark]] = {}

    def follow(self, account: str, by: Neighbour) -> None:
        """A new follower."""
        with self._lock:
            self._people.setdefault((account, "followers"), []).append(by)

    def followed(self, account: str, whom: Neighbour) -> None:
        """The account follows somebody."""
        with self._lock:
            self._people.setdefault((account, "following"), []).append(whom)

    def remark(self, account: str, remark: Remark) -> None:
        """Somebody says something to the account."""
        with self._lock:
            self._remarks.setdefault(account, []).append(remark)

    def profile(self, account: str, base: str, posts: int) -> Reply:
        """The account as anybody sees it."""
        own = Neighbour(account, account, account.title())
        with self._lock:
            counts = {
                which: len(self._people.get((account, which), ()))
                for which in ("followers", "following")
            }
        return Reply(200, {"account": own.as_fields(base), **counts, "posts": posts})

    def people(self, account: str, which: str, base: str, after: str) -> Reply:
        """A page of followers or followed."""
        with self._lock:
            people = list(self._people.get((account, which), ()))
        page, following = _page(people, after)
        shown = [one.as_fields(base) for one in page]
        return Reply(200, {"accounts": shown, "next": following})

    def remarks(self, account: str, since: str, base: str, after: str) -> Reply:
        """A page of remarks since then, newest first."""
        oldest = datetime.fromisoformat(since)
        with self._lock:
            said = [one for one in self._remarks.get(account, ()) if one.at >= oldest]
        said.sort(key=lambda one: one.at, reverse=True)
        page, following = _page(said, after)
        shown = [one.as_fields(base) for one in page]
        return Reply(200, {"mentions": shown, "next": following})

    def limits(self) -> Reply:
        """What a post may be here."""
        counted = {"characters": LIMIT.maximum, "url_length": LIMIT.url_length}
        return Reply(200, {**counted, "pictures": MOST_PICTURES})


def _page(items: Sequence[Any], after: str) -> tuple[Sequence[Any], str | None]:
    start = int(after) if after.isdecimal() else 0
    end = start + PAGE
    return items[start:end], str(end) if len(items) > end else None
