"""What an account shows on X (API v2): profile, and its own posts without reposts. X bills what is
read, so that each page is asked for once."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from shared.drift.drift import Kind
from shared.drift.profile import Profile
from shared.platforms.looking import Look, cursor_of, name_of, objects
from shared.platforms.opening import Opening
from shared.platforms.own_account import own_account
from shared.platforms.presence import LONGEST_ABOUT, Stands
from shared.platforms.reading import Page
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.platforms.x.door import bearer_of
from shared.platforms.x.words import typed
from shared.posts.names import PlatformName

POSTS = "100"
"""A page; the most the API gives."""

USER = {"user.fields": "description,name,profile_image_url,username"}
TWEET = {"tweet.fields": "created_at,entities", "exclude": "retweets"}


class XPresence:
    """One account; its key needs `tweet.read users.read offline.access`."""

    name = PlatformName("x")

    def __init__(self, at: Opening) -> None:
        self._base = at.credentials.service.rstrip("/")
        self._wire = at.wire()
        self._sessions = at.sessions
        self._bearer = bearer_of(at.credentials, at.sessions, wire=self._wire, clock=at.clock)
        self._look = Look("X", self._ask, _sentence, at.clock)
        self._account_name = f"x/{at.credentials.identifier}/account"

    def profile(self) -> Profile:
        """Its number, handle, name and words, and the address of its picture."""
        fields = self._look.fields("/2/users/me", USER)
        with self._look.understood():
            user = fields["data"]
            told = {
                Kind.ACCOUNT: name_of(user["id"]),
                Kind.HANDLE: line(user["username"]),
                Kind.NAME: line(user["name"]),
                Kind.ABOUT: words(user.get("description"), LONGEST_ABOUT),
            }
            picture = address(user.get("profile_image_url"))
            return told | ({Kind.PICTURE: picture} if picture else {})

    def posts(self, since: datetime, cursor: str | None = None) -> Page[Stands]:
        """Its posts, replies included."""
        start = since.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        query = {**TWEET, "max_results": POSTS, "start_time": start}
        query |= {"pagination_token": cursor} if cursor else {}
        path = f"/2/users/{quote(self._account(), safe='')}/tweets"
        fields = self._look.fields(path, query)
        with self._look.understood():
            told = tuple(map(_stands, objects(fields.get("data", []))))
            return Page(told, cursor_of(fields["meta"].get("next_token")))

    def _account(self) -> str:
        """What X calls the account; asked once, and kept."""
        return own_account(self._sessions, self._account_name, self._base, self._asked_account)

    def _asked_account(self) -> str:
        fields = self._look.fields("/2/users/me")
        with self._look.understood():
            return name_of(fields["data"]["id"])

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        return self._bearer.request(
            lambda signed: self._wire.call(
                "GET", f"{self._base}{path}", query=query, headers=signed
            )
        )


def _stands(tweet: Mapping[str, Any]) -> Stands:
    number = name_of(tweet["id"])
    url = address(f"https://x.com/i/status/{number}")
    return Stands(number, url, words(typed(tweet)), moment_of(tweet["created_at"]))


def _sentence(answer: Answer) -> str:
    fields = answer.fields()
    told = line(fields.get("detail") or fields.get("title"))
    return f"X: {told}" if told else f"X answered {answer.status}."
