"""Whether executions have come to rest: nothing happens in any of them until the clock is turned.

An execution is several threads of moto's interpreter. One that waits stands in `threading`; one
whose task calls a function stands in a socket, and all others do something.
"""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import moto.stepfunctions.parser

INTERPRETER = str(Path(moto.stepfunctions.parser.__file__).parent)


def at_rest() -> bool:
    """True where every thread of the interpreter waits. One that was woken and has not run yet
    still seems to wait: whoever wants to be sure looks more than once."""
    return all(
        frame.f_code.co_filename == threading.__file__
        for frame in sys._current_frames().values()
        if any(each.f_code.co_filename.startswith(INTERPRETER) for each in _callers(frame))
    )


def _callers(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back
