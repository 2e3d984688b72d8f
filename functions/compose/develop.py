"""The darkroom, as this room asks it: bytes in, a new picture or a sentence out (ADR 0017)."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compose.picture_errors import DarkroomShutError, SpoiltPictureError
from shared.posts.pictures import TYPES

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_lambda.client import LambdaClient


@dataclass(frozen=True)
class Developed:
    """A picture painted anew."""

    data: bytes
    content_type: str
    width: int
    height: int


class Darkroom:
    """The function `Darkroom` of the template, by the name it was given."""

    def __init__(self, client: Callable[[], "LambdaClient"], function_name: str) -> None:
        self._client = client
        self._function_name = function_name

    def develop(self, data: bytes) -> Developed:
        """The picture painted anew; SpoiltPictureError, DarkroomShutError."""
        from botocore.exceptions import BotoCoreError, ClientError

        asked = json.dumps({"picture": base64.b64encode(data).decode()}).encode()
        try:
            answer = self._client().invoke(FunctionName=self._function_name, Payload=asked)
            payload = answer["Payload"].read()
        except (BotoCoreError, ClientError) as error:
            raise DarkroomShutError("The darkroom does not answer.") from error
        if answer.get("FunctionError"):
            # Out of time or of memory: what a picture can do to it that is no picture for us.
            raise SpoiltPictureError(TOO_MUCH)
        return _developed(json.loads(payload))


TOO_MUCH = "This picture is too much to look at. Save it smaller, as JPEG, and send that."


def _developed(told: dict[str, Any]) -> Developed:
    if "refused" in told:
        raise SpoiltPictureError(str(told["sentence"]))
    if told["content_type"] not in TYPES:
        raise DarkroomShutError("The darkroom gave something that is no picture.")
    data = base64.b64decode(told["picture"], validate=True)
    return Developed(data, told["content_type"], int(told["width"]), int(told["height"]))
