"""Our logs, notes and proofs, checked by code we did not write: golang.org/x/mod/sumdb.

Needs a Go tool chain, which fetches that one module (pinned in go.sum) the first time; where there
is none the tests are skipped and say so.
"""

import base64
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from shared.recordlog.note import LocalSigner
from shared.recordlog.proof import format_proof
from shared.recordlog.reader import Log
from shared.recordlog.tiles import Edge, grow
from tests.unit.recordlog import logs

ROOM = Path(__file__).parent
GO = shutil.which("go")
pytestmark = pytest.mark.skipif(GO is None, reason="no Go here: install it to check our logs by it")
ROTATED = LocalSigner(logs.ORIGIN, b"r" * 32)


@pytest.fixture(scope="module")
def verifier(tmp_path_factory):
    program = tmp_path_factory.mktemp("go") / "recordlog"
    subprocess.run([GO, "build", "-trimpath", "-o", program, "."], cwd=ROOM, check=True)
    return program


def lay_out(folder, size):
    entries = logs.some_entries(size)
    stored = logs.a_stored_log(entries, signers=(ROTATED, logs.SIGNER))
    for path, data in stored.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    log = Log(stored.get, [logs.SIGNER.key], logs.ORIGIN)
    for index in {0, size // 3, size - 1} if size else ():
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
    return len(growths)


def run(verifier, folder):
    arguments = [verifier, folder, str(logs.SIGNER.key), logs.ORIGIN]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 600, 2_049, 66_000])
def test_go_finds_every_leaf_and_every_proof_of_a_log(verifier, tmp_path, size):
    growths = lay_out(tmp_path, size)

    answer = run(verifier, tmp_path)

    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == {
        "size": size,
        "leaves": size,
        "proofs": len({0, size // 3, size - 1}) if size else 0,
        "growths": growths,
    }


@pytest.mark.parametrize(
    "path",
    [
        "checkpoint",
        "tile/0/001",
        "tile/0/002.p/88",
        "tile/1/000.p/2",
        "tile/entries/000",
        "tile/entries/002.p/88",
        "0.tlog-proof",
    ],
)
def test_go_finds_the_byte_that_was_changed(verifier, tmp_path, path):
    lay_out(tmp_path, 600)
    data = (tmp_path / path).read_bytes()
    (tmp_path / path).write_bytes(logs.flip(data, 8 * (len(data) - 20)))

    assert run(verifier, tmp_path).returncode == 1
