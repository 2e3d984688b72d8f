"""Replies in conversations that the account began, hidden and shown again (API v2, Hide replies).

X does not tell of a reply that it is hidden: its yes to the request is all the proof there is. Only
contracts for enterprises may block, so nobody is blocked from here.
"""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from shared.platforms.deeds import Deeds, evidence, never
from shared.platforms.looking import Look, cursor_of, name_of, objects, said
from shared.platforms.moderating import Comment, Unable, refuse_own
from shared.platforms.opening import Opening
from shared.platforms.own_account import own_account
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.platforms.x.door import bearer_of
from shared.platforms.x.people import actor_of
from shared.platforms.x.words import typed
from shared.posts.names import PlatformName

SHOWN = {
    "tweet.fields": "author_id,created_at,entities,referenced_tweets",
    "expansions": "author_id",
    "user.fields": "description,name,username",
}

NOT_FOUND = "/resource-not-found"
"""How the type ends of the error that says so; what the key may not see is another."""


class XModerator(Unable):
    """One account; its key needs `tweet.moderate.write` besides what publishing needs."""

    def __init__(self, at: Opening) -> None:
        super().__init__(PlatformName("x"))
        self._base = at.credentials.service.rstrip("/")
        self._wire = at.wire()
        self._sessions = at.sessions
        self._account_name = f"x/{at.credentials.identifier}/account"
        self._bearer = bearer_of(at.credentials, at.sessions, wire=self._wire, clock=at.clock)
        self._view = Look("X", self._ask, _sentence, at.clock)
        self._deeds = Deeds("X", _sentence, at.clock)

    def comment(self, comment_id: str, /) -> Comment | None:
        """The reply; X says 200 for what is not there, and why."""
        answer = self._view.there(_path(comment_id), SHOWN, _is_absent)
        if answer is None:
            return None
        with self._view.understood():
            fields = answer.fields()
            tweet = fields["data"]
            users = objects(fields.get("includes", {}).get("users", []))
            authors = {user["id"]: actor_of(user) for user in users}
            related = objects(tweet.get("referenced_tweets", []))
            answered = [one["id"] for one in related if one["type"] == "replied_to"]
            said(tweet["text"])
            refuse_own(tweet["author_id"], self._account())
            named = name_of(tweet["id"])
            return Comment(
                platform_id=named,
                url=address(f"https://x.com/i/status/{named}"),
                author=authors.get(tweet["author_id"]),
                text=words(typed(tweet)),
                at=moment_of(tweet["created_at"]),
                answers=cursor_of(answered[0]) if answered else None,
                hidden=None,
                raw=evidence(answer),
            )

    def hide(self, comment_id: str, /) -> None:
        """Behind a click that few make."""
        self._turn(comment_id, hidden=True)

    def show(self, comment_id: str, /) -> None:
        """In the conversation again."""
        self._turn(comment_id, hidden=False)

    def _turn(self, comment_id: str, *, hidden: bool) -> None:
        url = f"{self._base}{_path(comment_id)}/hidden"
        self._deeds.told(
            lambda: self._bearer.request(
                lambda signed: self._wire.send_json("PUT", url, {"hidden": hidden}, signed)
            ),
            lambda answer: answer.fields().get("data") == {"hidden": hidden},
            _is_gone if hidden else never,
        )

    def _account(self) -> str:
        """What X calls the account; asked once, and kept: every question is billed."""
        return own_account(self._sessions, self._account_name, self._base, self._asked_account)

    def _asked_account(self) -> str:
        fields = self._view.fields("/2/users/me")
        with self._view.understood():
            return name_of(fields["data"]["id"])

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        url = f"{self._base}{path}"
        return self._bearer.request(
            lambda signed: self._wire.call("GET", url, query=query, headers=signed)
        )


def _path(comment_id: str) -> str:
    return f"/2/tweets/{quote(comment_id, safe='')}"


def _is_absent(answer: Answer) -> bool:
    """Whether a look found nothing, which X says with 200 or 404."""
    match answer.fields():
        case {"data": _}:
            return False
        case {"errors": [{"type": str(kind)}, *_]} if kind.endswith(NOT_FOUND):
            return answer.ok or answer.status == HTTPStatus.NOT_FOUND
    return False


def _is_gone(answer: Answer) -> bool:
    """Whether there was nothing to hide."""
    told = str(answer.fields().get("type", ""))
    return answer.status == HTTPStatus.NOT_FOUND and (
        told.endswith(NOT_FOUND) or _is_absent(answer)
    )


def _sentence(answer: Answer) -> str:
    fields = answer.fields()
    told = line(fields.get("detail") or fields.get("title"))
    return f"X: {told}" if told else f"X answered {answer.status}."
