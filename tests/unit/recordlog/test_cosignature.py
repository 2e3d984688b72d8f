import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from shared.recordlog.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from shared.recordlog.cosignature import (
    WitnessKey,
    cosigned_message,
    cosigned_note,
    parse_witness_key,
    read_cosignature,
    read_size,
    request_body,
)
from shared.recordlog.errors import (
    BadSignatureError,
    MalformedError,
    NoKnownSignatureError,
    RecordLogError,
)
from shared.recordlog.note import LocalSigner, Signature, parse_note
from tests.unit.recordlog import logs
from tests.unit.recordlog.witnesses import WITNESS, cosign

NOTE = sign_checkpoint(Checkpoint(logs.ORIGIN, 7, bytes(range(32))), [logs.SIGNER])
AT = 1_795_000_000


def test_a_request_is_these_very_lines():
    body = request_body(3, [bytes(32), b"\xff" * 32], NOTE)

    assert body == (
        b"old 3\n"
        b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
        b"//////////////////////////////////////////8=\n"
        b"\n" + NOTE
    )
    assert request_body(0, [], NOTE) == b"old 0\n\n" + NOTE


def test_what_a_witness_signs_is_these_very_bytes():
    assert cosigned_message("log\n7\nroot\n", 1679315147) == (
        b"cosignature/v1\ntime 1679315147\nlog\n7\nroot\n"
    )


def test_a_cosignature_is_read_with_its_time_and_stands_below_the_logs_own():
    cosigned = read_cosignature(NOTE, cosign(NOTE, AT), WITNESS.key)

    whole = cosigned_note(NOTE, [cosigned])
    assert cosigned.at == AT
    assert whole.startswith(NOTE)
    assert open_checkpoint(whole, [logs.SIGNER.key], logs.ORIGIN).size == 7
    assert read_cosignature(NOTE, whole.removeprefix(NOTE), WITNESS.key) == cosigned


def test_lines_of_others_in_the_answer_are_passed_over():
    other = Signature("other.example", b"abcd", b"x" * 72).line().encode()

    assert read_cosignature(NOTE, other + cosign(NOTE, AT), WITNESS.key).at == AT
    with pytest.raises(NoKnownSignatureError):
        read_cosignature(NOTE, other, WITNESS.key)


@given(st.integers(0))
def test_an_answer_with_any_bit_flipped_is_refused(bit):
    answer = cosign(NOTE, AT)

    with pytest.raises(RecordLogError):
        read_cosignature(NOTE, logs.flip(answer, bit % (len(answer) * 8)), WITNESS.key)


def test_a_cosignature_of_another_checkpoint_is_refused():
    other = sign_checkpoint(Checkpoint(logs.ORIGIN, 8, bytes(range(32))), [logs.SIGNER])

    with pytest.raises(BadSignatureError):
        read_cosignature(NOTE, cosign(other, AT), WITNESS.key)


def test_a_plain_signature_of_the_same_key_is_no_cosignature():
    plain = LocalSigner(WITNESS.key.name, b"w" * 32)
    line = sign_checkpoint(Checkpoint(logs.ORIGIN, 7, bytes(range(32))), [plain])

    with pytest.raises(NoKnownSignatureError):
        read_cosignature(NOTE, line.rpartition(b"\n\n")[2], WITNESS.key)


@pytest.mark.parametrize("body", [b"", b"\n", b"sorry\n", b"\xff", cosign(NOTE, AT)[:-1], b"x" * 9])
def test_what_is_no_answer_is_refused(body):
    with pytest.raises(RecordLogError):
        read_cosignature(NOTE, body, WITNESS.key)


def test_the_size_a_witness_saw():
    assert read_size(b"0\n") == 0
    assert read_size(b"1234\n") == 1234
    for odd in (b"", b"-1\n", b"01\n", b"1 2\n", b"9" * 19, b"\xd9\xa3\n", b"1\n\n"):
        with pytest.raises(MalformedError):
            read_size(odd)


def test_a_witness_key_reads_and_writes_to_the_character():
    assert parse_witness_key(str(WITNESS.key)) == WITNESS.key


@pytest.mark.parametrize(
    "vkey",
    ["", "name", "name+00000000+BA==", str(logs.SIGNER.key), str(WITNESS.key).replace("w", "v", 1)],
)
def test_what_is_no_witness_key_is_refused(vkey):
    with pytest.raises(MalformedError):
        parse_witness_key(vkey)
    with pytest.raises(MalformedError):
        WitnessKey("two words", bytes(32))


def test_the_key_id_tells_a_witness_from_a_log_with_the_same_key():
    public = Ed25519PrivateKey.from_private_bytes(b"w" * 32).public_key().public_bytes_raw()
    key = WitnessKey("witness.example", public)

    assert key.key_id != LocalSigner("witness.example", b"w" * 32).key.key_id
    assert base64.b64decode(str(key).split("+", 2)[2])[0] == 4
    assert parse_note(cosigned_note(NOTE, [])).text == parse_note(NOTE).text
