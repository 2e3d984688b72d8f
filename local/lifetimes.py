"""What lives as long as a stack: variables of this process, servers beside it, its folder."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol, TypeVar


class Server(Protocol):
    """Whatever was started and can be stopped."""

    def stop(self) -> None:
        """End it."""


S = TypeVar("S", bound=Server)


@contextmanager
def environ(values: Mapping[str, str]) -> Iterator[None]:
    """Variables set while the stack runs: moto and the registry's readers look there."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def beside(closing: ExitStack, start: Callable[[], S]) -> "Future[S]":
    """Start a server in a thread while the rest goes on; it is stopped with the stack."""
    thread = ThreadPoolExecutor(max_workers=1)
    starting = thread.submit(start)
    thread.shutdown(wait=False)

    def stop() -> None:
        if starting.exception() is None:
            starting.result().stop()

    closing.callback(stop)
    return starting


def passing_folder(closing: ExitStack) -> Path:
    """A folder of ours alone, removed with the stack."""
    folder = Path(tempfile.mkdtemp(prefix="bluelamp-local-"))
    closing.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder
