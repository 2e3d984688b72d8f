"""A video on Mastodon: handed over once, then asked after until the server has made it ready.

The server takes the file with 202 and works on it; it answers 206 while it does (docs.joinmastodon.
org/methods/media, 4.x). A minute may be too short for that: whoever tries again asks after the
same file, and hands it over anew only where the server has it no more.
"""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import BinaryIO, Protocol

from shared.platforms.base import NotSentError, RefusedError
from shared.platforms.videos import Multipart, Underway, wait_until
from shared.platforms.wire import Answer

NOT_NAMED = "Mastodon took a video and did not say what it calls it."
FORGOTTEN = "Mastodon has the video no more; it is handed over again."


class Step(Protocol):
    """A step before the status itself; NotSentError and the like where it fails."""

    def __call__(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] = ...,
        body: bytes | Iterable[bytes] | None = ...,
    ) -> Answer: ...


class MastodonVideos:
    """How one video is handed over."""

    def __init__(self, step: Step, underway: Underway, pause: Callable[[float], None]) -> None:
        self._step = step
        self._underway = underway
        self._pause = pause

    def upload(self, video: Mapping[str, str], data: BinaryIO, size: int, key: str) -> str:
        """What the status will call it; NotSentError while the server still works on it."""
        media_id = self._underway.once(
            key, video["sha256"], lambda: self._hand_over(video, data, size)
        )
        wait_until(lambda: self._is_ready(media_id, key), self._pause, "Mastodon")
        return media_id

    def _hand_over(self, video: Mapping[str, str], data: BinaryIO, size: int) -> str:
        file = ("video.mp4", b"", video["type"])
        fields: dict[str, str | tuple[str, bytes, str]] = {
            "description": video["alt"],
            "file": file,
        }
        body = Multipart(fields, data, size)
        answer = self._step("POST", "/api/v2/media", headers=body.headers, body=body)
        media_id = answer.fields().get("id")
        if not isinstance(media_id, str) or not media_id:
            raise NotSentError(NOT_NAMED)
        return media_id

    def _is_ready(self, media_id: str, key: str) -> bool:
        try:
            answer = self._step("GET", f"/api/v1/media/{media_id}")
        except RefusedError as error:
            # Unknown after some hours, or found unusable: the server's sentence tells which.
            self._underway.forget(key)
            if "not found" in str(error).lower():
                raise NotSentError(FORGOTTEN) from error
            raise
        return answer.status == HTTPStatus.OK
