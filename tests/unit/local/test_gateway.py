"""The gateway answers as API Gateway answers, whatever the function says."""

import base64
import json
import threading
from datetime import UTC, datetime

import pytest
from werkzeug.test import Client

from local.gateway import LONGEST_BODY, Gateway
from local.lambdas import NoSuchFunctionError, Outcome, PayloadTooLargeError, TooManyRequestsError

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
URI = "arn:aws:lambda:eu-west-2:123456789012:function:answer/invocations"
FUNCTION = {"x-amazon-apigateway-integration": {"type": "aws_proxy", "uri": URI}}
DESCRIPTION = {
    "x-amazon-apigateway-binary-media-types": ["image/png"],
    "paths": {"/things/{thing}": {"get": FUNCTION, "post": FUNCTION}},
}
OK = {"statusCode": 200, "body": "fine", "headers": {"Content-Type": "text/plain"}}


class OneFunction:
    """Answers every call with the same outcome, or raises it; remembers the events."""

    def __init__(self, result=OK, fault="", raises=None):
        self.events = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        self._outcome = Outcome(json.dumps(result), fault)
        self._raises = raises

    def call(self, _name, event):
        self.events.append(event)
        self.may_answer.wait()
        if self._raises:
            raise self._raises
        return self._outcome


def no_pages(environ, start_response):
    start_response("200 OK", [])
    return [b"a local page"]


def a_client(function=None):
    gateway = Gateway(
        DESCRIPTION, ("api", "local"), function or OneFunction(), lambda: NOON, no_pages
    )
    return Client(gateway, use_cookies=False)


def test_an_event_has_everything_a_handler_reads():
    function = OneFunction()

    a_client(function).post(
        "/things/a%20b?x=1&x=2",
        data="hello",
        headers={"Content-Type": "text/plain", "X-Twice": "yes", "Cookie": "a=b"},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )

    [event] = function.events
    assert event["resource"] == event["requestContext"]["resourcePath"] == "/things/{thing}"
    assert event["path"] == "/things/a b"
    assert event["pathParameters"] == {"thing": "a b"}
    assert event["httpMethod"] == "POST"
    assert event["queryStringParameters"] == {"x": "2"}
    assert event["multiValueQueryStringParameters"] == {"x": ["1", "2"]}
    assert event["headers"]["Cookie"] == "a=b"
    assert event["multiValueHeaders"]["X-Twice"] == ["yes"]
    assert (event["body"], event["isBase64Encoded"]) == ("hello", False)
    assert event["requestContext"]["identity"]["sourceIp"] == "192.0.2.7"
    assert event["requestContext"]["requestTimeEpoch"] == 1772366400000
    assert event["requestContext"]["stage"] == "local"


def test_nothing_is_null_rather_than_empty():
    function = OneFunction()

    a_client(function).get("/things/1")

    [event] = function.events
    assert event["body"] is None
    assert event["queryStringParameters"] is None


def test_a_binary_body_travels_as_base64():
    function = OneFunction()

    a_client(function).post("/things/1", data=b"\x89PNG", content_type="image/png")

    [event] = function.events
    assert event["isBase64Encoded"] is True
    assert base64.b64decode(event["body"]) == b"\x89PNG"


@pytest.mark.parametrize(
    ("accept", "body", "why"),
    [
        ("image/png", b"\x89PNG", "the first media type is a binary one"),
        ("text/html,image/png", b"iVBORw==", "only the first media type counts"),
        ("*/*", b"iVBORw==", "a star is no binary type unless the template says so"),
    ],
)
def test_base64_is_decoded_for_those_who_ask_for_it_first(accept, body, why):
    result = {"statusCode": 200, "body": "iVBORw==", "isBase64Encoded": True}

    answer = a_client(OneFunction(result)).get("/things/1", headers={"Accept": accept})

    assert answer.data == body, why


def test_several_cookies_stay_several():
    result = {"statusCode": 303, "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}}

    answer = a_client(OneFunction(result)).get("/things/1")

    assert answer.status_code == 303
    assert answer.headers.getlist("Set-Cookie") == ["a=1", "b=2"]


def test_a_route_nobody_declared_is_a_missing_token():
    answer = a_client().get("/nowhere")

    assert (answer.status_code, answer.json) == (403, {"message": "Missing Authentication Token"})


@pytest.mark.parametrize(
    "result",
    [
        "only text",
        None,
        {"body": "no status"},
        {"statusCode": "many"},
        {"statusCode": 200, "body": {"not": "text"}},
        {"statusCode": 200, "headers": ["not", "a", "mapping"]},
    ],
)
def test_a_result_that_is_no_answer_is_a_bad_gateway(result):
    answer = a_client(OneFunction(result)).get("/things/1")

    assert (answer.status_code, answer.json) == (502, {"message": "Internal server error"})


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (TooManyRequestsError("busy"), 429),
        (PayloadTooLargeError("long"), 413),
        (NoSuchFunctionError("gone"), 502),
    ],
)
def test_a_function_that_cannot_be_reached_has_a_status(raised, status):
    answer = a_client(OneFunction(raises=raised)).get("/things/1")

    assert answer.status_code == status


def test_a_function_that_fails_is_a_bad_gateway():
    answer = a_client(OneFunction({"errorType": "KeyError"}, fault="Unhandled")).get("/things/1")

    assert answer.status_code == 502


def test_a_function_that_is_too_slow_is_a_gateway_timeout(monkeypatch):
    monkeypatch.setattr("local.gateway.LONGEST_WAIT", 0)
    function = OneFunction()
    function.may_answer.clear()

    answer = a_client(function).get("/things/1")
    function.may_answer.set()

    assert (answer.status_code, answer.json) == (504, {"message": "Endpoint request timed out"})


def test_a_body_that_is_too_long_is_refused_before_any_function():
    function = OneFunction()

    answer = a_client(function).post("/things/1", data=b"x" * (LONGEST_BODY + 1))

    assert (answer.status_code, answer.json) == (413, {"message": "Request Too Long"})
    assert function.events == []


def test_local_pages_are_not_the_functions_business():
    function = OneFunction()

    answer = a_client(function).get("/local/mailbox")

    assert answer.data == b"a local page"
    assert function.events == []
