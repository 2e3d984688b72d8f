"""Lambda on a laptop: warm workers, events queued and tried again, time-outs real.

`call` waits for the result (RequestResponse), `send` does not (Event). Both take the function's
name. Workers (local/pool.py) are started on first need and stay warm: a function has its own, or
`shared_workers` of them serve whatever is called.

LambdaError
├── NoSuchFunctionError     no function of that name
├── StoppedError            the local force is shutting down
├── PayloadTooLargeError    more than Lambda takes
└── TooManyRequestsError    the reserved concurrency is in use
"""

import json
import logging
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from local.function import Function, Json
from local.pool import Pool, pools
from local.process import Worker, WorkerDiedError, WorkerRefusedError, WorkerTimedOutError

SYNC_BYTES = 6_291_556
ASYNC_BYTES = 1_048_576
"""Lambda's payload quotas (AWS Lambda quotas, 2025)."""

TAIL_BYTES = 4096
"""As much of the log as Lambda's own LogType=Tail gives."""
log = logging.getLogger(__name__)


class LambdaError(Exception):
    """Root of the invocations that reach no handler."""


class NoSuchFunctionError(LambdaError):
    """There is no function of that name."""


class StoppedError(LambdaError):
    """The local force is shutting down; nothing runs any more."""


class PayloadTooLargeError(LambdaError):
    """The event is larger than Lambda takes."""


class TooManyRequestsError(LambdaError):
    """Every execution the function may have is in use."""


@dataclass(frozen=True)
class Outcome:
    """The payload as JSON text; `fault` is empty, or Unhandled where the handler failed."""

    payload: str
    fault: str = ""
    log_tail: str = ""

    def result(self) -> Json:
        """The payload, read."""
        return json.loads(self.payload)


@dataclass(frozen=True)
class LostEvent:
    """An event that failed every time it was tried."""

    function: str
    event: Json
    error: dict[str, Any]


class Lambdas:
    """Every function of one stack; `offset` tells how far its clock is turned."""

    def __init__(
        self,
        functions: Mapping[str, Function],
        cloud: Mapping[str, str],
        offset: Callable[[], timedelta],
        logs: Path,
        *,
        shared_workers: int | None = None,
    ) -> None:
        self.lost: list[LostEvent] = []
        self._pools = pools(functions.values(), self._start, shared_workers)
        self._cloud = cloud
        self._offset = offset
        self._logs = logs
        self._stopped = False
        self._under_way: dict[Future[None], Function] = {}
        # Linux kills a worker when the thread that started it ends: this one stays.
        self._spawner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker-start")
        self._events = ThreadPoolExecutor(max_workers=16, thread_name_prefix="lambda-event")
        logs.mkdir(parents=True, exist_ok=True)
        for function in functions.values():
            self._log_of(function).unlink(missing_ok=True)

    def call(self, name: str, event: Json, *, wait: bool = False) -> Outcome:
        """Run the handler once and wait for what it says."""
        pool = self._pool(name)
        if _size(event) > SYNC_BYTES:
            raise PayloadTooLargeError(f"The event is over {SYNC_BYTES} bytes.")
        at_once = pool.function.reserved is not None and not wait
        if not pool.free.acquire(blocking=not at_once):
            raise TooManyRequestsError(f"{name} may not run more often at once.")
        try:
            return self._run(pool, event)
        finally:
            pool.free.release()

    def send(self, name: str, event: Json) -> None:
        """Queue the event; it is tried again as often as the template says, at once each time."""
        pool = self._pool(name)
        if _size(event) > ASYNC_BYTES:
            raise PayloadTooLargeError(f"The event is over {ASYNC_BYTES} bytes.")
        delivery = self._events.submit(self._deliver, pool.function, event)
        self._under_way[delivery] = pool.function
        delivery.add_done_callback(lambda done: self._under_way.pop(done, None))

    def settle(self, seconds: float = 20, *, of: str | None = None) -> None:
        """Wait until the events that are queued by now have run, all or those of one function, by
        its logical id; but no longer than this."""
        queued = self._under_way.copy().items()
        wait([each for each, to in queued if of in {None, to.logical_id}], timeout=seconds)

    def pids(self) -> list[int]:
        """The processes that run now."""
        return [worker.pid for worker in self._workers()]

    def stop(self) -> None:
        """End every worker; what runs is cut short."""
        self._stopped = True
        self._events.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers():
            worker.kill()
        self._events.shutdown(wait=True)
        self._spawner.shutdown(wait=True)

    def _workers(self) -> list[Worker]:
        teams = {pool.team for pool in self._pools.values()}
        return [worker for team in teams for worker in team.workers()]

    def _pool(self, name: str) -> Pool:
        pool = self._pools.get(name.rsplit(":", 1)[-1])  # an ARN ends in the name
        if pool is None:
            raise NoSuchFunctionError(f"There is no function {name}.")
        return pool

    def _deliver(self, function: Function, event: Json) -> None:
        outcome = Outcome("{}")
        for _ in range(1 + function.retries):
            if self._stopped:
                return
            outcome = self.call(function.name, event, wait=True)
            if not outcome.fault:
                return
        self.lost.append(LostEvent(function.logical_id, event, outcome.result()))
        log.error("%s: an event was lost after every try: %s", function.name, outcome.payload)

    def _run(self, pool: Pool, event: Json) -> Outcome:
        request_id = str(uuid.uuid4())
        offset = self._offset().total_seconds()
        try:
            with pool.team.lend(pool.function) as worker:
                self._refuse_if_stopped(pool.function)
                worker.prepare(pool.function, offset)
                reply = worker.ask(pool.function, request_id, event, offset)
        except WorkerRefusedError as refused:
            reply = {"error": refused.fault}
        except WorkerTimedOutError as late:
            reply = {"error": _platform_fault("Sandbox.Timedout", request_id, late)}
        except WorkerDiedError as died:
            reply = {"error": _platform_fault("Runtime.ExitError", request_id, died)}
        return self._outcome(pool.function, reply)

    def _start(self, function: Function) -> Worker:
        self._refuse_if_stopped(function)
        return self._spawner.submit(Worker, function, self._cloud, self._log_of).result()

    def _refuse_if_stopped(self, function: Function) -> None:
        if self._stopped:
            raise StoppedError(f"{function.name} was called too late.")

    def _outcome(self, function: Function, reply: dict[str, Any]) -> Outcome:
        if "error" not in reply:
            if _size(reply["result"]) <= SYNC_BYTES:
                return Outcome(json.dumps(reply["result"]))
            message = f"Response payload size exceeded maximum ({SYNC_BYTES} bytes)."
            reply = {
                "error": {"errorType": "Function.ResponseSizeTooLarge", "errorMessage": message}
            }
        error = reply["error"]
        log.warning("%s: %s: %s", function.name, error["errorType"], error["errorMessage"])
        return Outcome(json.dumps(error), "Unhandled", self._tail(function))

    def _log_of(self, function: Function) -> Path:
        return self._logs / f"{function.logical_id}.log"

    def _tail(self, function: Function) -> str:
        path = self._log_of(function)
        if not path.exists():
            return ""
        with path.open("rb") as lines:
            lines.seek(max(0, path.stat().st_size - TAIL_BYTES))
            return lines.read().decode(errors="replace")


def _size(value: Json) -> int:
    """Bytes of a JSON value as UTF-8, which is how Lambda counts."""
    return len(json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))


def _platform_fault(kind: str, request_id: str, cause: Exception) -> dict[str, Any]:
    return {"errorType": kind, "errorMessage": f"RequestId: {request_id} Error: {cause}"}
