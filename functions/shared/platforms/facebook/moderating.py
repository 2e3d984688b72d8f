"""Comments under a Page's posts: hidden, deleted, their writers blocked (Graph API, Comment; Page
Blocked).

Who wrote a comment is told to a key that may read what people say there. Facebook says the same of
a comment that is gone and of one that the key may not see.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import quote, urlencode

from shared.platforms.base import RefusedError
from shared.platforms.deeds import Asked, Deeds, evidence
from shared.platforms.facebook.errors import GONE, as_http, code_of
from shared.platforms.facebook.people import actor_of
from shared.platforms.looking import Look, name_of, objects
from shared.platforms.moderating import OWN_WORDS, Comment, no_moderating, refuse_own
from shared.platforms.opening import Opening
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.capabilities import Can
from shared.posts.names import PlatformName

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SHOWN = {"fields": "id,message,created_time,permalink_url,from,is_hidden,parent"}


class FacebookModerator:
    """One Page; its key needs `pages_manage_engagement` and `pages_read_user_content`, and to block
    `pages_manage_metadata`."""

    name = PlatformName("facebook")

    def __init__(self, at: Opening) -> None:
        self._wire = at.wire()
        self._base = at.credentials.service.rstrip("/")
        self._page = at.credentials.identifier
        self._signed = {"Authorization": f"Bearer {at.credentials.password}"}
        self._view = Look("Facebook", self._ask, _sentence, at.clock)
        self._deeds = Deeds("Facebook", _sentence, at.clock)

    def comment(self, comment_id: str) -> Comment | None:
        """The comment; who wrote it where the key may know."""
        answer = self._view.there(self._path(comment_id), SHOWN, _is_gone)
        if answer is None:
            return None
        with self._view.understood():
            said = answer.fields()
            writer, parent = said.get("from"), said.get("parent")
            refuse_own(writer and writer["id"], self._page)
            post = comment_id.partition("_")[0]
            return Comment(
                platform_id=name_of(said["id"]),
                url=address(said.get("permalink_url")),
                author=actor_of(writer) if writer else None,
                text=words(said.get("message")),
                at=moment_of(said["created_time"]),
                answers=name_of(parent["id"]) if parent else f"{self._page}_{post}",
                hidden=said["is_hidden"] is True,
                raw=evidence(answer),
            )

    def hide(self, comment_id: str) -> None:
        """Seen by whoever wrote it and their friends, and by nobody else."""
        asked = self._sends("POST", self._path(comment_id), {"is_hidden": "true"})
        self._deeds.proved(asked, lambda: self._is_hidden(comment_id, hidden=True), _is_gone)

    def show(self, comment_id: str) -> None:
        """For everybody again."""
        asked = self._sends("POST", self._path(comment_id), {"is_hidden": "false"})
        self._deeds.proved(asked, lambda: self._is_hidden(comment_id, hidden=False))

    def delete(self, comment_id: str) -> None:
        """Away for good."""
        asked = self._sends("DELETE", self._path(comment_id))
        self._deeds.proved(asked, lambda: self.comment(comment_id) is None, _is_gone)

    def report(self, _comment_id: str, _why: str, /) -> NoReturn:
        """Facebook takes no reports from applications."""
        no_moderating(self.name, Can.REPORT_COMMENT)

    def block(self, author_id: str) -> None:
        """Keep somebody from the Page."""
        asked = self._sends("POST", f"/{self._page}/blocked", {"user": author_id})
        self._deeds.proved(asked, lambda: self._is_blocked(author_id))

    def unblock(self, author_id: str) -> None:
        """Let them in again."""
        asked = self._sends("DELETE", f"/{self._page}/blocked", {"user": author_id})
        self._deeds.proved(asked, lambda: not self._is_blocked(author_id))

    def _is_hidden(self, comment_id: str, *, hidden: bool) -> bool:
        """Whether it is as asked for; what is gone is hidden."""
        there = self.comment(comment_id)
        return hidden if there is None else there.hidden is hidden

    def _is_blocked(self, author_id: str) -> bool:
        fields = self._view.fields(f"/{self._page}/blocked", {"user": author_id})
        with self._view.understood():
            return author_id in [name_of(one["id"]) for one in objects(fields["data"])]

    def _path(self, comment_id: str) -> str:
        """A post of ours bears the Page's number first, a comment the number of its post."""
        if comment_id.partition("_")[0] == self._page:
            raise RefusedError(OWN_WORDS)
        return f"/{quote(comment_id, safe='')}"

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        return self._call("GET", path, query=query)

    def _sends(self, method: str, path: str, form: Mapping[str, str] | None = None) -> Asked:
        more = {"headers": FORM, "body": urlencode(form).encode()} if form else {}
        return lambda: self._call(method, path, **more)

    def _call(self, method: str, path: str, **more: Any) -> Answer:
        headers = {**self._signed, **more.pop("headers", {})}
        return as_http(self._wire.call(method, f"{self._base}{path}", headers=headers, **more))


def _is_gone(answer: Answer) -> bool:
    return answer.status == HTTPStatus.BAD_REQUEST and code_of(answer) == GONE


def _sentence(answer: Answer) -> str:
    match answer.fields():
        case {"error": {"message": str(told)}}:
            return f"Facebook: {line(told)}"
    return f"Facebook answered {answer.status}."
