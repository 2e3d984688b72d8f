"""Whoever only reads keeps connections; whoever writes never does."""

import socket
import threading
from contextlib import contextmanager, suppress

import pytest

from shared.platforms.base import Credentials
from shared.platforms.kept_wire import MOST_SERVERS, Connections, KeptWire
from shared.platforms.opening import Opening
from shared.platforms.wire import NoAnswerError
from tests.platforms.builders import HASTY, PATIENT
from tests.platforms.test_wire import OK, whole_request

PARTED = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}"
LAST = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"


class Server:
    """Answers on each connection what `answers` has for it, one after the other, then hangs up."""

    def __init__(self, *answers):
        self.answers = answers
        self.heard: list[list[bytes]] = []
        self.hung_up = threading.Semaphore(0)

    @contextmanager
    def running(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            thread = threading.Thread(target=self._serve, args=(listener,), daemon=True)
            thread.start()
            self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
            yield self
            listener.shutdown(socket.SHUT_RDWR)  # nobody waits for who does not come
        thread.join(10)

    def _serve(self, listener):
        for answers in self.answers:
            try:
                conversation, _ = listener.accept()
            except OSError:
                return  # nobody came for it
            self.heard.append([])
            with conversation, suppress(EOFError):
                for answer in answers:
                    self.heard[-1].append(whole_request(conversation))
                    conversation.sendall(answer)
                self._hang_up(conversation)

    def _hang_up(self, conversation):
        """Say that nothing more comes, and leave when the other side has read it."""
        conversation.shutdown(socket.SHUT_WR)
        self.hung_up.release()
        conversation.settimeout(0.2)
        with suppress(OSError):
            conversation.recv(1)


def a_wire(connections=None):
    return KeptWire(PATIENT, connections or Connections())


def requests(server):
    return [len(heard) for heard in server.heard]


def test_looks_follow_one_another_on_one_connection():
    with Server([OK] * 3).running() as server:
        wire = a_wire()
        answers = [wire.call("GET", server.url).status for _ in range(3)]

    assert answers == [200] * 3
    assert requests(server) == [3]
    assert b"Connection: close" not in server.heard[0][0]


def test_accounts_of_one_run_share_what_is_kept():
    with Server([OK] * 2).running() as server:
        connections = Connections()
        for _ in range(2):
            a_wire(connections).call("GET", server.url)

    assert requests(server) == [2]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_is_no_look_has_a_connection_of_its_own(method):
    with Server([OK], [OK, OK], [OK, OK]).running() as server:
        wire = a_wire()
        wire.call("GET", server.url)
        wire.call(method, server.url, body=b"x")
        wire.call(method, server.url, body=b"x")

    assert requests(server) == [1, 1, 1]
    assert b"Connection: close\r\n" in server.heard[1][0]


def test_a_kept_connection_that_was_dropped_is_none():
    with Server([OK], [OK]).running() as server:
        wire = a_wire()
        wire.call("GET", server.url)
        server.hung_up.acquire(timeout=10)

        assert wire.call("GET", server.url).ok

    assert requests(server) == [1, 1]


class Dropping(Server):
    """Hangs up on a kept connection after the second request has come."""

    def _serve(self, listener):
        conversation, _ = listener.accept()
        with conversation:
            self.heard.append([whole_request(conversation)])
            conversation.sendall(OK)
            self.heard[-1].append(whole_request(conversation))
            self._hang_up(conversation)
        super()._serve(listener)


def test_a_look_whose_kept_connection_drops_meanwhile_is_asked_once_more():
    with Dropping([OK]).running() as server:
        wire = a_wire()
        wire.call("GET", server.url)

        assert wire.call("GET", server.url).ok

    assert requests(server) == [2, 1]


def test_it_is_asked_once_more_and_no_oftener():
    with Dropping([b""], [OK]).running() as server:
        wire = a_wire()
        wire.call("GET", server.url)

        with pytest.raises(NoAnswerError):
            wire.call("GET", server.url)

    assert requests(server) == [2, 1]


def test_a_fresh_connection_that_drops_is_an_answer_lost():
    with Server([b""], [OK]).running() as server, pytest.raises(NoAnswerError):
        a_wire().call("GET", server.url)

    assert requests(server) == [1]


def test_half_an_answer_on_a_kept_connection_is_lost_too():
    with Server([OK, PARTED], [OK]).running() as server:
        wire = a_wire()
        wire.call("GET", server.url)

        with pytest.raises(NoAnswerError):
            wire.call("GET", server.url)

    assert requests(server) == [2]


def test_silence_on_a_kept_connection_is_waited_for_once():
    done = threading.Event()

    class Silent(Server):
        def _serve(self, listener):
            conversation, _ = listener.accept()
            with conversation:
                self.heard.append([whole_request(conversation)])
                conversation.sendall(OK)
                self.heard[-1].append(whole_request(conversation))
                done.wait(60)

    with Silent().running() as server:
        wire = KeptWire(HASTY, Connections())
        wire.call("GET", server.url)
        with pytest.raises(NoAnswerError, match="ReadTimeout"):
            wire.call("GET", server.url)
        done.set()

    assert requests(server) == [2]


def test_a_server_that_keeps_none_is_asked_anew_each_time():
    with Server([LAST], [LAST]).running() as server:
        wire = a_wire()

        assert [wire.call("GET", server.url).ok for _ in range(2)] == [True, True]

    assert requests(server) == [1, 1]


def test_of_many_servers_only_the_last_are_kept():
    connections = Connections()
    for number in range(MOST_SERVERS + 5):
        connections.kept.connection_from_url(f"http://{number}.example/")

    assert len(connections.kept.pools) == MOST_SERVERS


def test_whoever_keeps_no_connections_opens_one_for_each_request():
    with Server([OK, OK], [OK, OK]).running() as server:
        wire = Opening(Credentials(server.url, "a", "b"), None, "", PATIENT, None).wire()
        for _ in range(2):
            wire.call("GET", server.url)

    assert requests(server) == [1, 1]
    assert b"Connection: close\r\n" in server.heard[0][0]
