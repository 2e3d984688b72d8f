"""The workers of one function: how many there may be, and which are free."""

import threading

from local.function import Function
from local.process import Worker

POOL = 4
"""Workers of one function at most; the cloud would take a thousand."""


class Pool:
    """Idle workers wait here, busy ones are counted; reserved concurrency makes it smaller."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.idle: list[Worker] = []
        self.all: set[Worker] = set()
        self.lock = threading.Lock()
        limit = POOL if function.reserved is None else min(POOL, function.reserved)
        self.free = threading.Semaphore(limit)
