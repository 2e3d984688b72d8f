"""Reading one account's server: profile, followers, mentions, and its own limits.

Pages of people are turned by the `Link` header: the ids it names are none of the people's own. Only
the id is taken from it, never the address: our token goes to our server and nowhere else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from shared.platforms.actors import Actor
from shared.platforms.likeness import as_compared
from shared.platforms.looking import Look, count_of, cursor_of, name_of, objects, said
from shared.platforms.many_posts import together
from shared.platforms.mastodon.people import actor_of
from shared.platforms.mastodon.plain import plain
from shared.platforms.opening import Opening
from shared.platforms.own_account import own_account
from shared.platforms.people import People
from shared.platforms.reading import Mention, Page, Profile, Sent, Shown
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName
from shared.posts.server_limits import ServerLimits

PEOPLE = "80"
"""Accounts a page; the most the API gives."""

MENTIONS = "40"

AT_ONCE = 20
"""Statuses in one answer; the most the API gives (from 4.3 on; servers before it refuse)."""

LIMITS_LAST = timedelta(days=1)
"""So long a server's limits are taken for granted before it is asked again."""

PRIVATE = frozenset({"private", "direct"})

_NEXT = re.compile(r'<([^<>]*)>\s*;\s*rel="?next"?')


class MastodonReader:
    """One account on its server; its key needs `read` only."""

    name = PlatformName("mastodon")

    def __init__(self, at: Opening) -> None:
        self._wire = at.wire()
        self._sessions = at.sessions
        self._clock = at.clock
        self._base = at.credentials.service.rstrip("/")
        token = at.credentials.password  # a server's limits are told without
        self._signed = {"Authorization": f"Bearer {token}"} if token else {}
        self._account_name = f"mastodon/{at.credentials.identifier}"
        self._look = Look("Mastodon", self._ask, _sentence, at.clock)

    def profile(self) -> Profile:
        """The account as the server shows it."""
        fields = self._look.fields("/api/v1/accounts/verify_credentials")
        with self._look.understood():
            return Profile(
                actor_of(fields),
                followers=count_of(fields.get("followers_count")),
                following=count_of(fields.get("following_count")),
                posts=count_of(fields.get("statuses_count")),
            )

    def followers(self, cursor: str | None = None) -> Page[Actor]:
        """Who follows it; people on servers that hide their lists are missing there too."""
        return self._people("followers", cursor)

    def following(self, cursor: str | None = None) -> Page[Actor]:
        """Whom it follows."""
        return self._people("following", cursor)

    def mentions(self, since: datetime, cursor: str | None = None) -> Page[Mention]:
        """Statuses that name the account, replies included, private ones marked."""
        query = {"types[]": "mention", "limit": MENTIONS, **_below(cursor)}
        answer = self._look.answer("/api/v1/notifications", query)
        with self._look.understood():
            told = [(moment_of(n["created_at"]), n) for n in objects(answer.items())]
            recent = [(at, n) for at, n in told if at >= since and n.get("status")]
            found = tuple(_mention(at, notification) for at, notification in recent)
            ends = len(told) == 0 or told[-1][0] < since
            return Page(found, None if ends else cursor_of(told[-1][1]["id"]))

    def post(self, platform_id: str, _sent: str, /) -> Shown | None:
        """The status, with its words as they were typed: a status itself comes as HTML."""
        path = f"/api/v1/statuses/{quote(platform_id, safe='')}"
        answer = self._look.there(path, {}, _is_gone)
        source = self._look.there(f"{path}/source", {}, _is_gone) if answer else None
        if answer is None or source is None:
            return None
        with self._look.understood():
            return _shown(answer.fields(), said(source.fields()["text"]))

    def posts(self, posts: Sequence[Sent], /) -> Iterator[Shown | None]:
        """Twenty in one answer, those of them whose page says the very words that were sent; what
        was typed of the others, each says by itself."""
        return together(posts, self.post, self._told, AT_ONCE)

    def _told(self, posts: Sequence[Sent]) -> dict[str, Shown]:
        sent = dict(posts)
        query = urlencode([("id[]", name) for name in sent])
        answer = self._look.answer(f"/api/v1/statuses?{query}")
        with self._look.understood():
            found = {name_of(one["id"]): one for one in objects(answer.items())}
            return {
                name: _shown(found[name], words(sent[name]))
                for name in sent
                if name in found and _says(found[name], sent[name])
            }

    def limits(self) -> ServerLimits:
        """What the server takes; asked once a day."""
        named = f"mastodon/limits/{self._base}"
        stored = self._sessions.load(named) or {}
        asked_at = datetime.fromisoformat(stored.get("asked_at", "2000-01-01T00:00:00+00:00"))
        if self._clock() - asked_at < LIMITS_LAST:
            return _limits(stored["configuration"])
        fields = self._look.fields("/api/v2/instance")
        with self._look.understood():
            limits = _limits(fields["configuration"])
        kept = {
            name: fields["configuration"].get(name) for name in ("statuses", "media_attachments")
        }
        stored = {"asked_at": self._clock().isoformat(), "configuration": kept}
        self._sessions.save(named, stored)
        return limits

    def _people(self, which: str, cursor: str | None) -> Page[Actor]:
        path = f"/api/v1/accounts/{self._account()}/{which}"
        answer = self._look.answer(path, {"limit": PEOPLE, **_below(cursor)})
        with self._look.understood():
            people = People(answer.items(), actor_of, self._look.understood)
            return Page(people, _next_of(answer))

    def _account(self) -> str:
        """What the server calls the account; asked once, and kept."""
        return own_account(self._sessions, self._account_name, self._base, self._asked_account)

    def _asked_account(self) -> str:
        fields = self._look.fields("/api/v1/accounts/verify_credentials")
        with self._look.understood():
            return name_of(fields["id"])

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        return self._wire.call("GET", f"{self._base}{path}", query=query, headers=self._signed)


def _shown(status: Mapping[str, Any], typed: str) -> Shown:
    return Shown(typed, address(status.get("url")), moment_of(status["created_at"]))


def _says(status: Mapping[str, Any], sent: str) -> bool:
    return as_compared(plain(status["content"])) == as_compared(words(sent))


def _is_gone(answer: Answer) -> bool:
    """404 with an error; a page without JSON is some proxy's, and proves nothing."""
    return answer.status == HTTPStatus.NOT_FOUND and "error" in answer.fields()


def _below(cursor: str | None) -> dict[str, str]:
    return {"max_id": cursor} if cursor else {}


def _next_of(answer: Answer) -> str | None:
    found = _NEXT.search(answer.headers.get("link", ""))
    if found is None:
        return None
    return cursor_of(parse_qs(urlsplit(found[1]).query)["max_id"][0])


def _mention(at: datetime, notification: Mapping[str, Any]) -> Mention:
    status = notification["status"]
    return Mention(
        platform_id=name_of(status["id"]),
        url=address(status.get("url")),
        author=actor_of(status["account"]),
        text=words(plain(status["content"])),
        at=at,
        answers=cursor_of(status.get("in_reply_to_id")),
        private=status.get("visibility") in PRIVATE,
    )


def _limits(configuration: Mapping[str, Any]) -> ServerLimits:
    statuses = configuration["statuses"]
    media = configuration.get("media_attachments") or {}
    types = media.get("supported_mime_types") or ()
    return ServerLimits(
        characters=_size(statuses.get("max_characters")),
        url_length=_size(statuses.get("characters_reserved_per_url")),
        pictures=_size(statuses.get("max_media_attachments")),
        alt_characters=_size(media.get("description_limit")),
        picture_bytes=_size(media.get("image_size_limit")),
        picture_pixels=_size(media.get("image_matrix_limit")),
        video_bytes=_size(media.get("video_size_limit")),
        types=tuple(sorted({line(kind) for kind in types})),
    )


def _size(value: object) -> int | None:
    """A limit that means something; a server that says 0 or nothing says nothing."""
    return count_of(value) or None


def _sentence(answer: Answer) -> str:
    told = line(answer.fields().get("error"))
    return f"Mastodon: {told}" if told else f"Mastodon answered {answer.status}."
