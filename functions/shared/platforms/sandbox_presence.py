"""What an account shows on the sandbox."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.drift.drift import Kind
from shared.drift.profile import Profile
from shared.platforms.looking import Look, cursor_of, name_of, objects
from shared.platforms.opening import NEARBY, Opening
from shared.platforms.presence import LONGEST_ABOUT, Stands
from shared.platforms.reading import Page
from shared.platforms.sandbox import Sandbox
from shared.platforms.strangers import address, line, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName


class SandboxPresence:
    """One account on a sandbox server."""

    name = PlatformName("sandbox")

    def __init__(self, at: Opening) -> None:
        account = Sandbox(at.credentials, at.sessions, wire=at.wire(NEARBY), clock=at.clock)
        self._look = Look("The sandbox", account.ask, _sentence, at.clock)

    def profile(self) -> Profile:
        """Its number, handle, name and words."""
        fields = self._look.fields("/v1/profile")
        with self._look.understood():
            account = fields["account"]
            return {
                Kind.ACCOUNT: name_of(account["id"]),
                Kind.HANDLE: line(account["handle"]),
                Kind.NAME: line(account.get("name")),
                Kind.ABOUT: words(account.get("about"), LONGEST_ABOUT),
            }

    def posts(self, since: datetime, cursor: str | None = None) -> Page[Stands]:
        """Its timeline."""
        fields = self._look.fields("/v1/timeline", {"before": cursor} if cursor else {})
        with self._look.understood():
            told = [_stands(post) for post in objects(fields["posts"])]
            ends = any(one.at < since for one in told)
            following = None if ends else cursor_of(fields.get("next"))
            return Page(tuple(one for one in told if one.at >= since), following)


def _stands(post: Mapping[str, Any]) -> Stands:
    return Stands(
        platform_id=name_of(post["id"]),
        url=address(post.get("url")),
        text=words(post["text"]),
        at=moment_of(post["created_at"]),
    )


def _sentence(answer: Answer) -> str:
    match answer.fields():
        case {"error": {"message": str(told)}}:
            return f"Sandbox: {line(told)}"
    return f"The sandbox answered {answer.status}."
