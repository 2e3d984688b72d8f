import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.recordlog.errors import InconsistentLogError, MalformedError, RecordLogError
from shared.recordlog.proof import Proof, format_proof, parse_proof, verify_proof
from shared.recordlog.reader import Log
from tests.unit.recordlog import logs

ENTRIES = logs.some_entries(300)
STORED = logs.a_stored_log(ENTRIES)
LOG = Log(STORED.get, [logs.SIGNER.key], logs.ORIGIN)
NOTE = STORED["checkpoint"]
HASH = base64.b64encode(bytes(32)).decode()


def test_a_proof_file_is_these_very_lines():
    proof = Proof(73_894, (bytes(32), b"\xff" * 32), NOTE, b"extra")

    assert format_proof(proof) == (
        b"c2sp.org/tlog-proof@v1\n"
        b"extra ZXh0cmE=\n"
        b"index 73894\n"
        b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
        b"//////////////////////////////////////////8=\n"
        b"\n" + NOTE
    )


def test_the_proof_of_the_only_leaf_has_no_hashes():
    stored = logs.a_stored_log([b"alone"])
    proof = Log(stored.get, [logs.SIGNER.key], logs.ORIGIN).prove(0)

    assert format_proof(proof) == b"c2sp.org/tlog-proof@v1\nindex 0\n\n" + stored["checkpoint"]
    verify_proof(parse_proof(format_proof(proof)), b"alone", [logs.SIGNER.key], logs.ORIGIN)


@given(st.integers(0, 299))
def test_a_proof_file_verifies_its_entry_and_no_other(index):
    proof = parse_proof(format_proof(LOG.prove(index)))

    checkpoint = verify_proof(proof, ENTRIES[index], [logs.SIGNER.key], logs.ORIGIN)
    assert checkpoint.size == 300
    with pytest.raises(RecordLogError):
        verify_proof(proof, ENTRIES[index - 1], [logs.SIGNER.key], logs.ORIGIN)


@settings(max_examples=300)
@given(st.integers(0, 299), st.integers(0))
def test_a_proof_file_with_any_bit_flipped_fails(index, bit):
    data = format_proof(LOG.prove(index))
    forged = logs.flip(data, bit % (len(data) * 8))

    with pytest.raises(RecordLogError):
        verify_proof(parse_proof(forged), ENTRIES[index], [logs.SIGNER.key], logs.ORIGIN)


def test_a_proof_under_another_logs_checkpoint_is_refused():
    other = logs.a_stored_log(ENTRIES, origin="log.example/other")

    with pytest.raises(InconsistentLogError):
        verify_proof(
            Proof(7, LOG.prove(7).hashes, other["checkpoint"]),
            ENTRIES[7],
            [logs.SIGNER.key],
            logs.ORIGIN,
        )


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("", "nothing"),
        ("c2sp.org/tlog-proof@v2\nindex 0", "another version"),
        ("c2sp.org/tlog-proof@v1", "no index"),
        (f"c2sp.org/tlog-proof@v1\n{HASH}", "a hash for an index"),
        ("c2sp.org/tlog-proof@v1\nindex 00", "a leading zero"),
        ("c2sp.org/tlog-proof@v1\nindex -1", "a sign"),
        ("c2sp.org/tlog-proof@v1\nindex", "no number"),
        ("c2sp.org/tlog-proof@v1\nextra \nindex 0", "an empty extra"),
        ("c2sp.org/tlog-proof@v1\nextra ?\nindex 0", "an extra that is not base64"),
        ("c2sp.org/tlog-proof@v1\nindex 0\nextra ZXh0cmE=", "the extra in the wrong place"),
        (f"c2sp.org/tlog-proof@v1\nindex 0\n{HASH[:-4]}", "a short hash"),
        (f"c2sp.org/tlog-proof@v1\nindex 0\n{HASH}\r", "a carriage return"),
        ("c2sp.org/tlog-proof@v1\nindex ٣", "digits of another script"),
    ],
)
def test_what_is_not_a_proof_file_is_refused(head, why):
    with pytest.raises(MalformedError):
        parse_proof(head.encode() + b"\n\n" + NOTE)


def test_a_proof_file_without_its_checkpoint_is_refused():
    data = format_proof(LOG.prove(3))

    with pytest.raises(MalformedError):
        parse_proof(data[: data.index(b"\n\n") + 1])
    with pytest.raises(MalformedError):
        parse_proof(data[: data.index(b"\n\n") + 2])
