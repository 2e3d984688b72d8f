"""`bluelamp audit verify`: the program that lies in every month, run as anybody would run it.

It shares no line with the rest of Bluelamp, so that what it says does not rest on what made the
month. Ours is run, never the one in the bag: that one may come from whoever spoilt the bag.
"""

import argparse
import platform
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import archive
from archive.exporting.certificate import Verified
from archive.reading.bags import Reading
from shared.months.bag import folder

VERIFIER = Path(archive.__file__).parent / "bagged" / "verify.py"


def run(given: argparse.Namespace) -> int:
    """Its exit code."""
    commit = ["--commit", given.commit] if given.commit else []
    as_json = ["--json"] if given.json else []
    command = _command([*given.paths, *_keys(given.key), *commit, *as_json])
    return subprocess.run(command, check=False).returncode


def verified(reading: Reading, months: Sequence[str], root: Path, keys: Sequence[str]) -> Verified:
    """What it says of some of these months; the same words wherever the folder lies."""
    absolute = [str(Path(key).resolve()) if Path(key).exists() else key for key in keys]
    named = [folder(each.month) for each in reading.bags if str(each.month) in months]
    command = _command([*named, *_keys(absolute)])
    ran = subprocess.run(command, check=False, cwd=root, capture_output=True, timeout=3600)
    said = (ran.stdout + ran.stderr).decode("utf-8", "replace").strip()
    digest = sha256(VERIFIER.read_bytes()).hexdigest()
    version = f"(SHA-256 {digest}, Python {platform.python_version()})"
    return Verified("verify.py", version, said, ran.returncode == 0)


def _command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-I", str(VERIFIER), *arguments]


def _keys(keys: Sequence[str]) -> list[str]:
    return [part for key in keys for part in ("--key", key)]
