"""A real Bluesky server on this machine, for tests, the demo and `make run PLATFORM=bluesky`.

`PdsServer.start()` fetches and builds it by its lock file if need be (about a minute, once), runs
it on the loopback address and waits until it answers; `create_account` opens an account on it.
It ends when stopped, and when this process ends in whatever way.

ToolError (local.tools)
├── MissingToolError   no Node, or no compiler
└── FailedToolError    it could not be built, did not come up, or refused an account
"""

import os
import queue
import secrets
import shutil
import socket
import subprocess
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from local.tools import ROOT, FailedToolError
from local.tools.node import find_node, npm_ci
from shared.platforms.base import Credentials
from shared.platforms.wire import Timeouts, Wire, WireError

HOME = ROOT / "tests" / "pds"
LOOPBACK = "127.0.0.1"

READY_SECONDS = 60
"""It takes one or two on an idle machine."""

STOP_SECONDS = 10


class PdsServer:
    """A running server: `url`, `pid`, and a folder of its own that goes when it stops."""

    def __init__(self, process: subprocess.Popen[str], directory: Path, port: int) -> None:
        self.url = f"http://{LOOPBACK}:{port}"
        self.pid = process.pid
        self._process = process
        self._directory = directory
        self._wire = Wire(Timeouts(connect=3.0, read=30.0))

    @classmethod
    def start(
        cls, *, port: int = 0, plc_port: int = 0, rate_limits: bool = False, view: str = ""
    ) -> Self:
        """Run one; `plc_port` is its directory's. Port 0 is any free one. `view` is the address of
        a view of the network, for who asks about others."""
        npm_ci(HOME, compiles=True)
        port, plc_port = port or _free_port(), plc_port or _free_port()
        directory = Path(tempfile.mkdtemp(prefix="bluelamp-pds-"))
        with (directory / "said").open("w+") as said:
            more = {"PDS_RATE_LIMITS": "1" if rate_limits else "0", "APP_VIEW_URL": view}
            process = _run(port, plc_port, directory, said, more)
            server = cls(process, directory, port)
            try:
                _await_ready(process, said)
            except FailedToolError:
                server.stop()
                raise
        return server

    def create_account(self, handle: str) -> Credentials:
        """Open an account; a bare name of 3 to 18 letters and digits becomes `<name>.test`."""
        full = handle if "." in handle else f"{handle}.test"
        password = secrets.token_urlsafe(16)
        fields = {"handle": full, "email": f"post@{full}", "password": password}
        url = f"{self.url}/xrpc/com.atproto.server.createAccount"
        try:
            answer = self._wire.post_json(url, fields, {})
        except WireError as error:
            raise FailedToolError(f"The Bluesky server did not answer: {error}.") from error
        if not answer.ok:
            raise FailedToolError(f"No account {full}: {answer.fields().get('message')}.")
        return Credentials(service=self.url, identifier=full, password=password)

    def stop(self) -> None:
        """End the process and remove its folder; stopping twice is fine."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_SECONDS)
        if self._process.stdin:
            self._process.stdin.close()
        shutil.rmtree(self._directory, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _run(
    port: int, plc_port: int, directory: Path, said: IO[str], more: dict[str, str]
) -> subprocess.Popen[str]:
    settings = {
        "PDS_PORT": str(port),
        "PLC_PORT": str(plc_port),
        "PDS_DIRECTORY": str(directory),
        "LOG_ENABLED": "false",
        **more,
    }
    return subprocess.Popen(
        [str(find_node().binary), str(HOME / "run.cjs")],
        cwd=HOME,
        env={**os.environ, **settings},
        stdin=subprocess.PIPE,  # its closing tells the server that we are gone
        stdout=subprocess.PIPE,
        stderr=said,
        text=True,
        start_new_session=True,  # Ctrl-C in the terminal is for us; the server goes when we go
    )


def _await_ready(process: subprocess.Popen[str], said: IO[str]) -> None:
    """Return at the server's ready line; FailedToolError with its own words otherwise."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_drain, args=(process.stdout, lines), daemon=True).start()
    try:
        line = lines.get(timeout=READY_SECONDS)
    except queue.Empty:
        raise FailedToolError(f"No word from the Bluesky server in {READY_SECONDS} s.") from None
    if '"ready":true' not in line:
        said.seek(0)
        raise FailedToolError(f"The Bluesky server ended: {said.read().strip()[-500:]}")


def _drain(stream: IO[str], lines: "queue.SimpleQueue[str]") -> None:
    """Read on to the end, for a full pipe would stop the server; the end is an empty line."""
    with stream:
        for line in stream:
            lines.put(line)
    lines.put("")


def _free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
