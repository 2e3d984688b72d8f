"""What the program that goes into every bag says of months, run by itself on a folder of them."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


def verdict(
    verifier: Path, where: Path, objects: Mapping[str, bytes], keys: Sequence[str] = ()
) -> "subprocess.CompletedProcess[str]":
    """Its whole answer about these objects, written into the folder first."""
    for path, data in objects.items():
        (where / path).parent.mkdir(parents=True, exist_ok=True)
        (where / path).write_bytes(data)
    given = [word for key in keys for word in ("--key", key)]
    command = [sys.executable, "-I", str(verifier), str(where), *given]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
