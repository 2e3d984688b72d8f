"""The bucket that feeds lie in, as the feed adapter wants its shelf: every write conditional.

The client may try again by itself: a repeated conditional write that had been done meets itself,
and the adapter reads what stands there.
"""

from typing import TYPE_CHECKING, NotRequired, TypedDict

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
)

from shared.platforms.feed.shelf import (
    NoAnswerError,
    NotNowError,
    NotReachedError,
    ShelfError,
    ShutError,
    Stored,
    TakenError,
)

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client

MINUTE = "public, max-age=60"
"""How long the edge may show what was replaced or taken away."""

TAKEN = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"})
"""The condition does not hold, or another conditional write is just being decided; or what was
seen is there no more."""

NOT_NOW = frozenset(
    {"SlowDown", "ServiceUnavailable", "TooManyRequests", "Throttling", "RequestTimeout"}
)
SHUT = frozenset({"AccessDenied", "AllAccessDisabled", "ExpiredToken", "NoSuchBucket"})
ABSENT = "NoSuchKey"


class _Condition(TypedDict):
    IfMatch: NotRequired[str]
    IfNoneMatch: NotRequired[str]


class FeedShelf:
    """One bucket; S3's reads see every write that was answered before."""

    def __init__(self, bucket: str, client: "S3Client") -> None:
        self._bucket = bucket
        self._client = client

    def read(self, path: str) -> Stored | None:
        """The object, None if there is none. ShelfError."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=path)
            return Stored(answer["Body"].read(), answer["ETag"])
        except ClientError as error:
            if error.response["Error"].get("Code") == ABSENT:
                return None
            raise _meaning(error) from error
        except BotoCoreError as error:
            raise _silence(error) from error

    def write(self, path: str, data: bytes, content_type: str, seen: Stored | None) -> None:
        """Write it over what was seen there (None: nothing). ShelfError."""
        condition: _Condition = {"IfNoneMatch": "*"} if seen is None else {"IfMatch": seen.etag}
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=path,
                Body=data,
                ContentType=content_type,
                CacheControl=MINUTE,
                **condition,
            )
        except ClientError as error:
            raise _meaning(error) from error
        except BotoCoreError as error:
            raise _silence(error) from error


def _meaning(error: ClientError) -> ShelfError:
    code = str(error.response["Error"].get("Code", "unknown"))
    if code in TAKEN:
        return TakenError(code)
    if code in NOT_NOW:
        return NotNowError(code)
    return ShutError(code) if code in SHUT else NoAnswerError(code)


def _silence(error: BotoCoreError) -> ShelfError:
    """The kind of failure only; its text may hold more than a log should."""
    kind = type(error).__name__
    if isinstance(error, EndpointConnectionError | ConnectTimeoutError):
        return NotReachedError(kind)
    return ShutError(kind) if isinstance(error, NoCredentialsError) else NoAnswerError(kind)
