"""A WSGI application on one address of this machine, in a thread of its own."""

import errno
import socket
import threading
from collections.abc import Callable

from local.answering import AnsweringServer, Wsgi

LOOPBACK = "127.0.0.1"


class PortBusyError(Exception):
    """Somebody else listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"Port {port} is in use by another program; stop that one or choose another port."
        )
        self.port = port


class Listener:
    """A port taken at once, served later: what comes in between waits."""

    def __init__(self, port: int = 0) -> None:
        try:
            self._socket = socket.create_server((LOOPBACK, port), backlog=128)
        except OSError as refused:
            if refused.errno in {errno.EADDRINUSE, errno.EACCES}:
                raise PortBusyError(port) from refused
            raise
        self.port: int = self._socket.getsockname()[1]
        self._server: AnsweringServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The base URL, without a slash at the end."""
        return f"http://{LOOPBACK}:{self.port}"

    def serve(self, application: Wsgi) -> None:
        """Answer from now on, each connection in a thread."""
        self._server = AnsweringServer(self._socket, application)
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name=f"http-{self.port}",
            daemon=True,
        )
        self._thread.start()

    def wrap(self, wrapping: Callable[[Wsgi], Wsgi]) -> None:
        """Let every request from now on pass through what `wrapping` makes of the application."""
        if self._server is not None:
            self._server.application = wrapping(self._server.application)

    def close(self) -> None:
        """Stop answering and give the port back."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join(timeout=10)
            self._server.server_close()
        self._socket.close()
