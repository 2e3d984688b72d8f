"""Reading one account on X (API v2): profile, followers, mentions. X bills what is read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import quote

from shared.platforms.actors import Actor
from shared.platforms.looking import Look, count_of, cursor_of, name_of, objects, said
from shared.platforms.many_posts import together
from shared.platforms.opening import Opening
from shared.platforms.own_account import own_account
from shared.platforms.people import People
from shared.platforms.reading import Mention, Page, Profile, Sent, Shown, cannot
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.platforms.x.door import bearer_of
from shared.platforms.x.people import actor_of
from shared.platforms.x.words import typed, without_added_schemes
from shared.posts.capabilities import Can
from shared.posts.names import PlatformName

PEOPLE, MENTIONS = "1000", "100"
"""A page; the most the API gives."""

USER = {"user.fields": "created_at,description,name,public_metrics,username"}
TWEET = {
    "tweet.fields": "author_id,created_at,entities,referenced_tweets",
    "expansions": "author_id",
}


POST = {"tweet.fields": "created_at,entities"}

AT_ONCE = 100
"""Posts in one answer; the most the API gives."""

GONE = "/resource-not-found"
"""How the type ends of the error that says so; what the key may not see is another."""


class XReader:
    """One account; its key needs `tweet.read users.read follows.read offline.access`."""

    name = PlatformName("x")

    def __init__(self, at: Opening) -> None:
        self._base = at.credentials.service.rstrip("/")
        self._wire = at.wire()
        self._sessions = at.sessions
        self._bearer = bearer_of(at.credentials, at.sessions, wire=self._wire, clock=at.clock)
        self._look = Look("X", self._ask, _sentence, at.clock)
        self._account_name = f"x/{at.credentials.identifier}/account"

    def profile(self) -> Profile:
        """The account as X shows it."""
        fields = self._look.fields("/2/users/me", USER)
        with self._look.understood():
            user = fields["data"]
            counts = user.get("public_metrics") or {}
            return Profile(
                actor_of(user),
                followers=count_of(counts.get("followers_count")),
                following=count_of(counts.get("following_count")),
                posts=count_of(counts.get("tweet_count")),
            )

    def followers(self, cursor: str | None = None) -> Page[Actor]:
        """Who follows it."""
        return self._people("followers", cursor)

    def following(self, cursor: str | None = None) -> Page[Actor]:
        """Whom it follows."""
        return self._people("following", cursor)

    def mentions(self, since: datetime, cursor: str | None = None) -> Page[Mention]:
        """Posts that name the account, replies included."""
        start = since.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        query = {**USER, **TWEET, "max_results": MENTIONS, "start_time": start, **_from(cursor)}
        fields = self._look.fields(f"/2/users/{self._account()}/mentions", query)
        with self._look.understood():
            included = objects(fields.get("includes", {}).get("users", []))
            authors = {user["id"]: actor_of(user) for user in included}
            found = tuple(_mention(tweet, authors) for tweet in objects(fields.get("data", [])))
            return Page(found, cursor_of(fields["meta"].get("next_token")))

    def post(self, platform_id: str, sent: str, /) -> Shown | None:
        """The post; X says 200 for what is not there, and why."""
        path = f"/2/tweets/{quote(platform_id, safe='')}"
        answer = self._look.there(path, POST, _is_gone)
        if answer is None:
            return None
        with self._look.understood():
            return _shown(answer.fields()["data"], sent)

    def posts(self, posts: Sequence[Sent], /) -> Iterator[Shown | None]:
        """A hundred in one answer; what X does not find there it is asked for by itself."""
        return together(posts, self.post, self._told, AT_ONCE)

    def _told(self, posts: Sequence[Sent]) -> dict[str, Shown]:
        sent = dict(posts)
        fields = self._look.fields("/2/tweets", POST | {"ids": ",".join(sent)})
        with self._look.understood():
            found = {name_of(tweet["id"]): tweet for tweet in objects(fields.get("data", []))}
            return {name: _shown(found[name], sent[name]) for name in sent if name in found}

    def limits(self) -> NoReturn:
        """X does not tell them."""
        cannot(self.name, Can.LIMITS)

    def _people(self, which: str, cursor: str | None) -> Page[Actor]:
        query = {**USER, "max_results": PEOPLE, **_from(cursor)}
        fields = self._look.fields(f"/2/users/{self._account()}/{which}", query)
        with self._look.understood():
            people = People(fields.get("data", []), actor_of, self._look.understood)
            return Page(people, cursor_of(fields["meta"].get("next_token")))

    def _account(self) -> str:
        """What X calls the account; asked once, and kept: every question is billed."""
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


def _shown(tweet: Mapping[str, Any], sent: str) -> Shown:
    said(tweet["text"])
    url = address(f"https://x.com/i/status/{name_of(tweet['id'])}")
    text = words(without_added_schemes(typed(tweet), sent))
    return Shown(text, url, moment_of(tweet["created_at"]))


def _is_gone(answer: Answer) -> bool:
    match answer.fields():
        case {"data": _}:
            return False
        case {"errors": [{"type": str(kind)}, *_]} if kind.endswith(GONE):
            return answer.ok or answer.status == HTTPStatus.NOT_FOUND
    return False


def _from(cursor: str | None) -> dict[str, str]:
    return {"pagination_token": cursor} if cursor else {}


def _mention(tweet: Mapping[str, Any], authors: Mapping[str, Actor]) -> Mention:
    tweet_id, author = name_of(tweet["id"]), authors.get(tweet["author_id"])
    related = objects(tweet.get("referenced_tweets", []))
    answered = [one["id"] for one in related if one["type"] == "replied_to"]
    return Mention(
        platform_id=tweet_id,
        url=address(f"https://x.com/i/status/{tweet_id}"),
        author=author,
        text=words(typed(tweet)),
        at=moment_of(tweet["created_at"]),
        answers=cursor_of(answered[0]) if answered else None,
    )


def _sentence(answer: Answer) -> str:
    fields = answer.fields()
    told = line(fields.get("detail") or fields.get("title"))
    return f"X: {told}" if told else f"X answered {answer.status}."
