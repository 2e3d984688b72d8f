"""How long a second reader may keep a post waiting, and what a failure of AWS's means here."""

from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    ReadTimeoutError,
)

from shared.policy.second import (
    BrokenSecondReaderError,
    NoSecondReaderError,
    SecondReaderError,
    SlowSecondReaderError,
)

PATIENCE = Config(
    connect_timeout=1, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 2}
)
"""Reading twice does no harm, so it is tried once more; the check at the door has 25 seconds."""

ABSENT = frozenset({"ResourceNotFoundException", "ResourceUnavailableException"})

AwsError = (BotoCoreError, ClientError)
"""Whatever a call to AWS may raise."""


def meaning(error: BotoCoreError | ClientError) -> SecondReaderError:
    """The failure of a call, as one of the second reader's own."""
    if isinstance(error, ConnectTimeoutError | ReadTimeoutError):
        return SlowSecondReaderError(str(error))
    if isinstance(error, ClientError) and error.response["Error"].get("Code") in ABSENT:
        return NoSecondReaderError(str(error))
    return BrokenSecondReaderError(str(error))
