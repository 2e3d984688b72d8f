"""Sealed months in a folder, as they were copied from the archive: read, and never believed.

What leads out of the folder is not read, nor what is no plain file: a link, a pipe, a device.
"""

import stat
from collections.abc import Iterator
from pathlib import Path

from archive.reading.as_sealed import BagError

MOST_BYTES = 1 << 28
"""A part of 65,536 lines has some 20 MB; a manifest of a year of a hundred million leaves fits."""


class TooLargeError(BagError):
    """A file that no bag of ours has."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is larger than any file of a month.")


class FolderShelf:
    """A shelf that is a folder with `month=…` and `commit/` in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def read(self, path: str) -> bytes | None:
        """The whole file; None where there is none, or none that may be read. TooLargeError."""
        file = self._folder / path
        try:
            real = file.resolve(strict=True)
            about = file.lstat()
        except (OSError, ValueError, RuntimeError):
            return None
        if not real.is_relative_to(self._folder) or not stat.S_ISREG(about.st_mode):
            return None
        if about.st_size > MOST_BYTES:
            raise TooLargeError(path)
        return file.read_bytes()

    def paths(self, prefix: str) -> Iterator[str]:
        """The names in one folder, in order."""
        folder = self._folder / prefix
        if folder.is_dir() and folder.resolve().is_relative_to(self._folder):
            yield from sorted(f"{prefix}{each.name}" for each in folder.iterdir())
