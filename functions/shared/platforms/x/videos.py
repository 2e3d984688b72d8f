"""A video on X: announced, handed over in segments, and asked after until X has made it ready.

Not in X's OpenAPI document 2.62; after docs.x.com (media upload, chunked), read on 2026-11-21, and
what others' programs send: `initialize`, `append`, `finalize`, and `STATUS` as a query. X keeps no
description of a video, so none is sent.
"""

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from urllib3.filepost import encode_multipart_formdata

from shared.platforms.base import NotSentError, RefusedError
from shared.platforms.videos import Underway, wait_until
from shared.platforms.wire import Answer, Wire

SEGMENT = 4_000_000
"""Bytes; five million are the most that X takes at once."""

CATEGORY = "tweet_video"
NOT_NAMED = "X took a video and did not say what it calls it."
UNUSABLE = "X could not use the video. Save it anew as MP4 (H.264 and AAC) and send that."

Exchange = Callable[[Mapping[str, str]], Answer]
Step = Callable[[Exchange], Answer]
"""A step before the post itself, signed; NotSentError and the like where it fails."""


class XVideos:
    """How one video is handed over."""

    def __init__(
        self, base: str, wire: Wire, step: Step, underway: Underway, pause: Callable[[float], None]
    ) -> None:
        self._address = f"{base}/2/media/upload"
        self._wire = wire
        self._step = step
        self._underway = underway
        self._pause = pause

    def upload(self, video: Mapping[str, str], data: BinaryIO, size: int, key: str) -> str:
        """What the post will call it; NotSentError while X still works on it."""
        media_id = self._underway.once(
            key, video["sha256"], lambda: self._hand_over(video, data, size)
        )
        wait_until(lambda: self._is_ready(media_id, key), self._pause, "X")
        return media_id

    def _hand_over(self, video: Mapping[str, str], data: BinaryIO, size: int) -> str:
        told = {"media_type": video["type"], "total_bytes": size, "media_category": CATEGORY}
        begun = self._step(
            lambda signed: self._wire.post_json(f"{self._address}/initialize", told, signed)
        )
        media_id = _data(begun).get("id")
        if not isinstance(media_id, str) or not media_id.isdigit():
            raise NotSentError(NOT_NAMED)
        number = 0
        while segment := data.read(SEGMENT):
            self._append(media_id, number, segment)
            number += 1
        self._step(
            lambda signed: self._wire.call(
                "POST", f"{self._address}/{media_id}/finalize", headers=signed
            )
        )
        return media_id

    def _append(self, media_id: str, number: int, segment: bytes) -> None:
        form, kind = encode_multipart_formdata(
            {
                "segment_index": str(number),
                "media": ("video.mp4", segment, "application/octet-stream"),
            }
        )
        self._step(
            lambda signed: self._wire.call(
                "POST",
                f"{self._address}/{media_id}/append",
                headers={**signed, "Content-Type": kind},
                body=form,
            )
        )

    def _is_ready(self, media_id: str, key: str) -> bool:
        query = {"command": "STATUS", "media_id": media_id}
        try:
            answer = self._step(
                lambda signed: self._wire.call("GET", self._address, query=query, headers=signed)
            )
        except RefusedError as error:  # known for a day at most
            self._underway.forget(key)
            raise NotSentError("X has the video no more; it is handed over again.") from error
        working = _data(answer).get("processing_info")
        state = working.get("state") if isinstance(working, dict) else "succeeded"
        if state == "failed":
            self._underway.forget(key)
            raise RefusedError(UNUSABLE)
        return state == "succeeded"


def _data(answer: Answer) -> dict[str, Any]:
    data = answer.fields().get("data")
    return data if isinstance(data, dict) else {}
