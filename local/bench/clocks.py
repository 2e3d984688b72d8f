"""How time is taken: processor time, so that whatever else the machine does changes nothing."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

START_SECONDS = 120
TRIES = 2


def spent(work: Callable[[], object]) -> float:
    """Processor seconds that `work` takes in this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def best_of(rounds: int, work: Callable[[], object]) -> float:
    """Processor seconds of the fastest of several runs: what the work itself costs."""
    return min(spent(work) for _ in range(rounds))


def medians_of_fresh_processes(
    rounds: int, programs: Mapping[str, tuple[str, Mapping[str, str]]]
) -> dict[str, float]:
    """Processor seconds (user and system) of whole interpreters by name, median of `rounds`.

    Each is a program and its environment. They take turns, so that a machine that grows slower
    grows slower for all of them; a first turn fills the file cache and is not counted. A turn is
    the faster of two tries: what another program takes out of the processor's caches is not ours.
    """
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(rounds + 1):
        for name, (program, environment) in programs.items():
            seconds = min(_whole_process(program, environment) for _ in range(TRIES))
            if turn:
                taken[name].append(seconds)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def _whole_process(program: str, environment: Mapping[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-P", "-c", program],
        env=dict(environment),
        check=True,
        timeout=START_SECONDS,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
