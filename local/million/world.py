"""A month of a million leaves on this machine's disk: the log, the rows, and the lines to compare
with. Made once for the bench; what is measured reads it as it would read the cloud.
"""

import struct
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from archive.bucket import ObjectTakenError
from archive.sealing.closing import Desk
from local.million.lines import leaves
from shared.months.lines import line_of
from shared.posts.names import LeafId
from shared.recordlog.checkpoint import Checkpoint, sign_checkpoint
from shared.recordlog.note import LocalSigner
from shared.recordlog.tiles import Edge, grow
from shared.records.payloads import Kept

ORIGIN = "moorshire.police.example/record-log"
LOG_SIGNER = LocalSigner(ORIGIN, bytes(range(32)))
ARCHIVE_SIGNER = LocalSigner("moorshire.police.example/archive", bytes(range(32, 64)))
BATCH = 4_096

_ROW = struct.Struct(">26s32sI")


def lay(count: int, folder: Path) -> None:
    """The log, the rows of payloads, and all lines one after another in `lines.jsonl`."""
    live, edge, waiting = Folder(folder / "live"), Edge(), list[bytes]()
    with (folder / "rows").open("wb") as rows, (folder / "lines.jsonl").open("wb") as lines:
        for index, leaf in enumerate(leaves(count)):
            rows.write(_ROW.pack(leaf.leaf_id.encode(), leaf.salt, len(leaf.payload)))
            rows.write(leaf.payload)
            lines.write(line_of(index, leaf.envelope, leaf.payload, leaf.salt))
            waiting.append(leaf.envelope)
            if len(waiting) == BATCH or index == count - 1:
                growth = grow(edge, waiting)
                edge = growth.edge
                for path, data in growth.objects.items():
                    live.put(path, data)
                waiting.clear()
    checkpoint = Checkpoint(ORIGIN, edge.size, edge.root())
    live.put("checkpoint", sign_checkpoint(checkpoint, [LOG_SIGNER]))


def desk(folder: Path) -> Desk:
    """What closing that month needs; the archive is `archive/` beside it."""
    live = Folder(folder / "live")
    note = live.read("checkpoint") or b""

    def stood_at(_: datetime) -> bytes:
        return note

    return Desk(
        origin=ORIGIN,
        read=live.read,
        stood_at=stood_at,
        shelf=Folder(folder / "archive"),
        payloads=Rows(folder / "rows"),
        log_keys=[LOG_SIGNER.key],
        archive_keys=[ARCHIVE_SIGNER.key],
    )


class Folder:
    """A bucket as a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = set[Path]()

    def read(self, path: str) -> bytes | None:
        """The object, or None."""
        try:
            return (self._folder / path).read_bytes()
        except FileNotFoundError:
            return None

    def create(self, path: str, data: bytes) -> None:
        """Write it where nothing is; ObjectTakenError where something is."""
        try:
            self._write(path, data, "xb")
        except FileExistsError as error:
            raise ObjectTakenError(path) from error

    def put(self, path: str, data: bytes) -> None:
        """Write it, whatever is there."""
        self._write(path, data, "wb")

    def _write(self, path: str, data: bytes, mode: str) -> None:
        # A bucket has no folders: making sure of one for each object would be measured too.
        target = self._folder / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        with target.open(mode) as file:
            file.write(data)

    def paths(self, prefix: str) -> Iterator[str]:
        """The names below a prefix, in order."""
        top = self._folder / prefix.rpartition("/")[0]
        found = (path for path in top.rglob("*") if path.is_file())
        names = sorted(path.relative_to(self._folder).as_posix() for path in found)
        return (name for name in names if name.startswith(prefix))


class Rows:
    """The table of payloads as a file in the order of the log, in which a month asks for them."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")

    def several(self, leaf_ids: Sequence[LeafId]) -> dict[LeafId, Kept]:
        """The next rows, which are these."""
        return dict(self._next() for _ in leaf_ids)

    def _next(self) -> tuple[LeafId, Kept]:
        leaf_id, salt, length = _ROW.unpack(self._file.read(_ROW.size))
        return LeafId(leaf_id.decode()), Kept(self._file.read(length), salt)
