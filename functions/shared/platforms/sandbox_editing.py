"""Changing words in place on the sandbox, as on a real platform that can."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from shared.platforms.base import Frozen, PlatformError, UnreachableError
from shared.platforms.sandbox import Sandbox
from shared.platforms.timeline import Entry, moment_of
from shared.platforms.wire import Answer, WireError


class SandboxChanges(Sandbox):
    """One account on a sandbox server."""

    label = "the sandbox"
    keeps_alts = False

    def change(self, platform_id: str, frozen: Frozen, /) -> Answer:
        """Other words for a post of ours."""
        fields = {name: frozen.request[name] for name in ("text", "language")}
        url = f"{self._base}/v1/posts/{platform_id}"
        return self._signed(lambda headers: self._wire.send_json("PUT", url, fields, headers))

    def standing(self, platform_id: str) -> Entry | None:
        """The post, if it stands."""
        try:
            answer = self.ask(f"/v1/posts/{platform_id}", {})
        except (WireError, PlatformError) as error:
            raise UnreachableError(f"The sandbox could not be read ({error}).") from error
        if answer.status == HTTPStatus.NOT_FOUND and "error" in answer.fields():
            return None
        return _entry(answer.fields())

    def as_typed(self, shown: str, _sent: str, /) -> str:
        """Nothing is added."""
        return shown

    def sentence(self, answer: Answer) -> str:
        """The sandbox's own words, or its status."""
        match answer.fields():
            case {"error": {"message": str(message)}}:
                return f"Sandbox: {message}"
        return f"The sandbox answered {answer.status}."


def _entry(post: Mapping[str, Any]) -> Entry:
    match post:
        case {
            "id": str(post_id),
            "url": str(url),
            "text": str(text),
            "created_at": str(moment),
            "pictures": [*pictures],
        }:
            alts = tuple(str(picture.get("alt")) for picture in pictures)
            return Entry(post_id, url, text, moment_of(moment), alts)
    raise UnreachableError("The sandbox's answer was not understood.")
