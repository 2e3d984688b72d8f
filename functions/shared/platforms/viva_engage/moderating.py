"""What colleagues write in the community: read, and deleted by an administrator of it.

Nothing is hidden or reported there, and nobody is blocked: a community's administrator speaks with
a colleague, or takes them out of it.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from shared.platforms.actors import Actor
from shared.platforms.base import NotSentError, RefusedError, UnreachableError
from shared.platforms.deeds import Deeds, evidence
from shared.platforms.looking import Look, cursor_of, name_of
from shared.platforms.moderating import Comment, Unable, refuse_own
from shared.platforms.opening import Opening
from shared.platforms.own_account import own_account
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.viva_engage.door import CLOCK, bearer_of
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName


class VivaEngageModerator(Unable):
    """One community; the account that signs in has to be an administrator of it."""

    def __init__(self, at: Opening) -> None:
        super().__init__(PlatformName("viva-engage"))
        self._base = at.credentials.service.rstrip("/")
        self._community = at.credentials.identifier
        self._wire = at.wire()
        self._bearer = bearer_of(at.credentials, at.sessions, wire=self._wire, clock=at.clock)
        self._sessions = at.sessions
        self._account_name = f"viva-engage/{at.credentials.identifier}/account"
        self._view = Look("Viva Engage", self._ask, _sentence, at.clock)
        self._deeds = Deeds("Viva Engage", _sentence, at.clock)

    def comment(self, comment_id: str, /) -> Comment | None:
        """The message; the network tells the number of who wrote it, and no name."""
        answer = self._message(comment_id)
        return None if answer is None else self._told(answer)

    def delete(self, comment_id: str, /) -> None:
        """Away for good; a message of another community is none of ours to delete."""
        try:
            there = self._message(comment_id)
        except UnreachableError as error:
            raise NotSentError(f"Nothing was done. {error}") from error
        if there is None:
            return
        if str(there.fields().get("group_id")) != self._community:
            raise RefusedError("The message is not in our community; its own people delete it.")
        url = f"{self._base}/api/v1/messages/{quote(comment_id, safe='')}"
        self._deeds.proved(
            lambda: self._bearer.request(
                lambda signed: self._wire.call("DELETE", url, headers=signed)
            ),
            lambda: self._message(comment_id) is None,
            _is_gone,
        )

    def _message(self, comment_id: str) -> Answer | None:
        path = f"/api/v1/messages/{quote(comment_id, safe='')}.json"
        answer = self._view.there(path, {}, _is_gone)
        if answer is not None:
            with self._view.understood():
                refuse_own(name_of(answer.fields()["sender_id"]), self._account())
        return answer

    def _told(self, answer: Answer) -> Comment:
        with self._view.understood():
            message: dict[str, Any] = answer.fields()
            return Comment(
                platform_id=name_of(message["id"]),
                url=address(message.get("web_url")),
                author=Actor(name_of(message["sender_id"]), "", ""),
                text=words(message["body"]["plain"]),
                at=moment_of(message["created_at"], CLOCK),
                answers=cursor_of(message.get("replied_to_id")),
                hidden=False,
                raw=evidence(answer),
            )

    def _account(self) -> str:
        """Who writes; asked once, and kept."""
        return own_account(self._sessions, self._account_name, self._base, self._asked_account)

    def _asked_account(self) -> str:
        fields = self._view.fields("/api/v1/users/current.json")
        with self._view.understood():
            return name_of(fields["id"])

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        url = f"{self._base}{path}"
        return self._bearer.request(
            lambda signed: self._wire.call("GET", url, query=query, headers=signed)
        )


def _is_gone(answer: Answer) -> bool:
    """A page without JSON is some proxy's, and proves nothing."""
    return answer.status == HTTPStatus.NOT_FOUND and "response" in answer.fields()


def _sentence(answer: Answer) -> str:
    match answer.fields():
        case {"response": {"message": str(told)}}:
            return f"Viva Engage: {line(told)}"
    return f"Viva Engage answered {answer.status}."
