"""Every answer of an application is a document or a page with safe headers, never a bare 500."""

import base64
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.http.application import SAFE_HEADERS, Answer, Application, json_answer, see_other
from shared.http.problems import ConflictError, ForbiddenError, InvalidFieldsError, ProblemError
from tests.unit.http.events import an_event


def an_application():
    app = Application("test", translate, lambda problem: f"<h1>{problem.title}</h1>")

    @app.on("/v1/things", "POST")
    def take(call):
        return json_answer({"got": call.json()}, 202, Location="/v1/things/1")

    @app.on("/v1/counts", "POST")
    def count(call):
        return json_answer({"fields": len(call.json())}, 202)

    @app.on("/things/{name}")
    def show(call, name):
        return Answer(f"<p>{name}</p>")

    @app.on("/v1/echo")
    def echo(call):
        return json_answer(
            {
                "query": dict(call.query),
                "token": call.header("authorization"),
                "path": call.path,
                "source": call.source,
            }
        )

    for path in ("/v1/broken", "/broken"):

        @app.on(path)
        def broken(call):
            raise WRONG[0]

    return app


def translate(error):
    return ConflictError("Somebody was quicker.") if isinstance(error, KeyError) else None


WRONG = [ForbiddenError("Not yours.")]
APP = an_application()


def ask(path, method="GET", **changes):
    return APP(an_event(path, method, **changes), None)


@pytest.fixture
def wrong():
    before = WRONG[0]
    yield lambda error: WRONG.__setitem__(0, error)
    WRONG[0] = before


def test_a_view_gets_the_request_and_its_answer_goes_back():
    heard = ask("/v1/things", "POST", body='{"text": "é"}')

    assert heard["statusCode"] == 202
    assert json.loads(heard["body"]) == {"got": {"text": "é"}}
    assert heard["headers"]["Content-Type"] == "application/json"
    assert heard["headers"]["Location"] == "/v1/things/1"


def test_headers_are_found_whatever_their_capitals_and_queries_by_their_last_value():
    heard = ask(
        "/v1/echo",
        headers={"AUTHORIZATION": "Bearer abc"},
        multiValueQueryStringParameters={"cursor": ["a", "b"]},
    )

    told = json.loads(heard["body"])
    assert told["query"] == {"cursor": "b"}
    assert (told["token"], told["path"], told["source"]) == ("Bearer abc", "/v1/echo", "")


def test_where_a_request_came_from_is_what_the_gateway_saw_and_not_what_it_was_told():
    context = {"httpMethod": "GET", "resourcePath": "/v1/echo"}
    seen = {"sourceIp": "192.0.2.7"}

    heard = ask(
        "/v1/echo",
        requestContext={**context, "identity": seen},
        headers={"X-Forwarded-For": "198.51.100.1"},
    )

    assert json.loads(heard["body"])["source"] == "192.0.2.7"


def test_a_path_parameter_reaches_its_view():
    assert ask("/things/{name}", pathParameters={"name": "one"})["body"] == "<p>one</p>"


@pytest.mark.parametrize("path", ["/v1/echo", "/v1/broken", "/broken"])
def test_every_answer_carries_the_safe_headers_and_is_kept_by_nobody(path):
    headers = ask(path)["headers"]

    assert SAFE_HEADERS.items() <= headers.items()
    assert headers["Cache-Control"] == "no-store"


def test_the_page_policy_lets_nothing_in_from_elsewhere():
    sources = dict(
        part.strip().split(" ", 1) for part in SAFE_HEADERS["Content-Security-Policy"].split(";")
    )

    assert sources["default-src"] == sources["frame-ancestors"] == sources["base-uri"] == "'none'"
    assert "unsafe" not in str(sources)
    assert "http" not in str(sources)


def test_an_answer_may_say_otherwise_of_itself_and_bring_cookies():
    app = Application("test", translate, str)

    @app.on("/file")
    def file(call):
        return Answer("x", content_type="text/css", headers={"Cache-Control": "public"})

    @app.on("/moved")
    def moved(call):
        return see_other("/elsewhere", ("a=1; Path=/", "b=2; Path=/"))

    kept, other = app(an_event("/file"), None), app(an_event("/moved"), None)
    assert (kept["headers"]["Cache-Control"], kept["headers"]["Content-Type"]) == (
        "public",
        "text/css",
    )
    assert (other["statusCode"], other["headers"]["Location"]) == (303, "/elsewhere")
    assert other["multiValueHeaders"]["Set-Cookie"] == ["a=1; Path=/", "b=2; Path=/"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ForbiddenError("Not yours."), 403),
        (ConflictError("Too late."), 409),
        (InvalidFieldsError(()), 422),
        (KeyError("a"), 409),
        (ProblemError("Ours."), 500),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_is_a_document_under_v1_and_a_page_elsewhere(wrong, error, status):
    wrong(error)

    document, page = ask("/v1/broken"), ask("/broken")

    assert document["statusCode"] == page["statusCode"] == status
    assert document["headers"]["Content-Type"] == "application/problem+json"
    assert json.loads(document["body"])["status"] == status
    assert page["headers"]["Content-Type"].startswith("text/html")
    assert page["body"].startswith("<h1>")


@pytest.mark.parametrize("error", [RuntimeError("secret-of-ours"), ZeroDivisionError()])
def test_what_nobody_foresaw_is_told_as_a_sentence_and_its_cause_to_the_journal(
    wrong, error, caplog
):
    wrong(error)

    heard = ask("/v1/broken")

    assert heard["statusCode"] == 500
    assert "Nothing was lost" in json.loads(heard["body"])["detail"]
    assert "secret-of-ours" not in heard["body"]
    (told,) = caplog.records
    assert told.route == "/v1/broken"
    assert told.exc_info[1] is error


def test_the_journal_is_told_the_route_and_never_the_path_that_holds_a_secret(caplog):
    app = Application("test", translate, str)

    @app.on("/approvals/{link}")
    def broken(call, link):
        raise RuntimeError

    app(an_event("/approvals/{link}", pathParameters={"link": "secret-of-a-link"}), None)

    (told,) = caplog.records
    assert told.route == "/approvals/{link}"
    assert "secret-of-a-link" not in f"{vars(told)} {caplog.text}"


anything = st.text(st.characters(exclude_categories=()))


@settings(max_examples=60)
@given(body=anything | st.none(), kind=anything | st.just("application/json"), coded=st.booleans())
@example(body="é", kind="application/json", coded=True)
@example(body="a", kind="application/json", coded=True)
@example(body="\ud800", kind="application/json", coded=False)
@example(body='{"a": "\\ud800"}', kind="application/json", coded=False)
def test_no_body_whatever_is_answered_with_anything_but_a_document(body, kind, coded):
    heard = ask(
        "/v1/counts",
        "POST",
        body=body,
        headers={"content-type": kind},
        isBase64Encoded=coded,
    )

    assert heard["statusCode"] in {202, 400, 415, 422}
    assert json.loads(heard["body"].encode("utf-8"))


def test_a_body_in_base64_is_the_bytes_it_stands_for():
    body = base64.b64encode(b'{"a": 1}').decode()

    heard = ask("/v1/things", "POST", body=body, isBase64Encoded=True)

    assert json.loads(heard["body"]) == {"got": {"a": 1}}
