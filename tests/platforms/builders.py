"""What the platform tests are made of: drafts, keys, pictures, and stores that live in memory."""

import hashlib
import struct
import threading
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

from shared.platforms.wire import Timeouts
from shared.posts.content import VIDEO, Draft, Media
from shared.posts.names import AccountId, PlatformName

NOON = datetime(2026, 11, 21, 12, 0, 0, 123000, tzinfo=UTC)

HASTY = Timeouts(connect=2.0, read=1.0, whole=2.0)
"""For a server that hangs on purpose; any other may be slow on a busy machine."""

PATIENT = Timeouts(connect=10.0, read=60.0)

_keys = count(1)


def a_key() -> str:
    """A key like the caller's: 26 characters, never the same twice in one run."""
    return f"01TESTKEY{next(_keys):017d}"


def a_draft(text: str = "Good morning Stoke.", **fields) -> Draft:
    return Draft(text, AccountId("stoke"), (PlatformName("sandbox"),), **fields)


def now() -> datetime:
    return datetime.now(UTC)


def a_png(shade: int = 128) -> bytes:
    """A real picture of one pixel; each shade is another picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes([0, shade]))
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


class MemorySessions:
    """A store of sessions that forgets when the test ends."""

    def __init__(self) -> None:
        self.kept: dict[str, dict] = {}
        self.saved = 0
        self._held = threading.Lock()

    def load(self, name: str) -> dict | None:
        return self.kept.get(name)

    def save(self, name: str, session: dict) -> None:
        self.saved += 1
        self.kept[name] = session

    @contextmanager
    def alone(self, name: str):
        with self._held:
            yield


class MemoryMedia:
    """Pictures by key."""

    def __init__(self, *pictures: bytes) -> None:
        self.kept = {f"media/{place}": data for place, data in enumerate(pictures)}

    def read(self, key: str) -> bytes:
        return self.kept[key]

    def pieces(self, key: str):
        data = self.kept[key]
        yield from (data[at : at + 1_000] for at in range(0, len(data), 1_000))

    def filmed(self, alt: str, milliseconds: int = 2_000) -> tuple[Media, ...]:
        """The one video as a draft names it."""
        [(key, data)] = self.kept.items()
        digest = hashlib.sha256(data).hexdigest()
        told = {"size": len(data), "milliseconds": milliseconds}
        return (Media(digest, key, VIDEO, alt, **told),)

    def named(self, *alts: str) -> tuple[Media, ...]:
        """The pictures as a draft names them."""
        return tuple(
            Media(hashlib.sha256(data).hexdigest(), key, "image/png", alt)
            for (key, data), alt in zip(self.kept.items(), alts, strict=True)
        )


NO_MEDIA = MemoryMedia()
