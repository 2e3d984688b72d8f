"""How a process that goes on for long holds less memory, and looks through it less often.

Python's collector of cycles looks at everything again as it grows. A worker that serves thirty
functions holds half a million objects of their code and of AWS's service descriptions, which stay
as long as it does: each full look at them takes a sixth of a second, a tenth of all that a worker
does in a year of a force. And glibc keeps a heap for each few threads, and most of what was let go.
"""

import ctypes
import gc
from pathlib import Path

YOUNG = 10_000
"""Objects that are made, and not let go, between two looks at the young ones: some megabytes."""

M_ARENA_MAX = -8
"""From malloc.h."""
HEAPS = 2

PAGE = 4_096
GROWTH = 16_000_000
"""Bytes by which a process may grow until it is asked to give back what it can."""

HELD = Path("/proc/self/statm")

_LIBRARY = ctypes.CDLL(None)


def be_thrifty() -> None:
    """Take memory from few heaps, whatever the number of threads, and look at the young seldom."""
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    if hasattr(_LIBRARY, "mallopt"):  # glibc has it
        _LIBRARY.mallopt(M_ARENA_MAX, HEAPS)


def keep_what_is_here() -> None:
    """Let go what nobody uses; whatever else is here will stay, and is not looked at again."""
    gc.collect()
    gc.freeze()


class Growth:
    """Gives memory back to the system whenever this process has grown by much."""

    def __init__(self) -> None:
        self._least = resident()

    def cut(self) -> None:
        """Give back what nobody uses, if it is time for it."""
        if resident() - self._least > GROWTH and hasattr(_LIBRARY, "malloc_trim"):
            _LIBRARY.malloc_trim(0)
            self._least = resident()


def resident() -> int:
    """Bytes of memory that this process holds; 0 where the system does not tell."""
    try:
        told = HELD.read_text()
    except OSError:
        return 0
    return int(told.split()[1]) * PAGE
