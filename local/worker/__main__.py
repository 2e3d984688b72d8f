"""Cut the ties to the local stack, then answer line for line until the input ends."""

import ctypes
import json
import os
import queue
import signal
import sys
import threading
import traceback
from typing import IO

from local.worker.answers import Context, answer, described
from local.worker.memory import Growth, be_thrifty
from local.worker.stage import Stage
from local.worker.traveller import Traveller

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG, from linux/prctl.h."""


def die_with(parent: int) -> None:
    """Ask Linux for a kill when the parent dies, and stop here if it is dead already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def take_over_streams() -> tuple[IO[str], IO[str]]:
    """Keep the two pipes for ourselves; handlers get no input and never print an answer."""
    lines_in = os.fdopen(os.dup(0), "r", encoding="utf-8")
    lines_out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return lines_in, lines_out


def listen(lines: IO[str], inbox: "queue.Queue[str]") -> None:
    """Pass events on; end of input is the end of this process, whatever it is doing."""
    for line in lines:
        inbox.put(line)
    os._exit(0)


def serve(lines_in: IO[str], lines_out: IO[str]) -> None:
    """Take up a function where one is named, say so, and answer one event after the other."""
    inbox: queue.Queue[str] = queue.Queue()
    threading.Thread(target=listen, args=(lines_in, inbox), daemon=True).start()
    traveller, stage, growth = Traveller(), Stage(), Growth()
    while True:
        work = json.loads(inbox.get())
        traveller.go(work["offset"])
        if "event" in work:
            context = Context(work["request_id"], work["seconds"])
            print(answer(stage.handler, work["event"], context), file=lines_out, flush=True)
            stage.settle()
            growth.cut()
            continue
        try:
            stage.change_to(work["function"], work["environment"], work["log"])
        except Exception as raised:  # noqa: BLE001 - whatever a module raises at import, too
            traceback.print_exc()
            print(json.dumps({"error": described(raised)}), file=lines_out, flush=True)
            return
        print('{"ready": true}', file=lines_out, flush=True)


def cut_ties() -> None:
    """Let nobody import the local stack or its tests from here on, these files included."""
    sys.path.remove(os.environ["PYTHONPATH"])
    for stranger in ("tests", *(name for name in sys.modules if name.split(".")[0] == "local")):
        sys.modules[stranger] = None  # type: ignore[assignment]


def main() -> None:
    """Become a worker of this parent."""
    die_with(int(os.environ["LOCAL_PARENT"]))
    cut_ties()
    be_thrifty()
    serve(*take_over_streams())


if __name__ == "__main__":
    main()
