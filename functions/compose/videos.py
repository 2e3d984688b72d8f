"""Videos on their way in: where a browser hands one over, and who cleans it (ADR 0021).

A video is too large for the gateway. Whoever may write is given a form for S3, good for ten
minutes, for one object under their own name, of one type and no more bytes than allowed. What
arrives there is cleaned by a function that is handed two addresses and has no right besides; the
bytes as they were sent are emptied at once, and what nobody came back for is gone after a day.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from compose.picture_errors import DarkroomShutError, SpoiltPictureError
from shared.posts.capabilities import LARGEST_VIDEO
from shared.posts.content import VIDEO
from shared.posts.names import PersonId

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_lambda.client import LambdaClient
    from mypy_boto3_s3.client import S3Client

GOOD_FOR = timedelta(minutes=10)
CLEANING = timedelta(minutes=1)

TOO_MUCH = "This video is too much to look at. Save it smaller or shorter, as MP4, and send that."


@dataclass(frozen=True)
class Handover:
    """What a form for S3 needs: where it goes, and its fields, which come before the file."""

    upload_id: str
    address: str
    fields: Mapping[str, str]
    ends_at: datetime


@dataclass(frozen=True)
class Cleaned:
    """A clean video, as it lies where it was laid."""

    sha256: str
    size: int
    width: int
    height: int
    milliseconds: int


class Incoming:
    """The bucket of what was handed over and not looked at yet."""

    def __init__(self, client: Callable[[], "S3Client"], bucket: str, media: str) -> None:
        self._client = client
        self._bucket = bucket
        self._media = media

    def handover(
        self, person: PersonId, upload_id: str, now: datetime, back: str | None = None
    ) -> Handover:
        """A form for one video of this person; `back` is where a browser goes afterwards."""
        then = {"success_action_redirect": back} if back else {"success_action_status": "201"}
        fields = {"Content-Type": VIDEO, **then}
        signed = self._client().generate_presigned_post(
            self._bucket,
            _key(person, upload_id),
            Fields=dict(fields),
            Conditions=[
                ["content-length-range", 1, LARGEST_VIDEO],
                *({name: value} for name, value in fields.items()),
            ],
            ExpiresIn=int(GOOD_FOR.total_seconds()),
        )
        return Handover(upload_id, signed["url"], signed["fields"], now + GOOD_FOR)

    def addresses(self, person: PersonId, upload_id: str, laid_at: str) -> tuple[str, str]:
        """Where a video of this person is fetched from, and where the clean one is laid."""
        client, seconds = self._client(), int(CLEANING.total_seconds())
        fetch = client.generate_presigned_url(
            "get_object",
            Params={"Bucket": self._bucket, "Key": _key(person, upload_id)},
            ExpiresIn=seconds,
        )
        lay = client.generate_presigned_url(
            "put_object",
            Params={"Bucket": self._media, "Key": laid_at, "ContentType": VIDEO},
            ExpiresIn=seconds,
        )
        return fetch, lay

    def empty(self, person: PersonId, upload_id: str) -> None:
        """Let nothing be left of the bytes as they were sent; DarkroomShutError."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self._client().put_object(Bucket=self._bucket, Key=_key(person, upload_id), Body=b"")
        except (BotoCoreError, ClientError) as error:
            raise DarkroomShutError("What was sent could not be emptied.") from error


class VideoDarkroom:
    """The function `VideoDarkroom` of the template, by the name it was given."""

    def __init__(self, client: Callable[[], "LambdaClient"], function_name: str) -> None:
        self._client = client
        self._function_name = function_name

    def clean(self, fetch: str, lay: str) -> Cleaned:
        """Have it cleaned from one address to the other; SpoiltPictureError, DarkroomShutError."""
        from botocore.exceptions import BotoCoreError, ClientError

        asked = json.dumps({"fetch": fetch, "lay": lay}).encode()
        try:
            answer = self._client().invoke(FunctionName=self._function_name, Payload=asked)
            told = json.loads(answer["Payload"].read())
        except (BotoCoreError, ClientError) as error:
            raise DarkroomShutError("The darkroom for videos does not answer.") from error
        if answer.get("FunctionError"):
            if _of_its_own(told):
                raise DarkroomShutError("The darkroom for videos could not fetch or lay it.")
            raise SpoiltPictureError(TOO_MUCH)  # out of time
        if "refused" in told:
            raise SpoiltPictureError(str(told["sentence"]))
        numbers = {name: int(told[name]) for name in ("size", "width", "height", "milliseconds")}
        return Cleaned(str(told["sha256"]), **numbers)


def _of_its_own(told: object) -> bool:
    """Whether its own code gave up, as on a network that failed; not Lambda on it."""
    kind = told.get("errorType", "") if isinstance(told, dict) else ""
    return kind in {"HTTPError", "URLError", "TimeoutError", "ConnectionResetError"}


def _key(person: PersonId, upload_id: str) -> str:
    return f"incoming/{person}/{upload_id}"
