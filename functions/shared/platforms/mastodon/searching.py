"""Searching an account's Mastodon server: whom it knows, its own people and those of others.

No server knows everybody. An id is the server's own and means somebody else on another one, so
people are looked up by name and server.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from shared.platforms.looking import Look, objects
from shared.platforms.mastodon.people import actor_of
from shared.platforms.opening import Opening
from shared.platforms.searching import MOST_FOUND, Found, digest_of
from shared.platforms.strangers import address, line
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName

PEOPLE = "40"
"""Accounts an answer; the most the API gives."""

GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class MastodonSearcher:
    """An account's server; the account's key needs `read` only."""

    name = PlatformName("mastodon")

    def __init__(self, at: Opening) -> None:
        self._wire = at.wire()
        self._base = at.credentials.service.rstrip("/")
        self._host = urlsplit(self._base).netloc.casefold()
        self._signed = {"Authorization": f"Bearer {at.credentials.password}"}
        self._look = Look("Mastodon", self._ask, _sentence, at.clock)

    def search(self, terms: Sequence[str]) -> tuple[Found, ...]:
        """Who is found by these words; no other server is asked for it."""
        query = {"q": " ".join(terms), "type": "accounts", "limit": PEOPLE, "resolve": "false"}
        fields = self._look.fields("/api/v2/search", query)
        with self._look.understood():
            return tuple(map(self._found, objects(fields["accounts"])[:MOST_FOUND]))

    def there(self, _platform_id: str, handle: str) -> Found | None:
        """The account as this server knows it; one that it has suspended is not there."""
        answer = self._look.there("/api/v1/accounts/lookup", {"acct": handle}, _is_gone)
        if answer is None:
            return None
        with self._look.understood():
            fields = answer.fields()
            return None if fields.get("suspended") is True else self._found(fields)

    def picture(self, found: Found) -> str:
        """Of the copy that this server keeps; of no other server's."""
        return digest_of(self._wire, found.picture, (f".{self._host}",), self._base)

    def _found(self, account: Mapping[str, Any]) -> Found:
        """With the server in the name of everybody, as they are called from elsewhere."""
        actor = actor_of(account)
        whole = actor.handle if "@" in actor.handle else f"{actor.handle}@{self._host}"
        return Found(replace(actor, handle=whole), address(account.get("avatar_static")))

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        return self._wire.call("GET", f"{self._base}{path}", query=query, headers=self._signed)


def _is_gone(answer: Answer) -> bool:
    """A page without JSON is some proxy's, and proves nothing."""
    return answer.status in GONE and "error" in answer.fields()


def _sentence(answer: Answer) -> str:
    told = line(answer.fields().get("error"))
    return f"Mastodon: {told}" if told else f"Mastodon answered {answer.status}."
