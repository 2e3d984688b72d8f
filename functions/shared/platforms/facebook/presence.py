"""What a Page shows: its profile, and its published posts (Graph API). The address of its picture
changes from one look to the next, so that it is not told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from shared.drift.drift import Kind
from shared.drift.profile import Profile
from shared.platforms.facebook.errors import as_http
from shared.platforms.looking import Look, cursor_of, name_of, objects
from shared.platforms.opening import Opening
from shared.platforms.presence import LONGEST_ABOUT, Stands
from shared.platforms.reading import Page
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName

POSTS = "100"
OF_A_PAGE = "id,name,username,about"
OF_A_POST = "id,message,created_time,permalink_url"


class FacebookPresence:
    """One Page; its key needs `pages_read_engagement`."""

    name = PlatformName("facebook")

    def __init__(self, at: Opening) -> None:
        self._wire = at.wire()
        self._base = at.credentials.service.rstrip("/")
        self._page = quote(at.credentials.identifier, safe="")
        self._signed = {"Authorization": f"Bearer {at.credentials.password}"}
        self._look = Look("Facebook", self._ask, _sentence, at.clock)

    def profile(self) -> Profile:
        """Its number, handle, name and words."""
        fields = self._look.fields(f"/{self._page}", {"fields": OF_A_PAGE})
        with self._look.understood():
            return {
                Kind.ACCOUNT: name_of(fields["id"]),
                Kind.HANDLE: line(fields.get("username")),
                Kind.NAME: line(fields["name"]),
                Kind.ABOUT: words(fields.get("about"), LONGEST_ABOUT),
            }

    def posts(self, since: datetime, cursor: str | None = None) -> Page[Stands]:
        """Its published posts."""
        start = str(int(since.timestamp()))
        query = {"fields": OF_A_POST, "limit": POSTS, "since": start}
        query |= {"after": cursor} if cursor else {}
        fields = self._look.fields(f"/{self._page}/published_posts", query)
        with self._look.understood():
            told = [_stands(post) for post in objects(fields["data"])]
            paging = fields.get("paging") or {}
            following = cursor_of(paging["cursors"]["after"]) if paging.get("next") else None
            return Page(tuple(one for one in told if one.at >= since), following)

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        url = f"{self._base}{path}"
        return as_http(self._wire.call("GET", url, query=query, headers=self._signed))


def _stands(post: Mapping[str, Any]) -> Stands:
    return Stands(
        platform_id=name_of(post["id"]),
        url=address(post.get("permalink_url")),
        text=words(post.get("message")),
        at=moment_of(post["created_time"]),
    )


def _sentence(answer: Answer) -> str:
    match answer.fields():
        case {"error": {"message": str(told)}}:
            return f"Facebook: {line(told)}"
    return f"Facebook answered {answer.status}."
