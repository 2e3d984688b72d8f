"""A folder that is handed over: it stands complete, every file of it named with its hash, or not.

It is filled beside its place and moved there at the end; whatever breaks on the way leaves nothing
that could be taken for an answer. `about.json` says what was asked, which months were read, and the
hash of every file: its own hash stands for the whole answer.

ParcelError
├── TakenFolderError    something stands where it was to go; nothing is written over
└── StrangeNameError    a file of it would lie elsewhere, or over another
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from rfc8785 import dumps

from shared.recordlog.canonical import JSON

ABOUT, SUMS = "about.json", "SHA256SUMS"
_NAME = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*")


class ParcelError(Exception):
    """Root of why nothing can be handed over."""


class TakenFolderError(ParcelError):
    """Something stands where it was to go."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is there already. Name a folder that is not.")
        self.folder = folder


class StrangeNameError(ParcelError):
    """A file of it would lie elsewhere, or over another."""


class Stream:
    """One file that is written piece by piece."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, sha256()

    def write(self, data: bytes) -> None:
        """The next bytes of it."""
        self.digest.update(data)
        self._file.write(data)


class Parcel:
    """The folder while it is filled; `hashes` has the SHA-256 of each file by its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.hashes: dict[str, str] = {}

    def add(self, name: str, data: bytes) -> None:
        """A whole file."""
        with self.stream(name) as file:
            file.write(data)

    @contextmanager
    def stream(self, name: str) -> Iterator[Stream]:
        """A file that is long."""
        if not _NAME.fullmatch(name) or name in self.hashes:
            raise StrangeNameError(name)
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            stream = Stream(file)
            yield stream
        self.hashes[name] = stream.digest.hexdigest()

    def finish(self, about: Mapping[str, JSON]) -> str:
        """What it is and what is in it; the SHA-256 that stands for all of it."""
        files: JSON = dict(sorted(self.hashes.items()))
        self.add(ABOUT, dumps({**about, "files": files}) + b"\n")
        sums = "".join(f"{self.hashes[name]}  {name}\n" for name in sorted(self.hashes))
        (self._folder / SUMS).write_text(sums, encoding="ascii")
        return self.hashes[ABOUT]


@contextmanager
def parcel_at(folder: Path) -> Iterator[Parcel]:
    """A parcel that stands at `folder` once everything in it was written; TakenFolderError."""
    if folder.exists() or folder.is_symlink():
        raise TakenFolderError(folder)
    beside = folder.with_name(f"{folder.name}.unfinished")
    try:
        beside.mkdir(parents=True)
    except FileExistsError as error:
        raise TakenFolderError(beside) from error
    try:
        yield Parcel(beside)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
