"""The shelf: where pictures and videos lie, each laid once under a name of its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from shared.records.errors import NotFoundError, UnavailableError

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client


WATCHING = 300
"""Seconds for which the address of a video leads to it."""


def signing_client() -> "S3Client":
    """A client whose addresses S3 itself believes: signed as its keys ask, in its own region."""
    import boto3
    from botocore.config import Config

    how = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    return boto3.client("s3", config=how)


class Shelf:
    """The media bucket, for whoever lays or shows pictures."""

    def __init__(self, client: Callable[[], "S3Client"], bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def lay(self, key: str, data: bytes, content_type: str) -> None:
        """Lay a picture there; UnavailableError."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self._client().put_object(
                Bucket=self._bucket, Key=key, Body=data, ContentType=content_type
            )
        except (BotoCoreError, ClientError) as error:
            raise UnavailableError("PutObject") from error

    def take(self, key: str) -> bytes:
        """Its bytes; NotFoundError, UnavailableError."""
        from botocore.exceptions import BotoCoreError, ClientError

        client = self._client()
        try:
            return client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except client.exceptions.NoSuchKey as error:
            raise NotFoundError("picture", key) from error
        except (BotoCoreError, ClientError) as error:
            raise UnavailableError("GetObject") from error

    def address(self, key: str, saved_as: str | None = None) -> str:
        """Where somebody may fetch it for a few minutes, who may see it: what is too large to be
        handed out here. What is `saved_as` a file of some name is not shown by a browser."""
        wanted = {"Bucket": self._bucket, "Key": key}
        if saved_as:
            wanted |= {
                "ResponseContentDisposition": f'attachment; filename="{saved_as}"',
                "ResponseContentType": "application/octet-stream",
            }
        return self._client().generate_presigned_url(
            "get_object", Params=wanted, ExpiresIn=WATCHING
        )
