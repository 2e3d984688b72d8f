"""What others say to an account of the sandbox: hidden, deleted, reported, authors blocked."""

from http import HTTPStatus
from urllib.parse import quote

from shared.platforms.deeds import Asked, Deeds, evidence
from shared.platforms.looking import Look, cursor_of, name_of
from shared.platforms.moderating import Comment, refuse_own
from shared.platforms.opening import NEARBY, Opening
from shared.platforms.sandbox import Sandbox
from shared.platforms.sandbox_people import actor_of
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName


class SandboxModerator:
    """One account on a sandbox server."""

    name = PlatformName("sandbox")

    def __init__(self, at: Opening) -> None:
        self._own = at.credentials.identifier
        self._account = Sandbox(at.credentials, at.sessions, wire=at.wire(NEARBY), clock=at.clock)
        self._view = Look("The sandbox", self._account.ask, _sentence, at.clock)
        self._deeds = Deeds("The sandbox", _sentence, at.clock)

    def comment(self, comment_id: str) -> Comment | None:
        """The remark, with whoever made it."""
        answer = self._view.there(_path(comment_id), {}, _is_gone)
        if answer is None:
            return None
        with self._view.understood():
            said = answer.fields()
            refuse_own(said["author"]["id"], self._own)
            return Comment(
                platform_id=name_of(said["id"]),
                url=address(said.get("url")),
                author=actor_of(said["author"]),
                text=words(said["text"]),
                at=moment_of(said["at"]),
                answers=cursor_of(said.get("answers")),
                hidden=said["hidden"] is True,
                raw=evidence(answer),
            )

    def hide(self, comment_id: str) -> None:
        """Out of sight."""
        asked = self._sends("PUT", _path(comment_id), {"hidden": True})
        self._deeds.proved(asked, lambda: self._is_hidden(comment_id, hidden=True), _is_gone)

    def show(self, comment_id: str) -> None:
        """Back in sight."""
        asked = self._sends("PUT", _path(comment_id), {"hidden": False})
        self._deeds.proved(asked, lambda: self._is_hidden(comment_id, hidden=False))

    def delete(self, comment_id: str) -> None:
        """Away for good."""
        asked = self._sends("DELETE", _path(comment_id))
        self._deeds.proved(asked, lambda: self.comment(comment_id) is None, _is_gone)

    def report(self, comment_id: str, why: str) -> None:
        """To whoever runs the sandbox."""
        asked = self._sends("POST", f"{_path(comment_id)}/reports", {"why": why})
        self._deeds.told(asked, lambda answer: "reported" in answer.fields(), _is_gone)

    def block(self, author_id: str) -> None:
        """Nobody hears this one any more."""
        asked = self._sends("PUT", _block(author_id))
        self._deeds.proved(asked, lambda: self._is_blocked(author_id))

    def unblock(self, author_id: str) -> None:
        """Everybody does again."""
        asked = self._sends("DELETE", _block(author_id))
        self._deeds.proved(asked, lambda: not self._is_blocked(author_id))

    def _is_hidden(self, comment_id: str, *, hidden: bool) -> bool:
        """Whether it is as asked for; what is gone is out of sight."""
        there = self.comment(comment_id)
        return hidden if there is None else there.hidden is hidden

    def _is_blocked(self, author_id: str) -> bool:
        fields = self._view.fields(_block(author_id))
        with self._view.understood():
            return fields["blocked"] is True

    def _sends(self, method: str, path: str, fields: object = None) -> Asked:
        more = {} if fields is None else {"fields": fields}
        return lambda: self._account.act(method, path, **more)


def _path(comment_id: str) -> str:
    return f"/v1/comments/{quote(comment_id, safe='')}"


def _block(author_id: str) -> str:
    return f"/v1/blocks/{quote(author_id, safe='')}"


def _is_gone(answer: Answer) -> bool:
    return answer.status == HTTPStatus.NOT_FOUND and "error" in answer.fields()


def _sentence(answer: Answer) -> str:
    match answer.fields():
        case {"error": {"message": str(told)}}:
            return f"Sandbox: {line(told)}"
    return f"The sandbox answered {answer.status}."
