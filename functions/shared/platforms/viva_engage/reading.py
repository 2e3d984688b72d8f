"""Reading one community: what it is, who is in it, and what the account that writes there receives.

Ten requests in thirty seconds are all there are. What colleagues write is no public matter: every
mention is private.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import quote

from shared.platforms.actors import Actor
from shared.platforms.looking import Look, count_of, cursor_of, name_of, objects, place_of, said
from shared.platforms.many_posts import one_by_one
from shared.platforms.opening import Opening
from shared.platforms.people import People
from shared.platforms.reading import Mention, Page, Profile, Sent, Shown, cannot
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.viva_engage.door import CLOCK, bearer_of
from shared.platforms.wire import Answer
from shared.posts.capabilities import Can
from shared.posts.names import PlatformName

MESSAGES = "20"
"""A page; the most the API gives."""


class VivaEngageReader:
    """One community, read by one account of it."""

    name = PlatformName("viva-engage")

    def __init__(self, at: Opening) -> None:
        self._base = at.credentials.service.rstrip("/")
        self._community = quote(at.credentials.identifier, safe="")
        self._wire = at.wire()
        self._bearer = bearer_of(at.credentials, at.sessions, wire=self._wire, clock=at.clock)
        self._look = Look("Viva Engage", self._ask, _sentence, at.clock)

    def profile(self) -> Profile:
        """The community; its members are its followers."""
        fields = self._look.fields(f"/api/v1/groups/{self._community}.json")
        with self._look.understood():
            stats = fields.get("stats") or {}
            members, updates = count_of(stats.get("members")), count_of(stats.get("updates"))
            return Profile(_actor(fields), followers=members, posts=updates)

    def followers(self, cursor: str | None = None) -> Page[Actor]:
        """Who is in the community."""
        page = place_of(cursor, 1)
        path = f"/api/v1/users/in_group/{self._community}.json"
        fields = self._look.fields(path, {"page": str(page)})
        with self._look.understood():
            people = People(fields["users"], _actor, self._look.understood)
            more = fields.get("more_available") is True and people
            return Page(people, str(page + 1) if more else None)

    def following(self, _cursor: str | None = None, /) -> NoReturn:
        """A community follows nobody."""
        cannot(self.name, Can.FOLLOWING)

    def mentions(self, since: datetime, cursor: str | None = None) -> Page[Mention]:
        """Messages that the account received: mentions, and answers to its own."""
        query = {"limit": MESSAGES, **({"older_than": cursor} if cursor else {})}
        fields = self._look.fields("/api/v1/messages/received.json", query)
        with self._look.understood():
            referred = [one for one in objects(fields["references"]) if one["type"] == "user"]
            authors = {user["id"]: _actor(user) for user in referred}
            told = [_mention(message, authors) for message in objects(fields["messages"])]
            more = fields.get("meta", {}).get("older_available") is True and told
            ends = not more or told[-1].at < since
            recent = tuple(one for one in told if one.at >= since)
            return Page(recent, None if ends else told[-1].platform_id)

    def post(self, platform_id: str, _sent: str, /) -> Shown | None:
        """The message."""
        path = f"/api/v1/messages/{quote(platform_id, safe='')}.json"
        answer = self._look.there(path, {}, _is_gone)
        if answer is None:
            return None
        with self._look.understood():
            message = answer.fields()
            name_of(message["id"])
            created = moment_of(message["created_at"], CLOCK)
            return Shown(said(message["body"]["plain"]), address(message.get("web_url")), created)

    def posts(self, posts: Sequence[Sent], /) -> Iterator[Shown | None]:
        """Each of them by itself; there is no list of chosen messages."""
        return one_by_one(posts, self.post)

    def limits(self) -> NoReturn:
        """Viva Engage does not tell them."""
        cannot(self.name, Can.LIMITS)

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        return self._bearer.request(
            lambda signed: self._wire.call(
                "GET", f"{self._base}{path}", query=query, headers=signed
            )
        )


def _is_gone(answer: Answer) -> bool:
    """404 in the network's own shape; any other is some proxy's, and proves nothing."""
    return answer.status == HTTPStatus.NOT_FOUND and "response" in answer.fields()


def _actor(fields: Mapping[str, Any]) -> Actor:
    return Actor(
        platform_id=name_of(fields["id"]),
        handle=line(fields.get("name")),
        name=line(fields.get("full_name")),
        url=address(fields.get("web_url")),
        about=words(fields.get("description") or fields.get("job_title")),
    )


def _mention(message: Mapping[str, Any], authors: Mapping[int, Actor]) -> Mention:
    return Mention(
        platform_id=name_of(message["id"]),
        url=address(message.get("web_url")),
        author=authors.get(message["sender_id"]),
        text=words(message["body"]["plain"]),
        at=moment_of(message["created_at"], CLOCK),
        answers=cursor_of(message.get("replied_to_id")),
        private=True,
    )


def _sentence(answer: Answer) -> str:
    match answer.fields():
        case {"response": {"message": str(told)}}:
            return f"Viva Engage: {line(told)}"
    return f"Viva Engage answered {answer.status}."
