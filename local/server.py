"""`bluelamp run`: the whole force, seeded, until somebody presses Ctrl-C."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

from local.listening import PortBusyError
from local.reach import within_reach
from local.resources.making import DeployError
from local.stack import Database, Platform, Stack, variables
from local.template import TemplateError
from local.tools import BUILD, ToolError
from shared.accounts.registry import Role

DOORS = (Role.OFFICER, Role.COMMS, Role.REGISTRAR, Role.AUDITOR)
"""Whom a visitor will want to be, in the order of a post's life."""

ENDS = (signal.SIGINT, signal.SIGTERM)
NAP = 0.5
"""Seconds after which it is looked again whether the force was told to stop."""

_told = threading.Event()

LOGS = BUILD / "local"
"""What the functions print lies in a folder per port, for two forces may run side by side."""


def serve(
    *,
    port: int,
    platform: Platform,
    database: Database,
    seed: Callable[[Stack], None],
    logs: Path | None = None,
    parameters: Mapping[str, str] | None = None,
) -> int:
    """Start, seed, tell where everything is, and wait for Ctrl-C or SIGTERM. An exit code."""
    # Either signal unwinds a start that is under way as well as a force that runs; a shell that
    # starts programs in the background has them ignore Ctrl-C.
    _told.clear()
    before = {number: signal.signal(number, _stop) for number in ENDS}
    logs, began = logs or LOGS / str(port), time.monotonic()
    try:
        with (
            Stack.start(
                port=port, platform=platform, database=database, logs=logs, parameters=parameters
            ) as stack,
            within_reach(logs, variables(stack.aws)),
        ):
            seed(stack)
            print(greeting(stack, time.monotonic() - began, logs), flush=True)
            _wait()
            print("Stopping.", file=sys.stderr, flush=True)
    except (PortBusyError, ToolError, DeployError, TemplateError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped before it was up.", file=sys.stderr)
        return 1
    finally:
        for number, way in before.items():
            signal.signal(number, way)
    return 0


def greeting(stack: Stack, seconds: float, logs: Path) -> str:
    """What a person needs to know to begin."""
    names = {person.role: person.name for person in reversed(stack.people())}
    door = f"{stack.url}/local/sign-in"
    doors = [
        f"  {role.value:<10} {names.get(role, 'nobody yet')}: {door}#{role.value}" for role in DOORS
    ]
    platform = stack.pds.url if stack.pds else f"{stack.url}/local/sandbox"
    return "\n".join(
        [
            f"Bluelamp serves the whole force on {stack.url} (started in {seconds:.1f} s).",
            "",
            "Sign in as:",
            *doors,
            "",
            f"Mailbox:   {stack.url}/local/mailbox",
            f"Published: {platform}",
            f"Clock:     {stack.url}/local/clock",
            f"Logs:      {logs}",
            "",
            "Ctrl-C stops it; nothing is kept.",
        ]
    )


def _stop(number: int, frame: FrameType | None) -> None:
    """Told to stop: said twice, because an interrupt that falls into a clean-up is swallowed."""
    _told.set()
    signal.default_int_handler(number, frame)


def _wait() -> None:
    try:
        while not _told.wait(NAP):
            pass
    except KeyboardInterrupt:
        # A second Ctrl-C ends the process at once.
        for number in ENDS:
            signal.signal(number, signal.SIG_DFL)
