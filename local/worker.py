"""One warm Lambda worker: runs one handler, event after event, in a process of its own.

Started as `python -u -P worker.py module.attribute` in the function's folder. It knows the product
and not the local stack: `local` and `tests` cannot be imported here, as in the cloud. One JSON
line comes in per event, one goes out per result; what the handler prints goes to standard error.
End of input ends the process at once, even in mid-event, so that a killed parent leaves no orphan.
Standard library only: this file is not imported by anybody.
"""

import ctypes
import importlib
import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import ModuleType
from typing import IO, Any

Json = Any
Handler = Callable[[Json, "Context"], Json]
Reply = dict[str, Json]

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG, from linux/prctl.h."""


class Context:
    """What Lambda hands to a handler beside the event."""

    function_version = "$LATEST"
    identity = None
    client_context = None

    def __init__(self, request_id: str, seconds: float) -> None:
        name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        region, account = os.environ["AWS_REGION"], os.environ["LOCAL_ACCOUNT"]
        self.aws_request_id = request_id
        self.function_name = name
        self.invoked_function_arn = f"arn:aws:lambda:{region}:{account}:function:{name}"
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self._deadline = time.monotonic() + seconds

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until this event times out."""
        return max(0, int((self._deadline - time.monotonic()) * 1000))


class Traveller:
    """The clock as the stack has turned it: this process sees real time plus an offset."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._journey: Any = None

    def go(self, offset: float) -> None:
        """Let time run on from now plus `offset` seconds."""
        if offset == self._offset:
            return
        if self._journey is not None:
            self._journey.stop()
            self._journey = None
        self._offset = offset
        if offset:
            moment = datetime.now(UTC) + timedelta(seconds=offset)
            self._journey = _time_machine().travel(moment, tick=True)
            self._journey.start()


def _time_machine() -> ModuleType:
    # It would import pytest if it could, which takes longer than everything else here.
    hidden = sys.modules.get("pytest")
    sys.modules["pytest"] = None  # type: ignore[assignment]
    try:
        return importlib.import_module("time_machine")
    finally:
        if hidden is None:
            del sys.modules["pytest"]
        else:
            sys.modules["pytest"] = hidden


def load(name: str) -> Handler:
    """The handler `package.module.attribute`, with Lambda's own sentences where there is none."""
    module_name, _, attribute = name.rpartition(".")
    try:
        module = importlib.import_module(module_name)
    except ImportError as cause:
        raise StartError(
            "Runtime.ImportModuleError", f"Unable to import module '{module_name}': {cause}"
        ) from cause
    try:
        handler: Handler = getattr(module, attribute)
    except AttributeError as cause:
        raise StartError(
            "Runtime.HandlerNotFound", f"Handler '{attribute}' missing on module '{module_name}'"
        ) from cause
    return handler


class StartError(Exception):
    """The handler cannot even be loaded; `kind` is Lambda's name for it."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def answer(handler: Handler, event: Json, context: Context) -> str:
    """The reply line: the result, or the error as Lambda words it."""
    try:
        result = handler(event, context)
    except Exception as raised:  # noqa: BLE001 - whatever a handler raises is the answer
        traceback.print_exc()
        return json.dumps({"error": described(raised)})
    try:
        return '{"result": ' + json.dumps(result, default=_decimal, allow_nan=False) + "}"
    except (TypeError, ValueError) as unfit:
        message = f"Unable to marshal response: {unfit}"
        return json.dumps({"error": fault("Runtime.MarshalError", message)})


def described(raised: BaseException) -> Reply:
    """An exception as Lambda reports it: its class name is the error's name."""
    frames = traceback.extract_tb(raised.__traceback__)[1:]
    kind = raised.kind if isinstance(raised, StartError) else type(raised).__name__
    return fault(kind, str(raised), traceback.format_list(frames))


def fault(kind: str, message: str, trace: list[str] | None = None) -> Reply:
    """The three fields of a failed invocation."""
    return {"errorType": kind, "errorMessage": message, "stackTrace": trace or []}


def _decimal(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def die_with(parent: int) -> None:
    """Ask Linux for a kill when the parent dies, and stop here if it is dead already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def take_over_streams() -> tuple[IO[str], IO[str]]:
    """Keep the two pipes for ourselves; the handler gets no input and prints to the log."""
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


def serve(name: str, lines_in: IO[str], lines_out: IO[str]) -> None:
    """Load the handler, say so, then answer one event after the other."""

    def say(line: str) -> None:
        lines_out.write(line + "\n")
        lines_out.flush()

    inbox: queue.Queue[str] = queue.Queue()
    threading.Thread(target=listen, args=(lines_in, inbox), daemon=True).start()
    traveller = Traveller()
    opening = json.loads(inbox.get())
    traveller.go(opening["offset"])
    try:
        handler = load(name)
    except Exception as raised:  # noqa: BLE001 - whatever a module raises at import, too
        traceback.print_exc()
        say(json.dumps({"error": described(raised)}))
        return
    say(json.dumps({"ready": True}))
    while True:
        work = json.loads(inbox.get())
        traveller.go(work["offset"])
        context = Context(work["request_id"], work["seconds"])
        say(answer(handler, work["event"], context))


def main() -> None:
    """Cut the ties to the local stack, then serve."""
    die_with(int(os.environ.pop("LOCAL_PARENT")))
    for stranger in ("local", "tests"):
        sys.modules[stranger] = None  # type: ignore[assignment]
    lines_in, lines_out = take_over_streams()
    serve(sys.argv[1], lines_in, lines_out)


if __name__ == "__main__":
    main()
