"""What an account shows on Bluesky, as its own server has it, which tells anybody.

The account is asked for by its number where that is known: a handle can be changed, or taken over.
"""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from shared.drift.drift import Kind
from shared.drift.profile import Profile
from shared.platforms.bluesky.people import PUBLIC
from shared.platforms.bluesky.record import COLLECTION
from shared.platforms.bluesky.session import home_of, sentence
from shared.platforms.looking import Look, cursor_of, name_of, objects
from shared.platforms.opening import Opening
from shared.platforms.presence import LONGEST_ABOUT, Stands
from shared.platforms.reading import Page
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName

POSTS = "100"
"""A page; the most the API gives."""

OF_ITSELF = {"collection": "app.bsky.actor.profile", "rkey": "self"}


class BlueskyPresence:
    """One account; the credentials' identifier is its number or its handle."""

    name = PlatformName("bluesky")

    def __init__(self, at: Opening) -> None:
        self._wire = at.wire()
        self._door = at.credentials.service.rstrip("/")
        self._asked_for = at.credentials.identifier.removeprefix("@")
        self._look = Look("Bluesky", self._ask, sentence, at.clock)
        self._described: Mapping[str, Any] | None = None

    def profile(self) -> Profile:
        """Its number, handle, name, words and picture; the picture by what it is made of."""
        repo = self._repo()
        query = {"repo": name_of(repo["did"]), **OF_ITSELF}
        answer = self._look.there(self._at_home("getRecord"), query, _is_absent)
        with self._look.understood():
            shown = answer.fields()["value"] if answer else {}
            picture = (shown.get("avatar") or {}).get("ref") or {}
            return {
                Kind.ACCOUNT: name_of(repo["did"]),
                Kind.HANDLE: line(repo["handle"]),
                Kind.NAME: line(shown.get("displayName")),
                Kind.ABOUT: words(shown.get("description"), LONGEST_ABOUT),
                Kind.PICTURE: line(picture.get("$link")),
            }

    def posts(self, since: datetime, cursor: str | None = None) -> Page[Stands]:
        """Its records, newest first; what says that it is older than `since` ends the list."""
        did = name_of(self._repo()["did"])
        query = {"repo": did, "collection": COLLECTION, "limit": POSTS}
        query |= {"cursor": cursor} if cursor else {}
        fields = self._look.fields(self._at_home("listRecords"), query)
        with self._look.understood():
            told = [_stands(did, record) for record in objects(fields["records"])]
            ends = not told or any(one.at < since for one in told)
            following = None if ends else cursor_of(fields.get("cursor"))
            return Page(tuple(one for one in told if one.at >= since), following)

    def _repo(self) -> Mapping[str, Any]:
        """What the door says of the account; asked once."""
        if self._described is None:
            path = f"{self._door}/xrpc/com.atproto.repo.describeRepo"
            fields = self._look.fields(path, {"repo": self._asked_for})
            with self._look.understood():
                name_of(fields["did"])
            self._described = fields
        return self._described

    def _at_home(self, method: str) -> str:
        home = home_of(self._repo().get("didDoc"), self._door)
        return f"{home}/xrpc/com.atproto.repo.{method}"

    def _ask(self, url: str, query: Mapping[str, str]) -> Answer:
        return self._wire.call("GET", url, query=query)


def _is_absent(answer: Answer) -> bool:
    """An account without a profile: the server says 400 and means it."""
    absent = answer.fields().get("error") == "RecordNotFound"
    return answer.status == HTTPStatus.BAD_REQUEST and absent


def _stands(did: str, record: Mapping[str, Any]) -> Stands:
    uri, value = name_of(record["uri"]), record["value"]
    url = address(f"{PUBLIC}/{did}/post/{uri.rsplit('/', 1)[-1]}")
    return Stands(uri, url, words(value.get("text")), moment_of(value["createdAt"]))
