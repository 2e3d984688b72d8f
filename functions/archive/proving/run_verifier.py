"""The program that lies in every month, run on one as anybody would run it.

It shares no line with the rest of Bluelamp, so that what it says does not rest on what made the
month. Ours is run, never the one in the bag: that one may come from whoever spoilt the bag.

VerifierError
├── LateVerifierError    it was stopped, and has decided nothing; carries the seconds
└── MuteVerifierError    it was called in a way it does not understand; says what it said
"""

import platform
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import archive
from archive.reading.known_keys import Keys
from shared.months.bag import folder
from shared.months.month import Month

VERIFIER = Path(archive.__file__).parent / "bagged" / "verify.py"
HELD, WRONG = 0, 1
LONGEST = 8_000
"""Characters kept of what it says: a month has a dozen lines, and each is cut by itself."""

BLAMED = "WRONG: "


class VerifierError(Exception):
    """Root of why it says nothing about a month."""


class LateVerifierError(VerifierError):
    """It was stopped, and has decided nothing."""

    def __init__(self, month: Month, seconds: float) -> None:
        super().__init__(
            f"{month} could not be verified within {seconds:.0f} seconds. Verify it with the "
            "command line."
        )
        self.month, self.seconds = month, seconds


class MuteVerifierError(VerifierError):
    """It was called in a way it does not understand."""


@dataclass(frozen=True)
class Verdict:
    """Whether a month holds; all that was said; and the first thing wrong, where it does not."""

    held: bool
    said: str

    @property
    def first_wrong(self) -> str:
        """One sentence; empty where the month holds."""
        lines = (line for line in self.said.splitlines() if line.startswith(BLAMED))
        return next(lines, "" if self.held else self.said).removeprefix(BLAMED)


@cache
def edition() -> str:
    """Which verifier it is that speaks, as certificates name it."""
    digest = sha256(VERIFIER.read_bytes()).hexdigest()
    return f"(SHA-256 {digest}, Python {platform.python_version()})"


def run_verifier(month: Month, room: Path, keys: Keys, seconds: float) -> Verdict:
    """What it says of the month that lies in `room` with its note, by these keys;
    LateVerifierError, MuteVerifierError."""
    spelt = [part for key in keys.signers for part in ("--key", str(key))]
    command = [sys.executable, "-I", str(VERIFIER), folder(month).rstrip("/"), *spelt]
    try:
        ran = subprocess.run(  # noqa: S603 - our own program, and no shell
            command, check=False, cwd=room, capture_output=True, timeout=seconds
        )
    except subprocess.TimeoutExpired as error:
        raise LateVerifierError(month, seconds) from error
    said = (ran.stdout + ran.stderr).decode("utf-8", "replace").strip()[:LONGEST]
    if ran.returncode not in {HELD, WRONG}:
        raise MuteVerifierError(f"The verifier did not understand what it was asked: {said}")
    return Verdict(ran.returncode == HELD, said)
