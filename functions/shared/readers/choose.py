"""From the setting SECOND_READER to the reader it names, or to none."""

from shared.policy.second import NoSecondReaderError, SecondReader, SecondReading
from shared.policy.verdict import Candidate
from shared.readers.bedrock import BedrockReader, bedrock
from shared.readers.comprehend import ComprehendReader, comprehend
from shared.readers.own import OwnReader, functions


class MissingReader:
    """Stands where a setting names no reader that there is: posts go on, and say so."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, candidate: Candidate) -> SecondReading:  # noqa: ARG002 - it reads nothing
        """NoSecondReaderError, always."""
        raise NoSecondReaderError(f"There is no second reader called {self._name!r}.")


def open_reader(name: str, target: str) -> SecondReader | None:
    """The reader called `name`; `target` is its function, endpoint or model. None for off."""
    match name:
        case "off":
            return None
        case "own":
            return OwnReader(functions, target)
        case "comprehend":
            return ComprehendReader(comprehend, target)
        case "bedrock":
            return BedrockReader(bedrock, target)
    return MissingReader(name)
