"""The parent's end of one worker process: start it, ask it, kill it.

WorkerError
├── WorkerTimedOutError   no answer in time; the process has been killed
├── WorkerDiedError       the process ended instead of answering
└── WorkerRefusedError    the handler could not be loaded; `fault` is Lambda's error
"""

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from local.aws import ACCOUNT
from local.function import Function, Json
from local.tools import ROOT

START_SECONDS = 60
"""Longer than Lambda's 10: a laptop may start a dozen workers at once."""


class WorkerError(Exception):
    """Root of what can happen to a worker."""


class WorkerTimedOutError(WorkerError):
    """The worker did not answer in time."""


class WorkerDiedError(WorkerError):
    """The worker ended without an answer."""


class WorkerRefusedError(WorkerError):
    """The worker could not load its handler."""

    def __init__(self, fault: dict[str, Any]) -> None:
        super().__init__(fault["errorMessage"])
        self.fault = fault


def environment(function: Function, cloud: Mapping[str, str]) -> dict[str, str]:
    """All a handler may see: Lambda's own variables, then the template's, and no more."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "en_GB.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": str(function.folder),
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{sys.version_info[0]}.{sys.version_info[1]}",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "local",
        "LAMBDA_TASK_ROOT": str(function.folder),
        "_HANDLER": function.handler,
        # Its calls to AWS say whose they are: the bench counts some of them apart.
        "AWS_SDK_UA_APP_ID": function.logical_id,
        # No X-Ray daemon listens here.
        "POWERTOOLS_TRACE_DISABLED": "true",
        **cloud,
        **function.environment,
        "LOCAL_ACCOUNT": ACCOUNT,
    }


class Worker:
    """One running process, begun for one function; it may serve others after that. Its thread of
    birth must live as long as it: Linux's death signal goes by thread, so `local.lambdas` starts
    every worker from one thread that stays. `log_of` tells where a function prints to.
    """

    def __init__(
        self, function: Function, cloud: Mapping[str, str], log_of: Callable[[Function], Path]
    ) -> None:
        self._cloud = cloud
        self._log_of = log_of
        self._loaded: set[str] = set()
        self._serves: Function | None = None
        self._buffer = bytearray()
        self._using = threading.RLock()
        with log_of(function).open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-u", "-P", "-m", "local.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=function.folder,
                env=environment(function, cloud)
                | {"PYTHONPATH": str(ROOT), "LOCAL_PARENT": str(os.getpid())},
                # Ctrl-C is for the parent, which then ends its workers in order.
                start_new_session=True,
                bufsize=0,
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def readiness(self, function: Function) -> int:
        """2 where it served this function last, 1 where it has loaded it, else 0."""
        return (function.name in self._loaded) + (self._serves == function)

    def prepare(self, function: Function, offset: float) -> None:
        """Wait until the function's handler is loaded; `offset` turns the clock (seconds)."""
        if self._serves == function:
            return
        variables, log = environment(function, self._cloud), str(self._log_of(function))
        turn = {"function": function.name, "environment": variables, "log": log, "offset": offset}
        reply = self._exchange(turn, START_SECONDS)
        if "error" in reply:
            raise WorkerRefusedError(reply["error"])
        self._serves = function
        self._loaded.add(function.name)

    def ask(
        self, function: Function, request_id: str, event: Json, offset: float
    ) -> dict[str, Any]:
        """`{"result": …}` or `{"error": …}`, from the function it is prepared for."""
        seconds = function.timeout
        work = {"request_id": request_id, "event": event, "seconds": seconds, "offset": offset}
        return self._exchange(work, seconds)

    def is_alive(self) -> bool:
        """Whether the process still runs; somebody outside may have ended it."""
        return self._process.poll() is None

    def kill(self) -> int:
        """End the process now, whatever it is doing, and give its exit status."""
        self._process.kill()
        status = self._process.wait(timeout=10)
        # Whoever waits for an answer sees the end of it first, and lets go of the pipes.
        with self._using:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
        return status

    def _exchange(self, message: dict[str, Any], seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        with self._using:
            try:
                self._write(json.dumps(message).encode() + b"\n")
                line = self._line(deadline, seconds)
            except BrokenPipeError as cause:
                raise self._died() from cause
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _write(self, line: bytes) -> None:
        # The worker's listening thread always reads, so this cannot block for long.
        rest = memoryview(line)
        while rest:
            rest = rest[_pipe(self._process.stdin).write(rest) :]

    def _line(self, deadline: float, seconds: float) -> bytes:
        pipe = _pipe(self._process.stdout)
        while (end := self._buffer.find(b"\n")) < 0:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                self.kill()
                raise WorkerTimedOutError(f"Task timed out after {seconds:.2f} seconds")
            piece = pipe.read(1 << 16)
            if not piece:
                raise self._died()
            self._buffer += piece
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _died(self) -> WorkerDiedError:
        status = self.kill()
        word = f"exit status {status}" if status >= 0 else f"signal {-status}"
        return WorkerDiedError(f"Runtime exited with error: {word}")


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None or pipe.closed:
        raise WorkerDiedError("The worker had been ended before it was asked")
    return pipe
