"""What others say to an account on Mastodon: reported to its server's moderators, its author
blocked. Nobody but who wrote them hides or deletes words there.

A person pastes the address of the post as its own server has it; what our server calls it, our
server is asked (`resolve`).
"""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote, urlencode

from shared.platforms.base import NotSentError, RefusedError, UnreachableError
from shared.platforms.deeds import Deeds, evidence
from shared.platforms.looking import Look, cursor_of, name_of, objects, said
from shared.platforms.mastodon.people import actor_of
from shared.platforms.mastodon.plain import plain
from shared.platforms.moderating import Comment, Unable, refuse_own
from shared.platforms.opening import Opening
from shared.platforms.own_account import own_account
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

LONGEST_WHY = 1_000
"""Characters of a report that a server takes."""

SEARCH = {"type": "statuses", "resolve": "true", "limit": "1"}


class MastodonModerator(Unable):
    """One account; its key needs `read` and `write`, as for publishing."""

    def __init__(self, at: Opening) -> None:
        super().__init__(PlatformName("mastodon"))
        self._wire = at.wire()
        self._base = at.credentials.service.rstrip("/")
        self._signed = {"Authorization": f"Bearer {at.credentials.password}"}
        self._sessions = at.sessions
        self._account_name = f"mastodon/{at.credentials.identifier}"
        self._view = Look("Mastodon", self._ask, _sentence, at.clock)
        self._deeds = Deeds("Mastodon", _sentence, at.clock)

    def comment(self, comment_id: str, /) -> Comment | None:
        """The status, by its number here or its address anywhere."""
        named = self._resolved(comment_id) if "/" in comment_id else comment_id
        answer = self._view.there(f"/api/v1/statuses/{quote(named, safe='')}", {}, _is_gone)
        if answer is None:
            return None
        with self._view.understood():
            status = answer.fields()
            refuse_own(status["account"]["id"], self._account())
            return Comment(
                platform_id=name_of(status["id"]),
                url=address(status.get("url")),
                author=actor_of(status["account"]),
                text=words(plain(said(status["content"]))),
                at=moment_of(status["created_at"]),
                answers=cursor_of(status.get("in_reply_to_id")),
                hidden=False,
                raw=evidence(answer),
            )

    def report(self, comment_id: str, why: str, /) -> None:
        """To the moderators of our server; nothing where the words are gone."""
        if len(why) > LONGEST_WHY:
            raise RefusedError(
                f"Mastodon takes {LONGEST_WHY} characters of a report; say it in fewer."
            )
        try:
            there = self.comment(comment_id)
        except UnreachableError as error:
            raise NotSentError(f"Nothing was reported. {error}") from error
        if there is None or there.author is None:
            return
        form = [
            ("account_id", there.author.platform_id),
            ("status_ids[]", there.platform_id),
            ("comment", why),
            ("category", "other"),
        ]
        self._deeds.told(
            lambda: self._call("POST", "/api/v1/reports", form),
            lambda answer: "id" in answer.fields(),
            _is_gone,
        )

    def block(self, author_id: str, /) -> None:
        """Neither sees the other's posts any more."""
        self._relate(author_id, "block", wanted=True)

    def unblock(self, author_id: str, /) -> None:
        """They do again; followings that the block ended do not come back."""
        self._relate(author_id, "unblock", wanted=False)

    def _relate(self, author_id: str, act: str, *, wanted: bool) -> None:
        path = f"/api/v1/accounts/{quote(author_id, safe='')}/{act}"
        self._deeds.proved(
            lambda: self._call("POST", path, []), lambda: self._blocks(author_id) is wanted
        )

    def _blocks(self, author_id: str) -> bool:
        answer = self._view.answer("/api/v1/accounts/relationships", {"id[]": author_id})
        with self._view.understood():
            [found] = [one for one in objects(answer.items()) if one["id"] == author_id]
            return found["blocking"] is True

    def _resolved(self, url: str) -> str:
        """What our server calls what stands at an address; that it finds nothing there, as where
        the other server lets it see nothing, is no proof that nothing is there.
        """
        fields = self._view.fields("/api/v2/search", {"q": url, **SEARCH})
        with self._view.understood():
            found = objects(fields["statuses"])
            if found:
                return name_of(found[0]["id"])
        raise RefusedError(
            "Our Mastodon server finds no post at this address; paste the one it has itself."
        )

    def _account(self) -> str:
        """What the server calls the account; asked once, and kept."""
        return own_account(self._sessions, self._account_name, self._base, self._asked_account)

    def _asked_account(self) -> str:
        fields = self._view.fields("/api/v1/accounts/verify_credentials")
        with self._view.understood():
            return name_of(fields["id"])

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        url = f"{self._base}{path}"
        return self._wire.call("GET", url, query=query, headers=self._signed)

    def _call(self, method: str, path: str, form: list[tuple[str, str]]) -> Answer:
        body = urlencode(form).encode()
        return self._wire.call(
            method, f"{self._base}{path}", headers={**self._signed, **FORM}, body=body
        )


def _is_gone(answer: Answer) -> bool:
    """404 with an error; a page without JSON is some proxy's, and proves nothing."""
    return answer.status == HTTPStatus.NOT_FOUND and "error" in answer.fields()


def _sentence(answer: Answer) -> str:
    told = line(answer.fields().get("error"))
    return f"Mastodon: {told}" if told else f"Mastodon answered {answer.status}."
