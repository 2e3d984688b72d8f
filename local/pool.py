"""Who runs a function: its pool says how often at once, its team has the processes.

A function has a team of its own, or all functions share one (`Lambdas(..., shared_workers=N)`):
thirty functions that the clock calls once a day need not keep thirty processes warm. The pool
bounds the executions of one function, the team the processes of all it serves.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from local.function import Function
from local.process import Worker

POOL = 4
"""Executions of one function at once; the cloud would take a thousand."""


class Team:
    """Worker processes, `limit` at most, started on first need and kept warm."""

    def __init__(self, limit: int, start: Callable[[Function], Worker]) -> None:
        self._start = start
        self._free = threading.Semaphore(limit)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()

    def workers(self) -> list[Worker]:
        """The processes that run now, idle or busy."""
        return list(self._all)

    @contextmanager
    def lend(self, function: Function) -> Iterator[Worker]:
        """A worker for one event, waited for; where that goes wrong the process is ended."""
        with self._free:
            worker = self._take(function)
            try:
                yield worker
            except BaseException:
                self._end(worker)
                raise
            with self._lock:
                self._idle.append(worker)

    def _take(self, function: Function) -> Worker:
        while worker := self._idle_worker(function):
            if worker.is_alive():
                return worker
            self._end(worker)
        worker = self._start(function)
        self._all.add(worker)
        return worker

    def _idle_worker(self, function: Function) -> Worker | None:
        """The idle worker with the least to load for this function."""
        with self._lock:
            if not self._idle:
                return None
            # The last to come back is the warmest of those that are equally good.
            best = max(reversed(self._idle), key=lambda worker: worker.readiness(function))
            self._idle.remove(best)
            return best

    def _end(self, worker: Worker) -> None:
        worker.kill()
        self._all.discard(worker)


class Pool:
    """One function, how many executions it has left, and the team that runs them."""

    def __init__(self, function: Function, team: Team) -> None:
        self.function = function
        self.team = team
        self.free = threading.Semaphore(_executions(function))


def pools(
    functions: Iterable[Function], start: Callable[[Function], Worker], shared_workers: int | None
) -> dict[str, Pool]:
    """A pool for every function, by name; with `shared_workers` they have one team together."""
    together = None if shared_workers is None else Team(shared_workers, start)
    return {
        function.name: Pool(function, together or Team(_executions(function), start))
        for function in functions
    }


def _executions(function: Function) -> int:
    return POOL if function.reserved is None else min(POOL, function.reserved)
