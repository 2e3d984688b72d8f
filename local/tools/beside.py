"""Somebody else's server on loopback, beside ours: started, waited for, gone when its owner is."""

import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from local.tools import FailedToolError

PAUSE = 0.1
"""Seconds between two questions whether it answers yet."""


class Beside:
    """A running server; ends when told, and with whoever started it: it reads the end of its
    standard input as the order to go."""

    name = "The server"

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.pid = process.pid
        self._process = process

    @classmethod
    def begin(
        cls,
        argv: Callable[[int], Sequence[str]],
        *,
        port: int | None,
        cwd: Path,
        seconds: float,
    ) -> Self:
        """Start it on a port (a free one if none is named), `argv` of that port, and wait until it
        answers; FailedToolError after `seconds`, or if the port is busy."""
        chosen = port or _free_port()
        if port and _is_taken(port):
            raise FailedToolError(f"Port {port} is busy; {cls.name} cannot listen there.")
        process = subprocess.Popen(
            argv(chosen),
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal is for us; it goes when we go
        )
        running = cls(process, chosen)
        try:
            running._wait(seconds)
        except FailedToolError:
            running.stop()
            raise
        return running

    def stop(self) -> None:
        """End this process, by its own handle, and wait until it is gone."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not _answers(self.url):
            if self._process.poll() is not None:
                raise FailedToolError(f"{self.name} ended while starting on port {self.port}.")
            if time.monotonic() > deadline:
                raise FailedToolError(f"{self.name} did not answer within {seconds:.0f} seconds.")
            time.sleep(PAUSE)


def _answers(url: str) -> bool:
    """Whether anything speaks HTTP there; an unsigned request is answered with a refusal."""
    try:
        urlopen(url, timeout=2).close()  # noqa: S310 - our own loopback address
    except HTTPError as refused:
        refused.close()
    except (URLError, OSError):
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
