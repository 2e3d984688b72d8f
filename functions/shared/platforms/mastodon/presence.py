"""What an account shows on its server: profile, and its own statuses without reshares."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from shared.drift.drift import Kind
from shared.drift.profile import Profile
from shared.platforms.looking import Look, name_of, objects
from shared.platforms.mastodon.plain import plain
from shared.platforms.opening import Opening
from shared.platforms.own_account import own_account
from shared.platforms.presence import LONGEST_ABOUT, Stands
from shared.platforms.reading import Page
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName

STATUSES = "40"
"""A page; the most the API gives."""


class MastodonPresence:
    """One account; its key needs `read` only."""

    name = PlatformName("mastodon")

    def __init__(self, at: Opening) -> None:
        self._wire = at.wire()
        self._sessions = at.sessions
        self._base = at.credentials.service.rstrip("/")
        self._signed = {"Authorization": f"Bearer {at.credentials.password}"}
        self._account_name = f"mastodon/{at.credentials.identifier}"
        self._look = Look("Mastodon", self._ask, _sentence, at.clock)

    def profile(self) -> Profile:
        """Its number, handle, name and words, and the address of its picture."""
        fields = self._look.fields("/api/v1/accounts/verify_credentials")
        with self._look.understood():
            told = {
                Kind.ACCOUNT: name_of(fields["id"]),
                Kind.HANDLE: line(fields["acct"]),
                Kind.NAME: line(fields.get("display_name")),
                Kind.ABOUT: words(plain(fields.get("note")), LONGEST_ABOUT),
            }
            picture = address(fields.get("avatar_static") or fields.get("avatar"))
            return told | ({Kind.PICTURE: picture} if picture else {})

    def posts(self, since: datetime, cursor: str | None = None) -> Page[Stands]:
        """Its statuses; whatever it writes to one person only is among them."""
        path = f"/api/v1/accounts/{quote(self._account(), safe='')}/statuses"
        query = {"limit": STATUSES, "exclude_reblogs": "true"}
        answer = self._look.answer(path, query | ({"max_id": cursor} if cursor else {}))
        with self._look.understood():
            told = [_stands(status) for status in objects(answer.items())]
            ends = not told or told[-1].at < since
            following = None if ends else told[-1].platform_id
            return Page(tuple(one for one in told if one.at >= since), following)

    def _account(self) -> str:
        """What the server calls the account; asked once, and kept."""
        return own_account(self._sessions, self._account_name, self._base, self._asked_account)

    def _asked_account(self) -> str:
        fields = self._look.fields("/api/v1/accounts/verify_credentials")
        with self._look.understood():
            return name_of(fields["id"])

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        return self._wire.call("GET", f"{self._base}{path}", query=query, headers=self._signed)


def _stands(status: Mapping[str, Any]) -> Stands:
    return Stands(
        platform_id=name_of(status["id"]),
        url=address(status.get("url")),
        text=words(plain(status["content"])),
        at=moment_of(status["created_at"]),
    )


def _sentence(answer: Answer) -> str:
    told = line(answer.fields().get("error"))
    return f"Mastodon: {told}" if told else f"Mastodon answered {answer.status}."
