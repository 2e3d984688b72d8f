"""Long work says how far it is: on standard error, and only where that is a terminal."""

import sys
from typing import Self, TextIO

WIDTH = 78


class Progress:
    """One line that is written over, and gone at the end."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._shows = self._stream.isatty()
        self._files = 0

    def opened(self, path: str) -> None:
        """A file of lines is being read."""
        self._files += 1
        self.tell(f"{self._files}: {path}")

    def tell(self, text: str) -> None:
        """What is going on."""
        if self._shows:
            self._stream.write(f"\r{text[:WIDTH]:<{WIDTH}}")
            self._stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shows:
            self._stream.write(f"\r{'':<{WIDTH}}\r")
            self._stream.flush()
