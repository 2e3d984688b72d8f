"""Programs that share no line with ours: the Go project's sumdb packages, Tessera's fsck, and a
witness of the transparency-dev project.

Needs a Go tool chain, which fetches the modules (pinned in go.sum) the first time; where there is
none the tests are skipped and say so.
"""

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from shared.recordlog.proof import format_proof
from shared.recordlog.reader import Log
from shared.recordlog.tiles import Edge, grow

ROOM = Path(__file__).parent
GO = shutil.which("go")
FSCK = "github.com/transparency-dev/tessera/cmd/fsck"
needs_go = pytest.mark.skipif(GO is None, reason="no Go here: install it to check our logs by it")


def build(room, package, program):
    """The program, built with the checksums that are committed, or not at all."""
    command = [GO, "build", "-mod=readonly", "-trimpath", "-o", program, package]
    subprocess.run(command, cwd=room, check=True, timeout=110)
    return program


def verifier_in(folder):
    return build(ROOM, ".", folder / "recordlog")


def fsck_in(folder):
    return built_if_it_can_be(FSCK, folder / "fsck")


def witness_in(folder):
    return built_if_it_can_be(".", folder / "witness")


def built_if_it_can_be(package, program):
    """Fsck has many modules of its own; where they cannot be had, say so and go on without."""
    try:
        return build(ROOM / "fsck", package, program)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"Tessera's fsck does not build here (code {error.returncode}).")


def lay_out(folder, read, paths, keys, origin):
    """The log as files, with proofs of some leaves and of some growths; (proofs, growths)."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(read(path))
    log = Log(read, keys, origin)
    size = log.checkpoint.size
    entries = [entry for bundle in log.bundles() for entry in bundle]
    proved = {0, size // 3, size - 1} if size else set()
    for index in proved:
        (folder / f"{index}.tlog-proof").write_bytes(format_proof(log.prove(index)))
    growths = [
        {
            "old": old,
            "root": base64.b64encode(grow(Edge(), entries[:old]).edge.root()).decode(),
            "proof": [base64.b64encode(each).decode() for each in log.prove_grown(old)],
        }
        for old in sorted({1, size // 2, size - 1, size} - {0})
        if size
    ]
    (folder / "growth.json").write_text(json.dumps(growths))
    return len(proved), len(growths)


def verify(verifier, folder, key, origin):
    arguments = [verifier, folder, str(key), origin]
    return subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60)


def fsck(program, folder, key, origin):
    """The size and root that fsck found, or None: its exit code is 0 whatever it found."""
    (folder / "log.vkey").write_text(f"{key}\n")
    arguments = [
        *(program, "--ui=false", f"--storage_url=file://{folder}/", f"--origin={origin}"),
        # With few workers it waits for ever once a small log has a wrong tile.
        *(f"--public_key={folder / 'log.vkey'}", "--N=16"),
    ]
    ran = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60)
    found = re.search(r"Successfully fsck'd log with size (\d+) and root (\S+) ", ran.stderr)
    return found and (int(found[1]), found[2])


def cosigned(witness, do, key, note):
    """What that witness says to a note: its own line, or the second at which it was signed."""
    arguments = [witness, do, key]
    return subprocess.run(arguments, input=note, capture_output=True, check=False, timeout=60)
