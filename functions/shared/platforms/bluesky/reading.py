"""Reading one account on Bluesky: its server passes what is asked on to the network's own view.

An account's server alone knows no followers: without a view behind it, it says so (400), and that
is a RefusedError here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, NoReturn

from shared.platforms.actors import Actor
from shared.platforms.bluesky.people import PUBLIC, actor_of
from shared.platforms.bluesky.session import Ladder, SignedIn, home_of, sentence
from shared.platforms.looking import Look, count_of, cursor_of, name_of, objects, said
from shared.platforms.many_posts import together
from shared.platforms.opening import Opening
from shared.platforms.people import People
from shared.platforms.reading import Mention, Page, Profile, Sent, Shown, cannot
from shared.platforms.strangers import address, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.capabilities import Can
from shared.posts.names import PlatformName

MOST = "100"
"""Of anything a page; the most the API gives."""

SAID_TO_US = frozenset({"mention", "reply", "quote"})
"""The other reasons to be told of something (a like, a follow) are no words."""

DESCRIBE = "/xrpc/com.atproto.repo.describeRepo"

OWN = "own"
"""Stands for our own account, whose name only a session knows."""


class BlueskyReader:
    """One account."""

    name = PlatformName("bluesky")

    def __init__(self, at: Opening) -> None:
        self._wire = at.wire()
        self._ladder = Ladder(self._wire, at.credentials, at.sessions, at.clock)
        self._look = Look("Bluesky", self._ask, sentence, at.clock)
        self._base = at.credentials.service.rstrip("/")
        self._homes: dict[str, str] = {}
        self._open = Look("Bluesky", self._asked_as_anybody, sentence, at.clock)

    def profile(self) -> Profile:
        """The account as the network shows it."""
        fields = self._look.fields("app.bsky.actor.getProfile", {"actor": OWN})
        with self._look.understood():
            return Profile(
                actor_of(fields),
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

    def post(self, platform_id: str, _sent: str, /) -> Shown | None:
        """The record, as the account's own server has it, which tells anybody; the network's view
        may be behind, and no other server's word counts."""
        with self._open.understood():
            did, collection, key = platform_id.removeprefix("at://").split("/")
        query = {"repo": did, "collection": collection, "rkey": key}
        url = f"{self._home(did)}/xrpc/com.atproto.repo.getRecord"
        answer = self._open.there(url, query, _is_gone)
        if answer is None:
            return None
        with self._open.understood():
            return _shown(did, key, answer.fields()["value"])

    def posts(self, posts: Sequence[Sent], /) -> Iterator[Shown | None]:
        """The newest hundred in one answer of the account's own server; others, each by itself."""
        return together(posts, self.post, self._told, int(MOST))

    def _told(self, posts: Sequence[Sent]) -> dict[str, Shown]:
        wanted = {name for name, _ in posts}
        with self._open.understood():
            did, collection, _ = posts[0][0].removeprefix("at://").split("/")
        query = {"repo": did, "collection": collection, "limit": MOST}
        fields = self._open.fields(f"{self._home(did)}/xrpc/com.atproto.repo.listRecords", query)
        with self._open.understood():
            listed = {name_of(one["uri"]): one["value"] for one in objects(fields["records"])}
            return {
                name: _shown(did, name.rsplit("/", 1)[-1], listed[name])
                for name in wanted
                if name in listed
            }

    def limits(self) -> NoReturn:
        """They are the network's, and nobody tells them."""
        cannot(self.name, Can.LIMITS)

    def _home(self, did: str) -> str:
        """The server that keeps the account, as the door to it says; asked once a round."""
        if did not in self._homes:
            fields = self._open.fields(f"{self._base}{DESCRIBE}", {"repo": did})
            with self._open.understood():
                if fields["did"] != did:
                    raise ValueError("another account")
                self._homes[did] = home_of(fields.get("didDoc"), self._base)
        return self._homes[did]

    def _asked_as_anybody(self, url: str, query: Mapping[str, str]) -> Answer:
        return self._wire.call("GET", url, query=query)

    def _people(self, method: str, which: str, cursor: str | None) -> Page[Actor]:
        query = {"actor": OWN, "limit": MOST, **_from(cursor)}
        fields = self._look.fields(method, query)
        with self._look.understood():
            people = People(fields[which], actor_of, self._look.understood, "did")
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


def _shown(did: str, key: str, record: Mapping[str, Any]) -> Shown:
    created = moment_of(record["createdAt"])
    return Shown(said(record["text"]), address(f"{PUBLIC}/{did}/post/{key}"), created)


def _is_gone(answer: Answer) -> bool:
    """The server says 400 for absence; a 404 is some proxy's and proves nothing."""
    absent = answer.fields().get("error") == "RecordNotFound"
    return answer.status == HTTPStatus.BAD_REQUEST and absent


def _from(cursor: str | None) -> dict[str, str]:
    return {"cursor": cursor} if cursor else {}


def _mention(at: datetime, notification: Mapping[str, Any]) -> Mention:
    uri, record = name_of(notification["uri"]), notification["record"]
    author = actor_of(notification["author"])
    answers = (record.get("reply") or {}).get("parent") or {}
    return Mention(
        platform_id=uri,
        url=address(f"{PUBLIC}/{author.platform_id}/post/{uri.rsplit('/', 1)[-1]}"),
        author=author,
        text=words(record.get("text")),
        at=at,
        answers=cursor_of(answers.get("uri")),
    )
