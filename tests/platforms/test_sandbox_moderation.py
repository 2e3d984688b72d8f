"""What the sandbox does with comments, looked at over HTTP without the adapter."""

import json
import urllib.error
import urllib.request

import pytest

from local.sandbox import SandboxServer
from tests.platforms.builders import now


@pytest.fixture
def sandbox():
    with SandboxServer(now) as running:
        yield running


def ask(sandbox, method, path, fields=None, token=""):
    """Status and JSON, or the page."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{sandbox.url}{path}",
        method=method,
        data=None if fields is None else json.dumps(fields).encode(),
        headers={"Authorization": f"Bearer {token}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        status, body = refused.code, refused.read()
    return status, json.loads(body) if body[:1] == b"{" else body.decode()


def signed_in(sandbox, name="stoke"):
    keys = sandbox.create_account(name)
    fields = {"identifier": keys.identifier, "password": keys.password}
    return ask(sandbox, "POST", "/v1/sessions", fields)[1]["token"]


def said(sandbox, text="Liars.", name="Ann Tell"):
    fields = {"account": "stoke", "text": text, "name": name}
    return ask(sandbox, "POST", "/remarks", fields)[1]["id"]


def test_what_the_public_says_in_a_trial_is_a_comment_with_a_page(sandbox):
    name = said(sandbox, "<b>Liars.</b>")

    status, page = ask(sandbox, "GET", f"/remarks/{name}")

    assert status == 200
    assert "&lt;b&gt;Liars." in page


def test_a_remark_without_words_or_account_is_refused(sandbox):
    assert ask(sandbox, "POST", "/remarks", {"account": "stoke"})[0] == 422
    assert ask(sandbox, "POST", "/remarks", {"text": "Hello"})[0] == 422


def test_a_hidden_comment_has_no_page_and_its_account_still_sees_it(sandbox):
    token, name = signed_in(sandbox), said(sandbox)

    status, hidden = ask(sandbox, "PUT", f"/v1/comments/{name}", {"hidden": True}, token)

    assert (status, hidden["hidden"]) == (200, True)
    assert ask(sandbox, "GET", f"/remarks/{name}")[0] == 404
    assert ask(sandbox, "GET", f"/v1/comments/{name}", token=token)[1]["text"] == "Liars."


def test_nobody_moderates_what_was_said_to_another_account(sandbox):
    name, stranger = said(sandbox), signed_in(sandbox, "leek")

    for method, fields in (("GET", None), ("PUT", {"hidden": True}), ("DELETE", None)):
        assert ask(sandbox, method, f"/v1/comments/{name}", fields, stranger)[0] == 404
    assert ask(sandbox, "GET", f"/remarks/{name}")[0] == 200


def test_without_a_token_nothing_is_moderated(sandbox):
    name = said(sandbox)

    assert ask(sandbox, "DELETE", f"/v1/comments/{name}")[0] == 401
    assert ask(sandbox, "PUT", "/v1/blocks/n-anntell")[0] == 401


def test_whoever_is_blocked_says_nothing_more_until_they_may_again(sandbox):
    token = signed_in(sandbox)
    ask(sandbox, "PUT", "/v1/blocks/n-anntell", token=token)
    fields = {"account": "stoke", "text": "Liars!", "name": "Ann Tell"}

    assert ask(sandbox, "POST", "/remarks", fields)[0] == 403
    ask(sandbox, "DELETE", "/v1/blocks/n-anntell", token=token)
    assert ask(sandbox, "POST", "/remarks", fields)[0] == 201


@pytest.mark.parametrize("why", ["", "  ", "x" * 1_001, None])
def test_a_report_says_why_in_bounds(sandbox, why):
    token, name = signed_in(sandbox), said(sandbox)

    assert ask(sandbox, "POST", f"/v1/comments/{name}/reports", {"why": why}, token)[0] == 422
    assert sandbox.told == []


def test_an_unknown_door_is_none(sandbox):
    token = signed_in(sandbox)

    assert ask(sandbox, "PATCH", "/v1/comments/r1", {}, token)[0] in (404, 501)
    assert ask(sandbox, "POST", "/v1/comments", {}, token)[0] == 404
