"""Our own second reader: the function is handed the post, and its answer is read with care."""

import io
import json

import pytest
from botocore.response import StreamingBody
from botocore.stub import ANY, Stubber

from shared.policy.second import (
    BrokenSecondReaderError,
    GarbledReadingError,
    SecondReading,
    Suspected,
)
from shared.readers.own import OwnReader
from tests.unit.policy.candidates import a_candidate
from tests.unit.readers.builders import POST, TEXT, a_client

NAME = "bluelamp-SecondReaderFunction"
READ = {"rule": "rumour", "probability": 0.9, "start": 20, "end": 49}


def answered(payload, post=POST, **more):
    client = a_client("lambda")
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    stream = StreamingBody(io.BytesIO(body), len(body))
    with Stubber(client) as service:
        service.add_response(
            "invoke",
            {"StatusCode": 200, "Payload": stream, **more},
            {"FunctionName": NAME, "Payload": ANY},
        )
        return OwnReader(lambda: client, NAME).read(post)


def test_its_reading_comes_back():
    told = answered({"version": "tiny 7", "read": [READ]})

    assert told == SecondReading("tiny 7", (Suspected("rumour", 0.9, 20, 49),))


def test_it_is_handed_the_post_and_nothing_else():
    asked = []

    class Noting:
        def invoke(self, **given):
            asked.append(given)
            return {"Payload": io.BytesIO(b'{"version": "r", "read": []}')}

    OwnReader(Noting, NAME).read(a_candidate("half \ud83d a pair", kind="correction"))

    [given] = asked
    assert given["FunctionName"] == NAME
    assert json.loads(given["Payload"]) == {
        "text": "half ? a pair",
        "kind": "correction",
        "author_role": "officer",
        "account_level": "neighbourhood",
    }


def test_a_function_that_failed_has_not_read():
    fault = {"errorType": "MissingFileError", "errorMessage": "model.onnx is missing."}

    with pytest.raises(BrokenSecondReaderError, match="MissingFileError"):
        answered(fault, FunctionError="Unhandled")


@pytest.mark.parametrize(
    "payload",
    [b"", b"{", b"\xff", b"null", b"[" * 100_000, {"version": "r", "read": [{**READ, "end": 999}]}],
)
def test_an_answer_that_is_no_reading_is_not_believed(payload):
    with pytest.raises(GarbledReadingError):
        answered(payload)


def test_offsets_count_code_points():
    assert TEXT[20:49] == "Apparently there was a clown."
