"""Our own second reader in this process, for the command line and the bench: the same code and
files as its function's, without the function."""

from pathlib import Path
from typing import TYPE_CHECKING

from local.tools import ROOT
from shared.policy.second import (
    BrokenSecondReaderError,
    NoSecondReaderError,
    SecondReading,
    reading_of,
)
from shared.policy.verdict import Candidate

if TYPE_CHECKING:
    from second_reader.app import Reader

FOLDER = ROOT / "second_reader"


class NearbyReader:
    """A reader that is loaded already; it answers by `shared.policy.second.SecondReader`."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self.version = reader.version

    def read(self, candidate: Candidate) -> SecondReading:
        """Its reading, or SecondReaderError."""
        from second_reader.app import ReaderError, words_of

        try:
            words = words_of(vars(candidate))
            answer = {"version": self.version, "read": self._reader.read(words)}
        except ReaderError as error:
            raise BrokenSecondReaderError(str(error)) from error
        return reading_of(answer, candidate.text)


def nearby(folder: Path | None = None) -> NearbyReader:
    """The second reader whose files lie here; NoSecondReaderError says what is missing."""
    try:
        from second_reader.app import Reader, ReaderError
    except ModuleNotFoundError as missing:
        raise NoSecondReaderError(
            f"The second reader needs the package {missing.name}, which is not installed."
        ) from missing
    try:
        return NearbyReader(Reader(folder or FOLDER))
    except ReaderError as error:
        raise NoSecondReaderError(f"There is no second reader here: {error}") from error
