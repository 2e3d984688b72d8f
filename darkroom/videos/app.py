"""The function `VideoDarkroom`: it is handed two addresses, one to fetch a video from and one where
it lays the clean one down, each good for minutes and for one object. It has no other right, no
key and no package (ADR 0021).
"""

import hashlib
import tempfile
import urllib.error
import urllib.request
from typing import Any, BinaryIO

from .boxes import LARGEST, SENTENCES, SpoiltVideoError
from .mp4 import clean

PATIENCE = 10.0
"""Seconds without a byte after which S3 is given up."""

GONE = frozenset({403, 404})
"""What S3 says of an object that is not there, to who may not list, and to who may."""

PIECE = 1_048_576
TYPE = "video/mp4"


def develop(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """`{fetch, lay}` to what the clean video is, or `{refused, sentence}` where there is none."""
    with tempfile.TemporaryFile() as file:
        try:
            if not _fetch(event["fetch"], file):
                return {"refused": "absent", "sentence": ABSENT}
            seen = clean(file)
        except SpoiltVideoError as spoilt:
            return {"refused": spoilt.kind, "sentence": SENTENCES[spoilt.kind]}
        except urllib.error.HTTPError as error:
            if error.code not in GONE:
                raise
            return {"refused": "absent", "sentence": ABSENT}
        size = file.seek(0, 2)
        digest = _digest(file)
        _lay(event["lay"], file, size)
    return {
        "sha256": digest,
        "size": size,
        "width": seen.width,
        "height": seen.height,
        "milliseconds": seen.milliseconds,
    }


ABSENT = "The video is not there any more. Send it again."


def _fetch(address: str, file: BinaryIO) -> int:
    """How many bytes there were; SpoiltVideoError for too many."""
    with urllib.request.urlopen(_plain(address), timeout=PATIENCE) as answer:  # noqa: S310
        received = 0
        while piece := answer.read(PIECE):
            received += len(piece)
            if received > LARGEST:
                raise SpoiltVideoError("large")
            file.write(piece)
    return received


def _lay(address: str, file: BinaryIO, size: int) -> None:
    file.seek(0)
    request = urllib.request.Request(  # noqa: S310
        _plain(address),
        data=file,
        method="PUT",
        headers={"Content-Type": TYPE, "Content-Length": str(size)},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310
        pass


def _plain(address: str) -> str:
    """An address of the web; a file of this machine is none."""
    if not address.startswith(("https://", "http://127.0.0.1:")):
        raise ValueError("That is no address to fetch from.")
    return address


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()
