"""How much memory a running stack holds: this process and all that it started.

What processes share counts once, each its part of it (PSS, as Linux tells it).
"""

import re
from collections.abc import Iterator
from pathlib import Path

PROCESSES = Path("/proc")
PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def memory_of(pid: int) -> int:
    """Bytes of a process and everything below it."""
    return sum(_held_by(each) for each in _family(pid))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for tasks in sorted(PROCESSES.glob(f"{pid}/task/*/children")):
        for child in _read(tasks).split():
            yield from _family(int(child))


def _held_by(pid: int) -> int:
    told = PSS.search(_read(PROCESSES / str(pid) / "smaps_rollup"))
    return int(told[1]) * 1024 if told else 0


def _read(path: Path) -> str:
    """Empty where the process has ended meanwhile."""
    try:
        return path.read_text()
    except OSError:
        return ""
