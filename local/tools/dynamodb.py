"""Amazon's own DynamoDB engine, DynamoDB Local: fetched by Maven, checked, started on loopback."""

import hashlib
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from local.tools import BUILD, ROOT, FailedToolError, MissingToolError
from local.tools.commands import run, tell
from local.tools.once import once

HOME = BUILD / "dynamodb-local"
RECIPE = ROOT / "tests" / "dynamodb"
LEAST_JAVA = 17
FETCH_SECONDS = 600
START_SECONDS = 60
"""A cold Java on two busy cores; it usually answers within three seconds."""

PAUSE = 0.1
"""Seconds between two questions whether it answers yet."""


@dataclass(frozen=True)
class Java:
    """A Java development kit: what runs the engine and what compiles its launcher."""

    java: Path
    javac: Path


def find_java() -> Java:
    """Java 17 or newer with its compiler, from JAVA_HOME or PATH; else MissingToolError."""
    home = os.environ.get("JAVA_HOME")
    search = f"{home}/bin" if home else None
    java, javac = shutil.which("java", path=search), shutil.which("javac", path=search)
    if not java or not javac:
        raise MissingToolError(
            f"No Java development kit here; DynamoDB Local needs Java {LEAST_JAVA} or newer."
        )
    told = run((javac, "-version"), seconds=60)
    version = re.search(r"javac (\d+)", told)
    if version is None or int(version[1]) < LEAST_JAVA:
        raise MissingToolError(
            f"DynamoDB Local needs Java {LEAST_JAVA} or newer; this one says {told.strip()!r}."
        )
    return Java(Path(java), Path(javac))


def fetch_dynamodb_local() -> bool:
    """Put the engine and its native libraries into build/; True if there was anything to do."""
    java = find_java()
    recipe = [RECIPE / name for name in ("pom.xml", "SHA256SUMS", "Loopback.java")]

    def fetch() -> None:
        maven = shutil.which("mvn")
        if maven is None:
            raise MissingToolError("Maven (mvn) is needed to fetch DynamoDB Local; install it.")
        tell("Fetching Amazon's DynamoDB Local with Maven.")
        shutil.rmtree(HOME, ignore_errors=True)
        pom = ("-f", str(RECIPE / "pom.xml"), f"-DoutputDirectory={HOME}")
        run((maven, "-B", "-q", *pom, "dependency:copy-dependencies"), seconds=FETCH_SECONDS)
        _check_sums()
        libraries = ("-cp", f"{HOME}/*", "-d", str(HOME))
        run((str(java.javac), *libraries, str(RECIPE / "Loopback.java")), seconds=120)

    return once(HOME / ".fetched", recipe, fetch)


class DynamoDBLocal:
    """A running engine, in memory, on loopback; ends when told, and with whoever started it."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.pid = process.pid
        self._process = process

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


def start_dynamodb_local(port: int | None = None) -> DynamoDBLocal:
    """Start the engine on a port (a free one if none is named) and wait until it answers."""
    fetch_dynamodb_local()
    chosen = port or _free_port()
    if port and _is_taken(port):
        raise FailedToolError(f"Port {port} is busy; DynamoDB Local cannot listen there.")
    engine = ("-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(chosen))
    memory = ("-Xmx512m", f"-Djava.library.path={HOME}")
    argv = (str(find_java().java), *memory, "-cp", f"{HOME}:{HOME}/*", "Loopback", *engine)
    process = subprocess.Popen(
        argv,
        cwd=HOME,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C in the terminal is for us; the engine goes when we go
    )
    running = DynamoDBLocal(process, chosen)
    try:
        _wait_for(running, lambda: process.poll() is not None)
    except FailedToolError:
        running.stop()
        raise
    return running


def _wait_for(running: DynamoDBLocal, has_ended: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(running.url):
        if has_ended():
            raise FailedToolError(f"DynamoDB Local ended while starting on port {running.port}.")
        if time.monotonic() > deadline:
            raise FailedToolError(f"DynamoDB Local did not answer within {START_SECONDS} seconds.")
        time.sleep(PAUSE)


def _answers(url: str) -> bool:
    """Whether anything speaks HTTP there; an unsigned request is answered with 400."""
    try:
        urlopen(url, timeout=2).close()  # noqa: S310 - our own loopback address
    except HTTPError as refused:
        refused.close()
    except (URLError, OSError):
        return False
    return True


def _check_sums() -> None:
    """Every file Maven brought is one we know, byte for byte."""
    for line in (RECIPE / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        wanted, name = line.split(maxsplit=1)
        file = HOME / name
        found = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"
        if found != wanted:
            raise FailedToolError(f"{name} of DynamoDB Local is not the known file ({found}).")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
