"""What moto keeps in memory for as long as it runs, so that a year of a force fits.

moto notes every model that it ever makes, for a page of its own that nobody opens here: what was
deleted or replaced is never let go. S3 alone reads those notes, to close its buffers. And it holds
the words of every mail and the bytes of every object up to five megabytes; here they lie in a file
that nobody else sees, and memory holds their place. What is replaced stays in the file, so that
there is nothing to close.
"""

import os
import tempfile
import threading
from typing import Any, ClassVar

from moto.ses.models import RawMessage

from local.moto_repairs.attaching import StandIn, module, replace


def repair() -> None:
    """Attach all of it."""
    _let_models_go()
    objects = module("s3.models")
    replace(objects.FakeKey, "__del__", lambda _: None)  # it would warn of an open buffer
    file = _File()
    Letter.file, Buffer.file = file, file
    replace(module("ses.models"), "RawMessage", Letter)
    replace(objects, "tempfile", StandIn(tempfile, SpooledTemporaryFile=Buffer))


def _let_models_go() -> None:
    base = module("core.common_models").BaseModel

    def made(cls: Any, *_: Any, **__: Any) -> Any:
        return super(base, cls).__new__(cls)

    replace(base, "__new__", staticmethod(made))


class _File:
    """Bytes behind one another, in a file that goes with the process."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as mails are read
        self._end = 0
        self._writing = threading.Lock()

    def write(self, data: bytes) -> tuple[int, int]:
        """Keep it; where it begins and how many bytes it has."""
        with self._writing:
            begins, self._end = self._end, self._end + len(data)
        rest, at = memoryview(data), begins
        while rest:
            written = os.pwrite(self._file.fileno(), rest, at)
            rest, at = rest[written:], at + written
        return begins, len(data)

    def read(self, begins: int, size: int) -> bytes:
        """What was kept there."""
        found = bytearray()
        while len(found) < size:
            found += os.pread(self._file.fileno(), size - len(found), begins + len(found))
        return bytes(found)


class Letter(RawMessage):
    """A mail as it was sent."""

    __module__ = RawMessage.__module__
    file: ClassVar[_File]

    @property
    def raw_data(self) -> str:
        """Its words."""
        return self.file.read(*self._place).decode(errors="surrogateescape")

    @raw_data.setter
    def raw_data(self, words: str) -> None:
        self._place = self.file.write(words.encode(errors="surrogateescape"))


class Buffer:
    """An object's bytes, as far as S3 uses a file for them: written whole, sought, then read. Two
    threads may read at once; each goes on where it sought."""

    file: ClassVar[_File]
    _sought = threading.local()

    def __init__(self, *_: object, **__: object) -> None:
        self._place = 0, 0

    def seek(self, at: int) -> None:
        """Read from there on, in this thread."""
        self._sought.at = at

    def truncate(self) -> None:
        """Forget what was written."""
        self._place = 0, 0

    def write(self, data: bytes) -> None:
        """Keep these bytes."""
        self._place = self.file.write(data)

    def read(self, size: int | None = None) -> bytes:
        """As many as are left, or no more than `size`."""
        (begins, length), at = self._place, self._sought.at
        wanted = max(0, length - at) if size is None else min(size, max(0, length - at))
        self._sought.at = at + wanted
        return self.file.read(begins + at, wanted)

    def close(self) -> None:
        """The object was replaced or deleted; who is in the midst of reading it reads on."""
