"""Kills a function's worker in the midst of its work: at one call to AWS, before or after it.

A call is known by its operation, one to S3 by its method and by what its path holds.
"""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from local.answering import Wsgi
from local.stack import Stack

CALLER = re.compile(r"\bapp/(\w+)")


@dataclass
class Death:
    """One that is to happen, at the first such call; `came` is set when it has."""

    function: str
    operation: str
    after: bool
    at: str = ""
    came: threading.Event = field(default_factory=threading.Event)


class Reaper:
    """Sees every call to AWS, and kills who makes the one it waits for."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._death: Death | None = None
        stack.watch_cloud(self._watch)

    @contextmanager
    def killing(
        self, function: str, operation: str, *, after: bool = False, at: str = ""
    ) -> Iterator[Death]:
        """Kill the worker of this function when it makes this call in the block: so that the call
        never arrives, or when it is done and its answer not yet there."""
        self._death = death = Death(function, operation, after, at)
        yield death
        self._death = None
        assert death.came.is_set(), f"{function} never called {operation}"

    def _watch(self, application: Wsgi) -> Wsgi:
        def watched(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            death = self._death
            if death is None or death.came.is_set() or not _is_meant(environ, death):
                return application(environ, start_response)
            death.came.set()
            answer = list(application(environ, start_response)) if death.after else []
            self._kill(death.function)
            if not death.after:
                start_response("503 Service Unavailable", [])
            return answer

        return watched

    def _kill(self, function: str) -> None:
        pool = self._stack.lambdas._pool(self._stack.functions[function].name)
        for worker in pool.team.workers():
            worker.kill()


def _is_meant(environ: dict[str, Any], death: Death) -> bool:
    caller = CALLER.search(environ.get("HTTP_USER_AGENT", ""))
    target = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
    call = target or environ["REQUEST_METHOD"]
    if caller is None or (caller[1], call) != (death.function, death.operation):
        return False
    return death.at in environ["PATH_INFO"]
