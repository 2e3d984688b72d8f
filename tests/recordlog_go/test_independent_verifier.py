"""Our logs, notes and proofs, checked by code we did not write."""

import base64
import json

import pytest

from shared.recordlog.cosignature import cosigned_note, read_cosignature
from shared.recordlog.note import LocalSigner
from tests.recordlog_go import strangers
from tests.unit.recordlog import logs
from tests.unit.recordlog.witnesses import WITNESS, cosign

pytestmark = strangers.needs_go
ROTATED = LocalSigner(logs.ORIGIN, b"r" * 32)
SIZES = [0, 1, 2, 255, 256, 257, 600, 2_049, 66_000]


@pytest.fixture(scope="module")
def verifier(tmp_path_factory):
    return strangers.verifier_in(tmp_path_factory.mktemp("go"))


@pytest.fixture(scope="module")
def fsck(tmp_path_factory):
    return strangers.fsck_in(tmp_path_factory.mktemp("fsck"))


def lay_out(folder, size):
    stored = logs.a_stored_log(logs.some_entries(size), signers=(ROTATED, logs.SIGNER))
    return strangers.lay_out(folder, stored.get, stored, [logs.SIGNER.key], logs.ORIGIN)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", [logs.SIGNER.key, ROTATED.key], ids=["old", "new"])
def test_go_finds_every_leaf_and_every_proof_of_a_log_by_either_key(verifier, tmp_path, size, key):
    proofs, growths = lay_out(tmp_path, size)

    answer = strangers.verify(verifier, tmp_path, key, logs.ORIGIN)

    assert answer.returncode == 0, answer.stderr
    expected = {"size": size, "leaves": size, "proofs": proofs, "growths": growths}
    assert json.loads(answer.stdout) == expected


@pytest.mark.parametrize("size", SIZES)
def test_tesseras_fsck_finds_every_tile_of_a_log_as_it_would_have_written_it(fsck, tmp_path, size):
    lay_out(tmp_path, size)

    found = strangers.fsck(fsck, tmp_path, logs.SIGNER.key, logs.ORIGIN)

    root = (tmp_path / "checkpoint").read_text().splitlines()[2]
    assert found == (size, root)


PARTS = [
    "checkpoint",
    "tile/0/001",
    "tile/0/002.p/88",
    "tile/1/000.p/2",
    "tile/entries/000",
    "tile/entries/002.p/88",
]


def change_one_byte(path):
    data = path.read_bytes()
    path.write_bytes(logs.flip(data, 8 * (len(data) - 20)))


@pytest.mark.parametrize("path", [*PARTS, "0.tlog-proof"])
def test_go_finds_the_byte_that_was_changed(verifier, tmp_path, path):
    lay_out(tmp_path, 600)
    change_one_byte(tmp_path / path)

    assert strangers.verify(verifier, tmp_path, logs.SIGNER.key, logs.ORIGIN).returncode == 1


@pytest.mark.parametrize("path", PARTS)
def test_tesseras_fsck_finds_the_byte_that_was_changed(fsck, tmp_path, path):
    lay_out(tmp_path, 600)
    change_one_byte(tmp_path / path)

    assert strangers.fsck(fsck, tmp_path, logs.SIGNER.key, logs.ORIGIN) is None


@pytest.fixture(scope="module")
def witness(tmp_path_factory):
    return strangers.witness_in(tmp_path_factory.mktemp("witness"))


NOTE = logs.a_stored_log(logs.some_entries(7))["checkpoint"]


def test_a_witness_that_is_not_ours_is_understood(witness):
    seed = base64.b64encode(b"\x01" + b"w" * 32).decode()
    name = WITNESS.key.name

    said = strangers.cosigned(witness, "sign", f"PRIVATE+KEY+{name}+00000000+{seed}", NOTE)

    assert said.returncode == 0, said.stderr
    told = read_cosignature(NOTE, said.stdout, WITNESS.key)
    assert cosigned_note(NOTE, [told]) == NOTE + said.stdout


def test_what_we_keep_of_a_witness_others_can_open_by_its_key(witness):
    told = read_cosignature(NOTE, cosign(NOTE, 1_795_000_000), WITNESS.key)
    kept = cosigned_note(NOTE, [told])

    opened = strangers.cosigned(witness, "verify", str(WITNESS.key), kept)

    assert opened.stdout == b"1795000000\n", opened.stderr
    forged = kept.replace(b"\n7\n", b"\n8\n")
    assert strangers.cosigned(witness, "verify", str(WITNESS.key), forged).returncode == 1
