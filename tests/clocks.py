"""How long something takes, only ever to be compared with something else of the same run."""

import gc
import time
from collections.abc import Callable


def best_of_three(work: Callable[[], object]) -> float:
    """Processor time of the fastest of three runs, in seconds.

    The collector of garbage stands still meanwhile: what it costs grows with everything else that
    the process holds, and thousands of other tests are not what is measured.
    """
    times = []
    collects = gc.isenabled()
    gc.disable()
    try:
        for _ in range(3):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
    finally:
        if collects:
            gc.enable()
    return min(times)
