"""Connections to one of our servers: which of them are being worked on, and which only kept."""

import socket
import threading
from contextlib import suppress
from socketserver import ThreadingTCPServer

from local.conversation import Conversation

Line = socket.socket | tuple[bytes, socket.socket]
"""A connection, as socketserver types it; the tuple is for datagrams."""


class Switchboard(ThreadingTCPServer):
    """Gives each connection a thread for as long as it is kept. `stopping` is for whoever waits."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(
        self,
        address: tuple[str, int],
        conversation: type[Conversation],
        *,
        listening: socket.socket | None = None,
    ) -> None:
        self.stopping = threading.Event()
        self._busy = 0
        self._kept: set[socket.socket] = set()
        self._changed = threading.Condition()
        super().__init__(address, conversation, bind_and_activate=listening is None)
        if listening is not None:
            self.socket.close()
            self.socket = listening

    def idle(self, seconds: float) -> bool:
        """Whether nothing is asked, or nothing any more within `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: self._busy == 0, seconds)

    def at_work(self, connection: socket.socket) -> None:
        """A question has come; the first one was waited for."""
        with self._changed:
            if connection in self._kept:
                self._kept.remove(connection)
                self._busy += 1

    def at_rest(self, connection: socket.socket) -> bool:
        """An answer has gone; whether another question may come."""
        with self._changed:
            if self.stopping.is_set():
                return False
            self._kept.add(connection)
            self._one_less()
            return True

    def process_request(self, request: Line, client_address: object) -> None:
        """Somebody has called."""
        with self._changed:
            self._busy += 1
        super().process_request(request, client_address)

    def shutdown_request(self, request: Line) -> None:
        """One of the two hangs up."""
        # Only closes: an orderly shutdown first would turn an injected reset into a plain end.
        self.close_request(request)
        with self._changed:
            if request in self._kept:
                self._kept.discard(request)
            else:
                self._one_less()

    def server_close(self) -> None:
        """Listen no more, and hang up on who keeps a connection and asks nothing."""
        self.stopping.set()
        super().server_close()
        with self._changed:
            for connection in self._kept:
                with suppress(OSError):  # who has hung up meanwhile
                    connection.shutdown(socket.SHUT_RDWR)

    def _one_less(self) -> None:
        """The lock is held."""
        self._busy -= 1
        self._changed.notify_all()
