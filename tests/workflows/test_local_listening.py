"""An application behind a port of ours is asked as WSGI says, over connections that are kept."""

import logging
from contextlib import closing
from http.client import HTTPConnection

import pytest

from local.listening import Listener


def echo(environ, start):
    """The question, told back."""
    start("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    names = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_X_TOLD", "CONTENT_TYPE")
    told = [str(environ.get(name)) for name in names]
    return [", ".join(told).encode(), b": ", environ["wsgi.input"].read()]


@pytest.fixture
def listener():
    listening = Listener()
    yield listening
    listening.close()


@pytest.fixture
def line(listener):
    with closing(HTTPConnection("127.0.0.1", listener.port, timeout=10)) as connection:
        yield connection


def asked(line, method="GET", path="/", body=None, headers=None):
    line.request(method, path, body, headers or {})
    answer = line.getresponse()
    return answer.status, answer.read().decode(), answer


def test_a_question_reaches_the_application_whole(listener, line):
    listener.serve(echo)
    told = {"X-Told": "once", "X_Told": "in disguise", "Content-Type": "text/x"}

    status, words, answer = asked(line, "PUT", "/bore%20da?a=%20b", "body", told)

    assert (status, words) == (200, "PUT, /bore da, a=%20b, once, text/x: body")
    assert answer.headers.get_all("Set-Cookie") == ["a=1", "b=2"]


def test_many_questions_take_one_connection(listener, line):
    listener.serve(echo)
    line.connect()
    here = line.sock

    answers = [asked(line, "POST", f"/{n}", str(n))[1] for n in range(3)]

    assert answers == [f"POST, /{n}, , None, None: {n}" for n in range(3)]
    assert line.sock is here


def test_an_answer_to_head_says_how_long_it_would_be_and_the_connection_stays_fit(listener, line):
    def sized(environ, start):
        start("200 OK", [("Content-Length", "4")])
        return [b"word"]

    listener.serve(sized)

    _, words, answer = asked(line, "HEAD")

    assert (words, answer.headers["Content-Length"]) == ("", "4")
    assert asked(line)[1] == "word"


def test_an_answer_without_a_body_says_nothing_of_its_length(listener, line):
    def nothing(environ, start):
        start("204 NO CONTENT", [])
        return []

    listener.serve(nothing)

    assert [asked(line)[0] for _ in range(2)] == [204, 204]
    assert "Content-Length" not in asked(line)[2].headers


def test_an_application_that_fails_is_logged_and_the_next_question_answered(listener, line, caplog):
    def failing(environ, start):
        if environ["PATH_INFO"] == "/bad":
            raise ValueError("too bad")
        return echo(environ, start)

    listener.serve(failing)

    with caplog.at_level(logging.ERROR):
        assert asked(line, path="/bad")[0] == 500
    assert "too bad" in caplog.text
    assert asked(line, path="/good")[0] == 200


def test_what_is_read_of_an_answer_is_closed(listener, line):
    class Answer:
        closed = False

        def __iter__(self):
            return iter([b"word"])

        def close(self):
            Answer.closed = True

    def closing_it(environ, start):
        start("200 OK", [])
        return Answer()

    listener.serve(closing_it)

    assert asked(line)[1] == "word"
    assert Answer.closed


def test_a_listener_that_closes_hangs_up_on_who_keeps_a_connection(listener, line):
    listener.serve(echo)
    line.connect()
    here = line.sock
    asked(line)

    listener.close()

    assert here.recv(1) == b""
