"""Reading one Page: its profile, and the posts in which others tagged it (Graph API).

Facebook names a Page's followers to nobody; it counts them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import quote

from shared.platforms.facebook.errors import GONE, as_http, code_of
from shared.platforms.facebook.people import actor_of
from shared.platforms.looking import Look, count_of, cursor_of, name_of, objects, said
from shared.platforms.many_posts import together
from shared.platforms.opening import Opening
from shared.platforms.reading import Mention, Page, Profile, Sent, Shown, cannot
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.capabilities import Can
from shared.posts.names import PlatformName

MOST = "100"
OF_A_PAGE = "id,name,username,link,about,followers_count"
OF_A_POST = "id,message,created_time,permalink_url,from"


OF_OWN = "id,message,created_time,permalink_url"
FEW = {"limit": "1"}

NEWEST = 50
"""Of the Page's own posts in one answer; of more, Facebook may say that they are too many."""


class FacebookReader:
    """One Page; its key needs `pages_read_engagement` and `pages_read_user_content`."""

    name = PlatformName("facebook")

    def __init__(self, at: Opening) -> None:
        self._wire = at.wire()
        self._base = at.credentials.service.rstrip("/")
        self._page = at.credentials.identifier
        self._signed = {"Authorization": f"Bearer {at.credentials.password}"}
        self._look = Look("Facebook", self._ask, _sentence, at.clock)

    def profile(self) -> Profile:
        """The Page as the public sees it."""
        fields = self._look.fields(f"/{self._page}", {"fields": OF_A_PAGE})
        with self._look.understood():
            return Profile(actor_of(fields), followers=count_of(fields.get("followers_count")))

    def followers(self, _cursor: str | None = None, /) -> NoReturn:
        """Facebook counts them, no more."""
        cannot(self.name, Can.FOLLOWERS)

    def following(self, _cursor: str | None = None, /) -> NoReturn:
        """Facebook does not tell."""
        cannot(self.name, Can.FOLLOWING)

    def mentions(self, since: datetime, cursor: str | None = None) -> Page[Mention]:
        """Public posts that tag the Page; who wrote one is told for Pages, rarely for people."""
        query = {"fields": OF_A_POST, "limit": MOST, "since": str(int(since.timestamp()))}
        query |= {"after": cursor} if cursor else {}
        fields = self._look.fields(f"/{self._page}/tagged", query)
        with self._look.understood():
            told = [_mention(post) for post in objects(fields["data"])]
            paging = fields.get("paging", {})
            ends = not paging.get("next") or any(one.at < since for one in told)
            following = None if ends else cursor_of(paging["cursors"]["after"])
            return Page(tuple(one for one in told if one.at >= since), following)

    def post(self, platform_id: str, _sent: str, /) -> Shown | None:
        """The post. Facebook says of what a key may not see that it is not there: that it is gone
        is believed only of a key that is shown the Page's posts."""
        path, query = f"/{quote(platform_id, safe='')}", {"fields": OF_OWN}
        answer = self._look.there(path, query, _is_gone)
        if answer is None:
            shown = self._look.fields(f"/{self._page}/published_posts", {"fields": "id"} | FEW)
            with self._look.understood():
                objects(shown["data"])
            return None
        with self._look.understood():
            return _shown(answer.fields())

    def posts(self, posts: Sequence[Sent], /) -> Iterator[Shown | None]:
        """The newest fifty of the Page in one answer; others, each by itself."""
        return together(posts, self.post, self._told, NEWEST)

    def _told(self, posts: Sequence[Sent]) -> dict[str, Shown]:
        wanted = {name for name, _ in posts}
        query = {"fields": OF_OWN, "limit": str(NEWEST)}
        fields = self._look.fields(f"/{self._page}/published_posts", query)
        with self._look.understood():
            listed = objects(fields["data"])
            return {name: _shown(post) for post in listed if (name := post["id"]) in wanted}

    def limits(self) -> NoReturn:
        """Facebook does not tell them."""
        cannot(self.name, Can.LIMITS)

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        url = f"{self._base}{path}"
        return as_http(self._wire.call("GET", url, query=query, headers=self._signed))


def _shown(post: Mapping[str, Any]) -> Shown:
    name_of(post["id"])
    url = address(post.get("permalink_url"))
    return Shown(said(post.get("message", "")), url, moment_of(post["created_time"]))


def _is_gone(answer: Answer) -> bool:
    return answer.status == HTTPStatus.BAD_REQUEST and code_of(answer) == GONE


def _mention(post: Mapping[str, Any]) -> Mention:
    writer = post.get("from")
    return Mention(
        platform_id=name_of(post["id"]),
        url=address(post.get("permalink_url")),
        author=actor_of(writer) if writer else None,
        text=words(post.get("message")),
        at=moment_of(post["created_time"]),
    )


def _sentence(answer: Answer) -> str:
    match answer.fields():
        case {"error": {"message": str(told)}}:
            return f"Facebook: {line(told)}"
    return f"Facebook answered {answer.status}."
