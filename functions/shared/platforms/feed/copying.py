"""A post's pictures, copied to where the public will find them."""

import hashlib
from collections.abc import Mapping, Sequence

from shared.platforms.base import MediaBytes
from shared.platforms.feed import keeping
from shared.platforms.feed.channel import Channel
from shared.platforms.feed.entry import Picture
from shared.platforms.feed.shelf import Shelf
from shared.platforms.pictures import cleared_bytes

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
"""Pictures by their type; any other is none that every reader shows."""


def copied(
    shelf: Shelf, own: Channel, key: str, named: Sequence[Mapping[str, str]], media: MediaBytes
) -> tuple[Picture, ...]:
    """The pictures of one entry; all are read before the first is copied. ShelfError."""
    whole = [(each, cleared_bytes(each, media)) for each in named]
    return tuple(
        _copy(shelf, own, f"{key}-{place}", each, data)
        for place, (each, data) in enumerate(whole, 1)
    )


def _copy(shelf: Shelf, own: Channel, stem: str, named: Mapping[str, str], data: bytes) -> Picture:
    # Part of the name is the picture's own hash: another one never stands in its place.
    digest = hashlib.sha256(data).hexdigest()[:12]
    name = f"{stem}-{digest}.{ENDINGS[named['type']]}"
    keeping.put(shelf, own.path(name), data, named["type"])
    return Picture(own.address(name), named["type"], len(data), named["alt"])
