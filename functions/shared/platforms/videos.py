"""The video a frozen request names: whether a platform takes it, its bytes, and how they travel.

A video is too large to be held in memory. It is copied to a file of this function's own while its
hash is taken, so that what is handed over is what was cleared (P1), and read from there in pieces.
"""

import hashlib
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, Protocol, runtime_checkable

from urllib3.filepost import encode_multipart_formdata

from shared.platforms.base import MediaBytes, NotSentError, RefusedError, Sessions, UnsupportedError
from shared.posts.capabilities import TITLES, Can, capabilities
from shared.posts.content import VIDEO, Draft
from shared.posts.names import PlatformName

PIECE = 65_536

LOOKS = 6
PAUSE = 3.0
"""How often a video that the platform still works on is asked after in one attempt, and the seconds
between: a function has a minute, and the next attempt asks after the same video."""

WORKING = "{} is still working on the video; nothing was sent."
CHANGED = "The stored video is not the video that was cleared."


@runtime_checkable
class TakesVideos(Protocol):
    """A service that can hand a video over."""

    def upload_video(self, video: Mapping[str, str], data: BinaryIO, size: int, key: str) -> str:
        """Hand it over and wait a while until it is ready; what the post will call it. NotSentError
        where it is not ready in time: the next attempt, by the same key, asks after it again.
        """


def wait_until(is_ready: Callable[[], bool], pause: Callable[[float], None], label: str) -> None:
    """A while, with pauses; NotSentError if the platform still works on the video then."""
    for look in range(LOOKS):
        if is_ready():
            return
        if look < LOOKS - 1:
            pause(PAUSE)
    raise NotSentError(WORKING.format(label))


class Multipart:
    """A form with a file in it, read in pieces (RFC 7578): `length` in bytes."""

    def __init__(
        self, fields: Mapping[str, str | tuple[str, bytes, str]], data: BinaryIO, size: int
    ) -> None:
        """`fields` end in the file's own, empty."""
        boundary = secrets.token_hex(16)
        form, self.kind = encode_multipart_formdata(fields, boundary)
        self._after = f"\r\n--{boundary}--\r\n".encode()
        self._before = form.removesuffix(self._after)
        self._data = data
        self.length = len(form) + size

    @property
    def headers(self) -> dict[str, str]:
        """What it is, and how long."""
        return {"Content-Type": self.kind, "Content-Length": str(self.length)}

    def __iter__(self) -> Iterator[bytes]:
        yield self._before
        yield from in_pieces(self._data)
        yield self._after


def in_pieces(data: BinaryIO) -> Iterator[bytes]:
    """A file from its beginning."""
    data.seek(0)
    while piece := data.read(PIECE):
        yield piece


def check_carried(draft: Draft, platform: PlatformName) -> None:
    """UnsupportedError for a video where the platform takes none, or with something beside it. How
    large it may be is its server's to say: what that told was looked at before it was cleared."""
    if not any(media.is_video for media in draft.media):
        return
    here = capabilities(platform)
    if not here.can(Can.VIDEO):
        raise UnsupportedError(here.sentence(Can.VIDEO))
    if len(draft.media) > 1:
        raise UnsupportedError(f"{TITLES[platform]} takes one video, with nothing beside it.")


def is_video(named: Mapping[str, str]) -> bool:
    """Whether a picture of a frozen request moves."""
    return named["type"] == VIDEO


@contextmanager
def cleared_file(video: Mapping[str, str], media: MediaBytes) -> Iterator[tuple[BinaryIO, int]]:
    """The stored bytes as a file of our own, and how many; RefusedError if they have changed."""
    digest, size = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as file:
        for piece in media.pieces(video["key"]):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        if digest.hexdigest() != video["sha256"]:
            raise RefusedError(CHANGED)
        file.seek(0)
        yield file, size


class Underway:
    """What a platform called a video that it was handed, kept from one attempt to the next."""

    def __init__(self, sessions: Sessions, name: str) -> None:
        self._sessions = sessions
        self._name = name

    def once(self, key: str, sha256: str, hand_over: Callable[[], str]) -> str:
        """Its name there, from an earlier attempt with the same key or from now."""
        name = f"{self._name}/video/{key}"
        kept = self._sessions.load(name) or {}
        if kept.get("sha256") == sha256 and isinstance(kept.get("id"), str):
            return str(kept["id"])
        media_id = hand_over()
        self._sessions.save(name, {"id": media_id, "sha256": sha256})
        return media_id

    def forget(self, key: str) -> None:
        """The platform knows it no more; the next attempt hands it over anew."""
        self._sessions.save(f"{self._name}/video/{key}", {"id": "gone", "sha256": "none"})


def handed_over(
    service: object, label: str, video: Mapping[str, str], media: MediaBytes, key: str
) -> str:
    """What the post will call the video; NotSentError, RefusedError, or any error after which
    nothing was published."""
    if not isinstance(service, TakesVideos):
        raise RefusedError(f"{label} gets no videos from here.")
    try:
        with cleared_file(video, media) as (data, size):
            return service.upload_video(video, data, size, key)
    except OSError as error:  # no room for it here
        raise NotSentError(f"The video could not be read ({type(error).__name__}).") from error
