"""Lambda without room: a function that cannot start anything until somebody makes room again."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.workflows.force import Force


@contextmanager
def no_room_for(force: Force, function: str) -> Iterator[None]:
    """What calls this function waits until the block ends, as where its concurrency is used up."""
    free = force.stack.lambdas._pool(force.stack.functions[function].name).free
    taken = 0
    while free.acquire(blocking=False):
        taken += 1
    try:
        yield
    finally:
        free.release(taken)
