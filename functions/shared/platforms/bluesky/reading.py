"""Reading one account on Bluesky: its server passes what is asked on to the network's own view.

An account's server alone knows no followers: without a view behind it, it says so (400), and that
is a RefusedError here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from shared.platforms.bluesky.session import Ladder, SignedIn, sentence
from shared.platforms.looking import Look, count_of, cursor_of, name_of, objects
from shared.platforms.opening import Opening
from shared.platforms.reading import Actor, Mention, Page, Profile, cannot
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.capabilities import Can
from shared.posts.names import PlatformName

MOST = "100"
"""Of anything a page; the most the API gives."""

SAID_TO_US = frozenset({"mention", "reply", "quote"})
"""The other reasons to be told of something (a like, a follow) are no words."""

PUBLIC = "https://bsky.app/profile"

OWN = "own"
"""Stands for our own account, whose name only a session knows."""


class BlueskyReader:
    """One account."""

    name = PlatformName("bluesky")

    def __init__(self, at: Opening) -> None:
        self._wire = at.wire()
        self._ladder = Ladder(self._wire, at.credentials, at.sessions, at.clock)
        self._look = Look("Bluesky", self._ask, sentence, at.clock)

    def profile(self) -> Profile:
        """The account as the network shows it."""
        fields = self._look.fields("app.bsky.actor.getProfile", {"actor": OWN})
        with self._look.understood():
            return Profile(
                _actor(fields),
                followers=count_of(fields.get("followersCount")),
                following=count_of(fields.get("followsCount")),
                posts=count_of(fields.get("postsCount")),
            )

    def followers(self, cursor: str | None = None) -> Page[Actor]:
        """Who follows it."""
        return self._people("app.bsky.graph.getFollowers", "followers", cursor)

    def following(self, cursor: str | None = None) -> Page[Actor]:
        """Whom it follows."""
        return self._people("app.bsky.graph.getFollows", "follows", cursor)

    def mentions(self, since: datetime, cursor: str | None = None) -> Page[Mention]:
        """Mentions, replies and quotes, by when the network saw them: posts may lie about it."""
        query = {"limit": MOST, **_from(cursor)}
        fields = self._look.fields("app.bsky.notification.listNotifications", query)
        with self._look.understood():
            told = [(moment_of(n["indexedAt"]), n) for n in objects(fields["notifications"])]
            said = [(at, n) for at, n in told if at >= since and n["reason"] in SAID_TO_US]
            found = tuple(_mention(at, notification) for at, notification in said)
            ends = any(at < since for at, _ in told)
            return Page(found, None if ends else cursor_of(fields.get("cursor")))

    def limits(self) -> NoReturn:
        """They are the network's, and nobody tells them."""
        cannot(self.name, Can.LIMITS)

    def _people(self, method: str, which: str, cursor: str | None) -> Page[Actor]:
        query = {"actor": OWN, "limit": MOST, **_from(cursor)}
        fields = self._look.fields(method, query)
        with self._look.understood():
            people = tuple(map(_actor, objects(fields[which])))
            return Page(people, cursor_of(fields.get("cursor")))

    def _ask(self, method: str, query: Mapping[str, str]) -> Answer:
        return self._ladder.request(lambda session: self._asked(session, method, query))

    def _asked(self, session: SignedIn, method: str, query: Mapping[str, str]) -> Answer:
        whole = {**query, "actor": session.did} if query.get("actor") == OWN else query
        return self._wire.call(
            "GET",
            f"{session.service}/xrpc/{method}",
            query=whole,
            headers={"Authorization": f"Bearer {session.access}"},
        )


def _from(cursor: str | None) -> dict[str, str]:
    return {"cursor": cursor} if cursor else {}


def _actor(profile: Mapping[str, Any]) -> Actor:
    did = name_of(profile["did"])
    return Actor(
        platform_id=did,
        handle=line(profile["handle"]),
        name=line(profile.get("displayName")),
        url=address(f"{PUBLIC}/{did}"),
        about=words(profile.get("description")),
    )


def _mention(at: datetime, notification: Mapping[str, Any]) -> Mention:
    uri, record = name_of(notification["uri"]), notification["record"]
    author = _actor(notification["author"])
    answers = (record.get("reply") or {}).get("parent") or {}
    return Mention(
        platform_id=uri,
        url=address(f"{PUBLIC}/{author.platform_id}/post/{uri.rsplit('/', 1)[-1]}"),
        author=author,
        text=words(record.get("text")),
        at=at,
        answers=cursor_of(answers.get("uri")),
    )
