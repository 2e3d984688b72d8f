"""Searching Bluesky: the network's public view answers anybody, without a key."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from shared.platforms.bluesky.people import actor_of
from shared.platforms.bluesky.session import sentence
from shared.platforms.looking import Look, objects
from shared.platforms.opening import Opening
from shared.platforms.searching import MOST_FOUND, Found, digest_of
from shared.platforms.strangers import address
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName

PUBLIC_VIEW = "https://public.api.bsky.app"
"""Where the network's view is asked without signing in; no account's own server searches."""

PICTURES = ("cdn.bsky.app",)
ABSENT = frozenset({"AccountTakedown", "AccountSuspended", "AccountDeactivated"})
NOBODY = "Profile not found"
NO_NAME = "handle.invalid"


class BlueskySearcher:
    """The public view."""

    name = PlatformName("bluesky")

    def __init__(self, at: Opening) -> None:
        self._wire = at.wire()
        self._base = at.credentials.service.rstrip("/")
        self._look = Look("Bluesky", self._ask, sentence, at.clock)

    def search(self, terms: Sequence[str]) -> tuple[Found, ...]:
        """Who is found by these words."""
        query = {"q": " ".join(terms), "limit": str(MOST_FOUND)}
        fields = self._look.fields("app.bsky.actor.searchActors", query)
        with self._look.understood():
            return tuple(map(_found, objects(fields["actors"])[:MOST_FOUND]))

    def there(self, platform_id: str, handle: str) -> Found | None:
        """The profile, by what does not change, or by its handle."""
        query = {"actor": platform_id or handle}
        answer = self._look.there("app.bsky.actor.getProfile", query, _is_gone)
        if answer is None:
            return None
        with self._look.understood():
            return _found(answer.fields())

    def picture(self, found: Found) -> str:
        """Of the picture in the network's own store."""
        return digest_of(self._wire, found.picture, PICTURES, self._base)

    def _ask(self, method: str, query: Mapping[str, str]) -> Answer:
        return self._wire.call("GET", f"{self._base}/xrpc/{method}", query=query)


def _found(profile: Mapping[str, Any]) -> Found:
    """With its id for a name where its name does not hold: all such are called the same there."""
    actor = actor_of(profile)
    named = replace(actor, handle=actor.platform_id) if actor.handle == NO_NAME else actor
    return Found(named, address(profile.get("avatar")))


def _is_gone(answer: Answer) -> bool:
    """400, and that there is nobody, or nobody any more."""
    fields = answer.fields()
    gone = fields.get("error") in ABSENT or fields.get("message") == NOBODY
    return answer.status == HTTPStatus.BAD_REQUEST and gone
