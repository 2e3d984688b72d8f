"""Reading one account of the sandbox: what real platforms tell, and limits besides."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from shared.platforms.actors import Actor
from shared.platforms.looking import Look, count_of, cursor_of, name_of, objects, said
from shared.platforms.many_posts import together
from shared.platforms.opening import NEARBY, Opening
from shared.platforms.people import People
from shared.platforms.reading import Mention, Page, Profile, Sent, Shown
from shared.platforms.sandbox import Sandbox
from shared.platforms.sandbox_people import actor_of
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName
from shared.posts.server_limits import ServerLimits

AT_ONCE = 100
"""Posts in one answer; the most the sandbox gives."""


class SandboxReader:
    """One account on a sandbox server."""

    name = PlatformName("sandbox")

    def __init__(self, at: Opening) -> None:
        self._account = Sandbox(at.credentials, at.sessions, wire=at.wire(NEARBY), clock=at.clock)
        self._look = Look("The sandbox", self._account.ask, _sentence, at.clock)
        self._wire = at.wire(NEARBY)
        self._base = at.credentials.service.rstrip("/")
        self._told = Look("The sandbox", self._asked_as_anybody, _sentence, at.clock)

    def profile(self) -> Profile:
        """The account as anybody sees it."""
        fields = self._look.fields("/v1/profile")
        with self._look.understood():
            return Profile(
                actor_of(fields["account"]),
                followers=count_of(fields.get("followers")),
                following=count_of(fields.get("following")),
                posts=count_of(fields.get("posts")),
            )

    def followers(self, cursor: str | None = None) -> Page[Actor]:
        """Who follows it."""
        return self._people("followers", cursor)

    def following(self, cursor: str | None = None) -> Page[Actor]:
        """Whom it follows."""
        return self._people("following", cursor)

    def mentions(self, since: datetime, cursor: str | None = None) -> Page[Mention]:
        """What others said to it since then."""
        query = {"since": since.isoformat(), **_after(cursor)}
        fields = self._look.fields("/v1/mentions", query)
        with self._look.understood():
            found = tuple(map(_mention, objects(fields["mentions"])))
            return Page(found, cursor_of(fields.get("next")))

    def post(self, platform_id: str, _sent: str, /) -> Shown | None:
        """The post under its number; the sandbox shows it to anybody."""
        path = f"/v1/posts/{quote(platform_id, safe='')}"
        answer = self._told.there(path, {}, _is_gone)
        if answer is None:
            return None
        with self._told.understood():
            return _shown(answer.fields())

    def posts(self, posts: Sequence[Sent], /) -> Iterator[Shown | None]:
        """A hundred in one answer; what is not among them, by itself."""
        return together(posts, self.post, self._shown, AT_ONCE)

    def _shown(self, posts: Sequence[Sent]) -> dict[str, Shown]:
        wanted = {name for name, _ in posts}
        fields = self._told.fields("/v1/posts", {"ids": ",".join(wanted)})
        with self._told.understood():
            found = objects(fields["posts"])
            return {name: _shown(post) for post in found if (name := post["id"]) in wanted}

    def limits(self) -> ServerLimits:
        """What the sandbox takes; it tells anybody."""
        fields = self._told.fields("/v1/limits")
        with self._told.understood():
            return ServerLimits(
                characters=count_of(fields["characters"]),
                url_length=count_of(fields["url_length"]),
                pictures=count_of(fields["pictures"]),
            )

    def _asked_as_anybody(self, path: str, query: Mapping[str, str]) -> Answer:
        return self._wire.call("GET", f"{self._base}{path}", query=query)

    def _people(self, which: str, cursor: str | None) -> Page[Actor]:
        fields = self._look.fields(f"/v1/{which}", _after(cursor))
        with self._look.understood():
            people = People(fields["accounts"], actor_of, self._look.understood)
            return Page(people, cursor_of(fields.get("next")))


def _shown(post: Mapping[str, Any]) -> Shown:
    created = moment_of(post["created_at"])
    return Shown(said(post["text"]), address(post.get("url")), created)


def _is_gone(answer: Answer) -> bool:
    return answer.status == HTTPStatus.NOT_FOUND and "error" in answer.fields()


def _after(cursor: str | None) -> dict[str, str]:
    return {"after": cursor} if cursor else {}


def _mention(fields: Mapping[str, Any]) -> Mention:
    return Mention(
        platform_id=name_of(fields["id"]),
        url=address(fields.get("url")),
        author=actor_of(fields["author"]),
        text=words(fields["text"]),
        at=moment_of(fields["at"]),
        answers=cursor_of(fields.get("answers")),
    )


def _sentence(answer: Answer) -> str:
    match answer.fields():
        case {"error": {"message": str(told)}}:
            return f"Sandbox: {line(told)}"
    return f"The sandbox answered {answer.status}."
