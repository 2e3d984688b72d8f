"""The sandbox server behaves like a platform, and answers nonsense with a sentence."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from local.sandbox import Faults, SandboxServer
from shared.platforms.wire import NoAnswerError, Timeouts, Wire
from tests.platforms.builders import NOON

WIRE = Wire(Timeouts(connect=2.0, read=10.0))


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def server(clock):
    with SandboxServer(clock) as running:
        yield running


def asked(server, method, path, fields=None, token=None, *, body=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    raw = json.dumps(fields).encode() if body is None and fields is not None else body
    return WIRE.call(method, f"{server.url}{path}", headers=headers, body=raw)


def a_token(server, name="stoke"):
    known = server.create_account(name)
    fields = {"identifier": known.identifier, "password": known.password}
    return asked(server, "POST", "/v1/sessions", fields).fields()["token"]


def test_a_post_is_kept_shown_and_counted_against_the_limit(server):
    fields = {"text": "Bore da", "reference": "k1", "language": "cy", "kind": "original"}

    answer = asked(server, "POST", "/v1/posts", fields, a_token(server))

    assert answer.status == 201
    assert answer.headers["x-ratelimit-remaining"] == "299"
    assert [(post.account, post.text) for post in server.posts] == [("stoke", "Bore da")]
    assert WIRE.call("GET", answer.fields()["url"]).status == 200


def test_an_idempotency_key_alone_is_ignored(server):
    server.network.refuses_duplicates = False
    token = a_token(server)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "same"}

    for _ in range(2):
        WIRE.post_json(f"{server.url}/v1/posts", {"text": "Twice"}, headers)

    assert len(server.posts) == 2


def test_people_see_words_not_markup(server):
    fields = {"text": "<script>alert('&')</script>", "language": '"><b>'}
    asked(server, "POST", "/v1/posts", fields, a_token(server))

    page = WIRE.call("GET", f"{server.url}/").body.decode()

    assert "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;" in page
    assert "<script" not in page
    assert "<b>" not in page


def test_a_token_dies_when_its_hour_is_over(server, clock):
    token = a_token(server)
    clock.now += timedelta(hours=1)

    assert asked(server, "GET", "/v1/timeline", token=token).status == 401


NONSENSE = [
    ("POST", "/v1/posts", b"", 422),
    ("POST", "/v1/posts", b"not json", 422),
    ("POST", "/v1/posts", b"[]", 422),
    ("POST", "/v1/posts", b'{"text": 5}', 422),
    ("POST", "/v1/posts", b'{"text": "  "}', 422),
    ("POST", "/v1/posts", b'{"text": "x", "pictures": "m1"}', 422),
    ("POST", "/v1/posts", b'{"text": "x", "pictures": [1]}', 422),
    ("POST", "/v1/posts", b'{"text": "x", "pictures": [{"id": ["m1"]}]}', 422),
    ("POST", "/v1/sessions", b'{"identifier": [], "password": {}}', 401),
    ("POST", "/v1/sessions", b'{"identifier": "nobody"}', 401),
    ("GET", "/v1/posts/p999999", None, 404),
    ("DELETE", "/v1/posts/p999999", None, 404),
    ("GET", "/nothing/here", None, 404),
    ("POST", "/faults", b"{}", 422),
    ("POST", "/faults", b'{"kind": "unheard-of"}', 422),
    ("POST", "/faults", b'{"kind": "429", "on": "tuesday"}', 422),
    ("POST", "/faults", b'{"kind": "429", "times": 0}', 422),
    ("POST", "/faults", b'{"kind": "429", "times": true}', 422),
    ("POST", "/faults", b'{"kind": "429", "colour": "red"}', 422),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), NONSENSE)
def test_nonsense_is_answered_with_a_sentence(server, method, path, body, status):
    answer = asked(server, method, path, token=a_token(server), body=body)

    assert answer.status == status
    assert answer.fields()["error"]["message"].endswith(".")


def test_nobody_acts_without_a_token(server):
    for method, path in [("POST", "/v1/posts"), ("GET", "/v1/timeline"), ("POST", "/v1/media")]:
        assert asked(server, method, path, body=b"{}").status == 401


def test_nobody_deletes_somebody_elses_post(server):
    stoke, leek = a_token(server), a_token(server, "leek")
    post_id = asked(server, "POST", "/v1/posts", {"text": "Ours"}, stoke).fields()["id"]

    assert asked(server, "DELETE", f"/v1/posts/{post_id}", token=leek).status == 403
    assert len(server.posts) == 1


def test_faults_are_asked_for_over_http_and_used_up(server):
    token = a_token(server)
    asked(server, "POST", "/faults", {"kind": "500-after-commit", "times": 2, "account": "stoke"})

    statuses = [
        asked(server, "POST", "/v1/posts", {"text": f"Post {n}"}, token).status for n in range(3)
    ]

    assert statuses == [500, 500, 201]
    assert len(server.posts) == 3
    assert asked(server, "GET", "/faults").fields() == {"faults": []}


def test_a_rule_strikes_only_the_words_it_names_until_cleared(server):
    token = a_token(server)
    server.faults.always("429", containing="storm")

    def status(text):
        return asked(server, "POST", "/v1/posts", {"text": text}, token).status

    assert [status("A storm"), status("Sun"), status("Storm? storm")] == [429, 201, 429]
    asked(server, "DELETE", "/faults")
    assert status("After the storm") == 201


def test_a_fault_for_one_account_spares_the_others(server):
    stoke, leek = a_token(server), a_token(server, "leek")
    server.faults.once("429", account="leek")

    assert asked(server, "POST", "/v1/posts", {"text": "x"}, stoke).status == 201
    assert asked(server, "POST", "/v1/posts", {"text": "x"}, leek).status == 429


class ToldFaults(Faults):
    """Faults that tell when one has struck."""

    def __init__(self):
        super().__init__()
        self.struck = threading.Event()

    def take(self, on, account, text):
        fault = super().take(on, account, text)
        if fault is not None:
            self.struck.set()
        return fault


def test_a_server_that_stops_hangs_up_on_who_waits(clock):
    with SandboxServer(clock) as server, ThreadPoolExecutor(1) as threads:
        server.faults = ToldFaults()
        token = a_token(server)
        server.faults.once("timeout-after-commit")
        waiting = threads.submit(asked, server, "POST", "/v1/posts", {"text": "Hello?"}, token)
        assert server.faults.struck.wait(10)

        server.stop()

        with pytest.raises(NoAnswerError):
            waiting.result(10)
    assert [post.text for post in server.posts] == ["Hello?"]


def test_a_rate_limit_ends_a_window_from_now_however_long_ago_the_last_post_was(server, clock):
    token = a_token(server)
    said = {"text": "Bore da", "reference": "k1", "language": "cy", "kind": "original"}
    asked(server, "POST", "/v1/posts", said, token)
    clock.now += timedelta(minutes=20)
    server.faults.once("429")

    limited = asked(server, "POST", "/v1/posts", {**said, "reference": "k2"}, token)
    after = asked(server, "POST", "/v1/posts", {**said, "reference": "k3", "text": "Da"}, token)

    reset = int(limited.headers["x-ratelimit-reset"])
    assert reset == int((clock.now + timedelta(minutes=15)).timestamp())
    assert (limited.status, after.headers["x-ratelimit-remaining"]) == (429, "299")
