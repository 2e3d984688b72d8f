"""How long something takes, only ever to be compared with something else of the same run."""

import time
from collections.abc import Callable


def best_of_three(work: Callable[[], object]) -> float:
    """Processor time of the fastest of three runs, in seconds."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
