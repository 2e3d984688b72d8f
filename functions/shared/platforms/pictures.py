"""The pictures a frozen request names, and that they still are the ones cleared (P1)."""

import hashlib
from collections.abc import Mapping

from shared.platforms.base import MediaBytes, RefusedError


def cleared_bytes(picture: Mapping[str, str], media: MediaBytes) -> bytes:
    """The stored bytes of `picture` (its `key` and `sha256`); RefusedError if they have changed."""
    data = media.read(picture["key"])
    if hashlib.sha256(data).hexdigest() != picture["sha256"]:
        raise RefusedError("A stored picture is not the picture that was cleared.")
    return data
