"""One way to start a tool: with a time limit, and with its last words when it fails."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from local.tools import FailedToolError

LAST_LINES = 15
"""How much of a failed tool's output a person needs to see."""


def tell(sentence: str) -> None:
    """Say on standard error what is being done; standard output belongs to results."""
    print(sentence, file=sys.stderr, flush=True)


def run(
    argv: Sequence[str],
    *,
    seconds: float,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> str:
    """Output of a command that ended well within `seconds`; else FailedToolError."""
    try:
        done = subprocess.run(
            argv,
            cwd=cwd,
            env=env,
            timeout=seconds,
            check=False,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except subprocess.TimeoutExpired as slow:
        raise FailedToolError(f"{argv[0]} was not done after {seconds:.0f} seconds.") from slow
    except OSError as broken:
        raise FailedToolError(f"{argv[0]} does not start: {broken.strerror}.") from broken
    if done.returncode != 0:
        last_words = "\n".join(done.stdout.strip().splitlines()[-LAST_LINES:])
        raise FailedToolError(f"{' '.join(argv[:4])} failed ({done.returncode}):\n{last_words}")
    return done.stdout
