"""Pictures and videos on the sandbox: each handed over before the post that names it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from shared.platforms.base import MediaBytes, NotSentError, PlatformError
from shared.platforms.pictures import cleared_bytes
from shared.platforms.videos import cleared_file, in_pieces, is_video
from shared.platforms.wire import Answer, Wire, WireError
from shared.posts.content import Media

Exchange = Callable[[Mapping[str, str]], Answer]
"""One request, given the headers that sign it."""


def named(picture: Media) -> dict[str, str]:
    """A picture as a frozen request names it."""
    return {
        "key": picture.key,
        "sha256": picture.sha256,
        "type": picture.content_type,
        "alt": picture.alt,
    }


class Uploads:
    """How one account hands over; `signed` signs a request, `error` says what an answer means."""

    def __init__(
        self,
        wire: Wire,
        base: str,
        signed: Callable[[Exchange], Answer],
        error: Callable[[Answer, type[PlatformError]], PlatformError],
    ) -> None:
        self._wire = wire
        self._address = f"{base}/v1/media"
        self._signed = signed
        self._error = error

    def all(self, pictures: Iterable[Mapping[str, str]], media: MediaBytes) -> list[dict[str, str]]:
        """Each as the post will name it; NotSentError, or any error that publishes nothing."""
        return [self._one(picture, media) for picture in pictures]

    def _one(self, picture: Mapping[str, str], media: MediaBytes) -> dict[str, str]:
        kind = {"Content-Type": picture["type"]}
        if not is_video(picture):
            return self._handed(picture, kind, cleared_bytes(picture, media))
        with cleared_file(picture, media) as (data, size):
            headers = {**kind, "Content-Length": str(size)}
            return self._handed(picture, headers, lambda: in_pieces(data))

    def _handed(
        self,
        picture: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes | Callable[[], Iterable[bytes]],
    ) -> dict[str, str]:
        def exchange(signature: Mapping[str, str]) -> Answer:
            sent: Any = body if isinstance(body, bytes) else body()
            signed = {**headers, **signature}
            return self._wire.call("POST", self._address, headers=signed, body=sent)

        try:
            answer = self._signed(exchange)
        except WireError as error:
            raise NotSentError(f"A picture did not reach the sandbox ({error}).") from error
        if not answer.ok:
            raise self._error(answer, NotSentError)
        return {"id": str(answer.fields().get("id")), "alt": picture["alt"]}
