"""The files of the copy that one question reads, brought to this machine and kept for the next.

A function lives for a while, and auditors ask about the same months: what was fetched stays in a
folder of its own, and is fetched again only if it changed. A question gets a folder with exactly
the files it may read, so that no other month is in its answer. Nobody's typing names a path: paths
come from the notes that `CopyMonths` wrote.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Protocol

from archive.auditing.errors import OutOfTimeError, TooMuchToReadError
from archive.auditing.months_on_record import CopiedFile

LARGEST = 600_000_000
"""Bytes that one question reads at most, and that are kept for the next: a whole processor's share
of the network brings so much within the time that a question has."""

AT_ONCE = 8

OURS = re.compile(r"[a-z_]{1,40}/month=20\d\d-\d\d/part-\d{1,6}\.parquet", re.ASCII)


class ChangedFileError(Exception):
    """A file is not the one its note speaks of: the copy is just being made anew. Carries which."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path[:100]} is not the file that its note speaks of.")
        self.path = path


class Copies(Protocol):
    """The bucket of the copy, as far as it is fetched from."""

    def etags(self) -> Mapping[str, str]:
        """The path of every object, and what stands for exactly its bytes."""

    def read(self, path: str) -> bytes | None:
        """The object, or None."""


@dataclass
class CopyShelf:
    """The files that were fetched, in a folder of this machine; for one question after another."""

    copies: Copies
    folder: Path
    most: int = LARGEST
    _etags: dict[str, str] = field(default_factory=dict)
    _busy: Lock = field(default_factory=Lock)

    def lay(self, files: Sequence[CopiedFile], room: Path, is_time: Callable[[], bool]) -> None:
        """These files, and no others, lie in `room` as the copy has them; TooMuchToReadError,
        OutOfTimeError, ChangedFileError."""
        octets = sum(each.octets for each in files)
        if octets > self.most:
            raise TooMuchToReadError(octets, self.most)
        etags = self.copies.etags()
        with self._busy:
            self._make_room(files)
            with ThreadPoolExecutor(AT_ONCE) as pool:
                for _ in pool.map(lambda each: self._keep(each, etags, is_time), files):
                    pass
            for each in files:
                place = room / each.path
                place.parent.mkdir(parents=True, exist_ok=True)
                os.link(self._place(each.path), place)

    def _keep(
        self, file: CopiedFile, etags: Mapping[str, str], is_time: Callable[[], bool]
    ) -> None:
        etag, place = etags.get(file.path), self._place(file.path)
        if etag is None or not OURS.fullmatch(file.path):
            raise ChangedFileError(file.path)
        if self._etags.get(file.path) == etag and place.is_file():
            return
        if not is_time():
            raise OutOfTimeError
        data = self.copies.read(file.path)
        if data is None or len(data) != file.octets:
            raise ChangedFileError(file.path)
        fresh = place.with_suffix(".fresh")
        fresh.write_bytes(data)
        fresh.replace(place)  # whole or not at all; a question that has the old one keeps it
        self._etags[file.path] = etag

    def _make_room(self, files: Iterable[CopiedFile]) -> None:
        """What is kept and not read now goes, where both together would be too much."""
        wanted = {each.path: each.octets for each in files}
        others = [path for path in self._etags if path not in wanted]
        kept = sum(self._size(path) for path in others)
        if kept + sum(wanted.values()) <= self.most:
            return
        for path in others:
            self._place(path).unlink(missing_ok=True)
            del self._etags[path]

    def _size(self, path: str) -> int:
        place = self._place(path)
        return place.stat().st_size if place.is_file() else 0

    def _place(self, path: str) -> Path:
        return self.folder / f"{sha256(path.encode()).hexdigest()}.parquet"
