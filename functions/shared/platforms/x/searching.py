"""Asking X for names: what a key may search by words it may not do for nothing, but a hundred names
are one question, and only who is found is billed."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from shared.platforms.looking import Look, objects
from shared.platforms.opening import Opening
from shared.platforms.searching import MOST_FOUND, Found, digest_of
from shared.platforms.strangers import address, line
from shared.platforms.wire import Answer
from shared.platforms.x.door import bearer_of
from shared.platforms.x.people import actor_of
from shared.posts.names import PlatformName

USER = {"user.fields": "description,name,profile_image_url,public_metrics,username"}
PICTURES = ("pbs.twimg.com",)
GONE = "/resource-not-found"
"""How the type ends of the error that says so, of those whom X has suspended too; what the key may
not see is another."""


class XSearcher:
    """One account's key; it needs `tweet.read users.read offline.access`."""

    name = PlatformName("x")

    def __init__(self, at: Opening) -> None:
        self._base = at.credentials.service.rstrip("/")
        self._wire = at.wire()
        self._bearer = bearer_of(at.credentials, at.sessions, wire=self._wire, clock=at.clock)
        self._look = Look("X", self._ask, _sentence, at.clock)

    def search(self, terms: Sequence[str]) -> tuple[Found, ...]:
        """Who has one of these names; who has none of them is told as an error each."""
        query = {**USER, "usernames": ",".join(terms[:MOST_FOUND])}
        fields = self._look.fields("/2/users/by", query)
        with self._look.understood():
            if "data" not in fields and not all(map(_says_gone, objects(fields["errors"]))):
                raise ValueError("refused")
            return tuple(map(_found, objects(fields.get("data", []))[:MOST_FOUND]))

    def there(self, platform_id: str, handle: str) -> Found | None:
        """The account; X says 200 for who is not there, and why."""
        named = f"/2/users/{quote(platform_id, safe='')}"
        path = named if platform_id else f"/2/users/by/username/{quote(handle, safe='')}"
        answer = self._look.there(path, USER, _is_gone)
        if answer is None:
            return None
        with self._look.understood():
            return _found(answer.fields()["data"])

    def picture(self, found: Found) -> str:
        """Of the picture in X's own store."""
        return digest_of(self._wire, found.picture, PICTURES, self._base)

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        return self._bearer.request(
            lambda signed: self._wire.call(
                "GET", f"{self._base}{path}", query=query, headers=signed
            )
        )


def _found(user: Mapping[str, Any]) -> Found:
    return Found(actor_of(user), address(user.get("profile_image_url")))


def _is_gone(answer: Answer) -> bool:
    match answer.fields():
        case {"data": _}:
            return False
        case {"errors": [{} as first, *_]} if _says_gone(first):
            return answer.ok or answer.status == HTTPStatus.NOT_FOUND
    return False


def _says_gone(error: Mapping[str, Any]) -> bool:
    return str(error.get("type")).endswith(GONE)


def _sentence(answer: Answer) -> str:
    fields = answer.fields()
    told = line(fields.get("detail") or fields.get("title"))
    return f"X: {told}" if told else f"X answered {answer.status}."
