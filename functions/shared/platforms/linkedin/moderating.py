"""Comments under an organisation's posts: read and deleted (Comments API, 202511).

LinkedIn's documentation does not say whether an organisation may delete what a member wrote: where
it may not, LinkedIn refuses, and a person does it there. Nothing is hidden or reported from here.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote

from shared.platforms.actors import Actor
from shared.platforms.base import RefusedError
from shared.platforms.deeds import Deeds, evidence
from shared.platforms.linkedin.door import VERSIONED, bearer_of
from shared.platforms.looking import Look, cursor_of, name_of
from shared.platforms.moderating import Comment, Unable, refuse_own
from shared.platforms.opening import Opening
from shared.platforms.strangers import address, line, words
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName

_COMMENT = re.compile(r"urn:li:comment:\((urn:li:\w+:\d+),(\d+)\)")


class LinkedInModerator(Unable):
    """One organisation; its key needs `r_organization_social` besides what publishing needs."""

    def __init__(self, at: Opening) -> None:
        super().__init__(PlatformName("linkedin"))
        self._base = at.credentials.service.rstrip("/")
        self._organisation = f"urn:li:organization:{at.credentials.identifier}"
        self._wire = at.wire()
        self._bearer = bearer_of(at.credentials, at.sessions, wire=self._wire, clock=at.clock)
        self._view = Look("LinkedIn", self._ask, _sentence, at.clock)
        self._deeds = Deeds("LinkedIn", _sentence, at.clock)

    def comment(self, comment_id: str, /) -> Comment | None:
        """The comment; LinkedIn tells an id of who wrote it, and no name."""
        answer = self._view.there(_path(comment_id), {}, _is_gone)
        if answer is None:
            return None
        with self._view.understood():
            told = answer.fields()
            writer, about = cursor_of(told.get("actor")), name_of(told["object"])
            refuse_own(writer, self._organisation)
            return Comment(
                platform_id=name_of(told.get("commentUrn") or comment_id),
                url=address(f"https://www.linkedin.com/feed/update/{about}"),
                author=Actor(writer, "", "") if writer else None,
                text=words(told["message"]["text"]),
                at=datetime.fromtimestamp(told["created"]["time"] / 1000, UTC),
                answers=cursor_of(told.get("parentComment")) or about,
                hidden=False,
                raw=evidence(answer),
            )

    def delete(self, comment_id: str, /) -> None:
        """Away for good, in the organisation's name."""
        url = f"{self._base}{_path(comment_id)}"
        query = {"actor": self._organisation}
        self._deeds.proved(
            lambda: self._bearer.request(
                lambda signed: self._wire.call(
                    "DELETE", url, query=query, headers={**signed, **VERSIONED}
                )
            ),
            lambda: self.comment(comment_id) is None,
            _is_gone,
        )

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        url = f"{self._base}{path}"
        return self._bearer.request(
            lambda signed: self._wire.call("GET", url, query=query, headers={**signed, **VERSIONED})
        )


def _path(comment_id: str) -> str:
    found = _COMMENT.fullmatch(comment_id)
    if found is None:
        raise RefusedError("LinkedIn calls comments urn:li:comment:(…,…); this is none.")
    return f"/rest/socialActions/{quote(found[1], safe='')}/comments/{found[2]}"


def _is_gone(answer: Answer) -> bool:
    """404 in LinkedIn's own shape; any other is some proxy's, and proves nothing."""
    return answer.status == HTTPStatus.NOT_FOUND and "status" in answer.fields()


def _sentence(answer: Answer) -> str:
    told = line(answer.fields().get("message"))
    return f"LinkedIn: {told}" if told else f"LinkedIn answered {answer.status}."
