"""The sandbox keeps a connection for as long as its caller likes, and hangs up where it must."""

import json
import socket
from contextlib import closing
from http.client import BadStatusLine, HTTPConnection, IncompleteRead
from urllib.parse import urlsplit

import pytest

from local.sandbox import SandboxServer
from shared.platforms.choose import open_platform
from shared.platforms.kept_wire import Connections
from shared.posts.names import PlatformName
from tests.platforms.builders import NOON, MemorySessions, a_draft, a_key


@pytest.fixture
def server():
    with SandboxServer(lambda: NOON) as running:
        yield running


@pytest.fixture
def line(server):
    """A connection of our own."""
    at = urlsplit(server.url)
    with closing(HTTPConnection(at.hostname, at.port, timeout=10)) as connection:
        yield connection


def asked(line, method, path, body=None, **headers):
    line.request(method, path, body, headers)
    answer = line.getresponse()
    return answer.status, answer.read(), answer.will_close


def spoken(server, words):
    """All that comes back to these bytes, until the sandbox hangs up."""
    at = urlsplit(server.url)
    heard = b""
    with socket.create_connection((at.hostname, at.port), timeout=10) as line:
        line.sendall(words)
        while piece := line.recv(65_536):
            heard += piece
    return heard


def test_many_questions_are_answered_on_one_connection(server, line):
    line.connect()
    here = line.sock

    statuses = [asked(line, "GET", path)[0] for path in ("/v1/limits", "/nothing", "/faults")]

    assert statuses == [200, 404, 200]
    assert line.sock is here


def test_a_refused_post_leaves_the_connection_fit_for_the_next_question(server, line):
    line.connect()
    here = line.sock

    refused = asked(line, "POST", "/v1/posts", json.dumps({"text": "Bore da"}))
    after = asked(line, "GET", "/v1/limits")

    assert (refused[0], after[0], line.sock) == (401, 200, here)


def test_a_kept_connection_that_is_silent_is_no_work_under_way(server, line):
    asked(line, "GET", "/v1/limits")

    assert server.settled(seconds=10)


def test_who_asks_to_be_hung_up_on_is(server, line):
    assert asked(line, "GET", "/v1/limits", Connection="close")[2]
    assert spoken(server, b"GET /v1/limits HTTP/1.1\r\nConnection: Close\r\n\r\n")
    assert spoken(server, b"GET /v1/limits HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_server_that_stops_hangs_up_on_who_keeps_a_connection(server, line):
    line.connect()
    here = line.sock
    asked(line, "GET", "/v1/limits")

    server.stop()

    assert here.recv(1) == b""


@pytest.mark.parametrize(
    ("kind", "lost"),
    [
        ("reset-before-commit", ConnectionResetError),
        ("timeout-before-commit", TimeoutError),
        ("truncated-body", IncompleteRead),
    ],
)
def test_a_fault_on_a_kept_connection_is_that_fault(server, line, kind, lost):
    asked(line, "GET", "/v1/limits")
    server.faults.once(kind, on="limits")
    line.sock.settimeout(0.5 if lost is TimeoutError else 10)

    with pytest.raises(lost):
        asked(line, "GET", "/v1/limits")

    line.close()
    assert asked(line, "GET", "/v1/limits")[0] == 200


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (b"Hello?\r\n\r\n", 400),
        (b"GET /v1/limits HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n", 400),
        (b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n", 400),
        (b"PATCH /v1/limits HTTP/1.1\r\n\r\n", 501),
        (b"POST /faults HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        (b"POST /faults HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 413),
        (b"POST /faults HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413),
    ],
)
def test_what_cannot_be_understood_is_answered_and_ends_the_connection(server, words, status):
    assert spoken(server, words).startswith(f"HTTP/1.1 {status} ".encode())


def test_who_hangs_up_in_the_midst_of_a_question_is_heard_out_no_further(server):
    at = urlsplit(server.url)
    for words in (b"", b"POST /fau", b"POST /faults HTTP/1.1\r\nContent-Length: 9\r\n\r\n{}"):
        with socket.create_connection((at.hostname, at.port), timeout=10) as line:
            line.sendall(words)

    assert server.settled(seconds=10)
    assert server.faults.waiting() == ()


def test_nobody_is_answered_by_a_stopped_server(server, line):
    server.stop()

    with pytest.raises((ConnectionRefusedError, BadStatusLine)):
        asked(line, "GET", "/v1/limits")


def test_whoever_only_tries_keys_looks_at_all_accounts_on_one_connection(server):
    connections, looked = Connections(), []
    for name in ("stoke", "leek", "stone"):
        keys = server.create_account(name)
        adapter = open_platform(
            PlatformName("sandbox"), keys, MemorySessions(), name, connections=connections
        )
        looked.append(adapter.find(adapter.prepare(a_draft("Nothing."), a_key(), NOON)))

    assert looked == [None] * 3
    assert connections.kept.connection_from_url(server.url).num_connections == 1
