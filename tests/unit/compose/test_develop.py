"""The darkroom as it is asked: whatever it says, a picture comes back or a sentence."""

import base64
import io
import json

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from compose.develop import TOO_MUCH, Darkroom, Developed
from compose.picture_errors import DarkroomShutError, SpoiltPictureError

TOLD = {
    "picture": base64.b64encode(b"new").decode(),
    "content_type": "image/png",
    "width": 3,
    "height": 2,
}


class Lambda:
    """A client that answers what it was told to."""

    def __init__(self, told=None, error=None, function_error=None):
        self.told, self.error, self.function_error = told, error, function_error
        self.asked = []

    def invoke(self, *, FunctionName, Payload):  # noqa: N803 - boto3's own names
        self.asked.append((FunctionName, json.loads(Payload)))
        if self.error:
            raise self.error
        answer = {"Payload": io.BytesIO(json.dumps(self.told).encode())}
        return {**answer, "FunctionError": self.function_error} if self.function_error else answer


def develop(client):
    return Darkroom(lambda: client, "darkroom").develop(b"old")


def test_bytes_go_there_and_a_picture_comes_back():
    client = Lambda(TOLD)

    assert develop(client) == Developed(b"new", "image/png", 3, 2)
    assert client.asked == [("darkroom", {"picture": base64.b64encode(b"old").decode()})]


def test_a_refusal_is_told_in_its_own_words():
    with pytest.raises(SpoiltPictureError, match="stands still"):
        develop(Lambda({"refused": "animation", "sentence": "Send one that stands still."}))


def test_a_picture_that_is_too_much_for_it_is_refused():
    with pytest.raises(SpoiltPictureError, match=TOO_MUCH.split(".", maxsplit=1)[0]):
        develop(Lambda({"errorType": "Sandbox.Timedout"}, function_error="Unhandled"))


@pytest.mark.parametrize(
    "error",
    [
        ReadTimeoutError(endpoint_url="https://lambda.example"),
        ClientError({"Error": {"Code": "TooManyRequestsException"}}, "Invoke"),
    ],
)
def test_where_it_does_not_answer_the_same_may_be_sent_again(error):
    with pytest.raises(DarkroomShutError):
        develop(Lambda(error=error))


def test_what_it_gives_that_is_no_picture_is_not_kept():
    with pytest.raises(DarkroomShutError):
        develop(Lambda({**TOLD, "content_type": "text/html"}))
