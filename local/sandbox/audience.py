"""Who listens to an account on the sandbox, and what they said to it; for tests and trials to fill.

Pages are turned by the number of the first item that comes next.
"""

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from local.sandbox.network import LIMIT, MOST_PICTURES
from local.sandbox.replies import Reply, refusal

PAGE = 50


@dataclass(frozen=True)
class Neighbour:
    """Somebody on the sandbox."""

    actor_id: str
    handle: str
    name: str
    about: str = ""
    following: int = 0
    followers: int = 0
    posts: int = 0

    def as_fields(self, base: str) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "id": self.actor_id,
            "handle": self.handle,
            "name": self.name,
            "url": f"{base}/people/{self.actor_id}",
            "about": self.about,
            "following": self.following,
            "followers": self.followers,
            "posts": self.posts,
        }


@dataclass(frozen=True)
class Remark:
    """Something said to an account."""

    remark_id: str
    by: Neighbour
    text: str
    at: datetime
    answers: str | None = None
    hidden: bool = False

    def as_fields(self, base: str) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "id": self.remark_id,
            "url": f"{base}/remarks/{self.remark_id}",
            "author": self.by.as_fields(base),
            "text": self.text,
            "at": self.at.isoformat(),
            "answers": self.answers,
            "hidden": self.hidden,
        }


class Audience:
    """Followers, followed and remarks, by account."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._people: dict[tuple[str, str], list[Neighbour]] = {}
        self._remarks: dict[str, list[Remark]] = {}
        self._blocked: set[tuple[str, str]] = set()
        self._last = 0

    def follow(self, account: str, by: Neighbour) -> None:
        """A new follower."""
        with self._lock:
            self._people.setdefault((account, "followers"), []).append(by)

    def followed(self, account: str, whom: Neighbour) -> None:
        """The account follows somebody."""
        with self._lock:
            self._people.setdefault((account, "following"), []).append(whom)

    def remark(self, account: str, remark: Remark) -> None:
        """Somebody says something to the account; nobody hears who is blocked."""
        with self._lock:
            if (account, remark.by.actor_id) not in self._blocked:
                self._remarks.setdefault(account, []).append(remark)

    def hear(self, fields: Mapping[str, Any], base: str, at: datetime) -> Reply:
        """A remark of a trial's public: `account`, `text`, and perhaps `name` and `answers`."""
        account, text, name = (str(fields.get(key, "")) for key in ("account", "text", "name"))
        if not account or not text.strip():
            return refusal(422, "remark", "Say to which account, and what.")
        handle = re.sub(r"\W+", "", name).lower() or "somebody"
        with self._lock:
            self._last += 1
            remark_id = f"t{self._last:06d}"
        by = Neighbour(f"n-{handle}", handle, name or "Somebody")
        answers = str(fields["answers"]) if fields.get("answers") else None
        self.remark(account, Remark(remark_id, by, text, at, answers))
        found = self.said(account, remark_id)
        if found is None:
            return refusal(403, "blocked", "This account hears nothing from you.")
        return Reply(201, found.as_fields(base))

    def heard(self, remark_id: str) -> Remark | None:
        """One remark to whatever account, as anybody sees it: none that is hidden."""
        with self._lock:
            said = [one for remarks in self._remarks.values() for one in remarks]
        return next((one for one in said if one.remark_id == remark_id and not one.hidden), None)

    def said(self, account: str, remark_id: str) -> Remark | None:
        """One remark."""
        with self._lock:
            return self._found(account, remark_id)

    def hide(self, account: str, remark_id: str, *, hidden: bool) -> Remark | None:
        """The remark, hidden or shown from now on."""
        with self._lock:
            found = self._found(account, remark_id)
            if found is None:
                return None
            remarks, changed = self._remarks[account], replace(found, hidden=hidden)
            remarks[remarks.index(found)] = changed
            return changed

    def unsay(self, account: str, remark_id: str) -> bool:
        """Whether there was such a remark; there is none now."""
        with self._lock:
            found = self._found(account, remark_id)
            if found is not None:
                self._remarks[account].remove(found)
            return found is not None

    def block(self, account: str, actor_id: str, *, whether: bool) -> None:
        """Nobody hears this one any more, or everybody again."""
        with self._lock:
            (self._blocked.add if whether else self._blocked.discard)((account, actor_id))

    def is_blocked(self, account: str, actor_id: str) -> bool:
        """Whether nobody hears this one."""
        with self._lock:
            return (account, actor_id) in self._blocked

    def _found(self, account: str, remark_id: str) -> Remark | None:
        """The lock is held."""
        said = self._remarks.get(account, ())
        return next((one for one in said if one.remark_id == remark_id), None)

    def tell(
        self,
        what: str,
        account: str,
        base: str,
        query: Mapping[str, str],
        count: Callable[[str], int],
    ) -> Reply:
        """What watching asks for; `count` says how many posts an account has."""
        after = query.get("after", "")
        match what:
            case "profile":
                return self.profile(account, base, count(account))
            case "mentions":
                return self.remarks(account, query.get("since", ""), base, after)
            case _:
                return self.people(account, what, base, after)

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
