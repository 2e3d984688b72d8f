import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.recordlog.errors import (
    BadSignatureError,
    MalformedError,
    NoKnownSignatureError,
    RecordLogError,
)
from shared.recordlog.note import (
    LocalSigner,
    VerifierKey,
    open_note,
    parse_key,
    parse_note,
    sign_note,
)
from tests.unit.recordlog import logs

# The worked example of the note format's first implementation, and two keys in public use.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngot"
    "pRZb6KE6RyyBwJnAM=\n"
).encode()
GO_SUMDB = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"

TEXT = "one line\n\nand another\n"
OTHER = LocalSigner("witness.example", b"w" * 32)
ROTATED = LocalSigner(logs.ORIGIN, b"r" * 32)


def test_a_note_signed_by_another_implementation_opens():
    note = open_note(NEUMANN_NOTE, [parse_key(NEUMANN)])

    assert note.text.endswith("what your problem is.\n")


@pytest.mark.parametrize("vkey", [NEUMANN, GO_SUMDB])
def test_public_keys_read_and_write_to_the_character(vkey):
    assert str(parse_key(vkey)) == vkey


def test_a_signed_note_is_these_very_bytes():
    signature = logs.SIGNER.sign(TEXT.encode())

    encoded = base64.b64encode(logs.SIGNER.key.key_id + signature).decode()
    assert sign_note(TEXT, [logs.SIGNER]) == f"{TEXT}\n— {logs.ORIGIN} {encoded}\n".encode()


def test_the_text_ends_at_the_last_blank_line():
    note = open_note(sign_note(TEXT, [logs.SIGNER]), [logs.SIGNER.key])

    assert note.text == TEXT


def test_signatures_by_unknown_keys_are_ignored():
    data = sign_note(TEXT, [OTHER, logs.SIGNER, ROTATED])

    assert len(open_note(data, [logs.SIGNER.key]).signatures) == 3


def test_a_note_by_nobody_we_know_is_refused():
    data = sign_note(TEXT, [OTHER, ROTATED])  # ROTATED has a known name, and another key

    with pytest.raises(NoKnownSignatureError):
        open_note(data, [logs.SIGNER.key])


def test_a_failing_signature_of_a_known_key_spoils_the_good_ones():
    good = sign_note(TEXT, [logs.SIGNER])
    forged = sign_note("something else\n", [OTHER]).partition(b"\n\n")[2]

    with pytest.raises(BadSignatureError) as caught:
        open_note(good + forged, [logs.SIGNER.key, OTHER.key])
    assert caught.value.key_name == "witness.example"
    assert open_note(good + forged, [logs.SIGNER.key]).text == TEXT


def test_after_a_rotation_old_and_new_key_both_open_the_note():
    data = sign_note(TEXT, [logs.SIGNER, ROTATED])

    assert open_note(data, [logs.SIGNER.key]) == open_note(data, [ROTATED.key])


@given(st.integers(0))
def test_a_note_with_any_bit_flipped_does_not_open(bit):
    data = sign_note(TEXT, [logs.SIGNER])
    forged = logs.flip(data, bit % (len(data) * 8))

    with pytest.raises(RecordLogError):
        open_note(forged, [logs.SIGNER.key])


@pytest.mark.parametrize("count", [16, 100])
def test_many_signatures_are_read(count):
    signers = [LocalSigner(f"w{number}", bytes(32)) for number in range(count)]

    assert len(parse_note(sign_note(TEXT, signers)).signatures) == count


def test_too_many_signatures_are_refused_before_any_is_checked():
    signers = [LocalSigner(f"w{number}", bytes(32)) for number in range(101)]

    with pytest.raises(MalformedError):
        open_note(sign_note(TEXT, signers), [signers[0].key])


LINE = base64.b64encode(b"kkkk" + b"s" * 64).decode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "nothing"),
        ("text\n", "no signatures"),
        ("text\n\n", "still none"),
        (f"text\n— name {LINE}\n", "no blank line"),
        (f"text\n\n— name {LINE}", "no newline at the end"),
        (f"text\n\n- name {LINE}\n", "another dash"),
        (f"text\n\n—name {LINE}\n", "no space behind the dash"),
        (f"text\n\n— name{LINE}\n", "no space behind the name"),
        (f"text\n\n—  {LINE}\n", "no name"),
        (f"text\n\n— na+me {LINE}\n", "a plus in the name"),
        (f"text\n\n— na\N{NO-BREAK SPACE}me {LINE}\n", "a space of another kind in the name"),
        (f"text\n\n— name {LINE} \n", "something behind the signature"),
        (f"text\n\n— name {LINE.rstrip('=')[:-1]}\n", "base64 cut short"),
        (f"text\n\n— name {LINE[:-2]}\n", "base64 without its padding"),
        (f"text\n\n— name {LINE[:-3]}{chr(ord(LINE[-3]) + 1)}==\n", "bits behind the last byte"),
        (f"text\n\n— name {LINE[:8]}\r{LINE[8:]}\n", "a control character in the base64"),
        ("text\n\n— name a2tr\n", "shorter than a key id"),
        ("text\n\n— name a2tra2s=\n" + "\n", "a line too many"),
        (f"te\txt\n\n— name {LINE}\n", "a control character"),
        (f"te\rxt\n\n— name {LINE}\n", "a carriage return"),
        (f"te\0xt\n\n— name {LINE}\n", "a zero"),
        (b"te\xffxt\n\n\xe2\x80\x94 name " + LINE.encode() + b"\n", "not UTF-8"),
        ("x" * 1_000_000 + f"\n\n— name {LINE}\n", "a megabyte"),
    ],
)
def test_what_is_not_a_note_is_refused(data, why):
    with pytest.raises(MalformedError):
        parse_note(data if isinstance(data, bytes) else data.encode())


@pytest.mark.parametrize("text", ["", "no newline", "tab\there\n"])
def test_a_text_that_cannot_be_a_note_is_not_signed(text):
    with pytest.raises(MalformedError):
        sign_note(text, [logs.SIGNER])


@pytest.mark.parametrize(
    ("vkey", "why"),
    [
        ("", "nothing"),
        ("name", "no id"),
        ("name+c74f20a3", "no key"),
        ("Somebody+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "another name"),
        ("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "another id"),
        ("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "capitals"),
        ("PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "another type"),
        ("PeterNeumann+c74f20a3+ARpc2QcU", "a short key"),
        ("PeterNeumann+c74f20a3+", "an empty key"),
        ("PeterNeumann+c74f20a3+????", "not base64"),
        ("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "a space"),
    ],
)
def test_what_is_not_a_key_is_refused(vkey, why):
    with pytest.raises(MalformedError):
        parse_key(vkey)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak", "\x1f"])
def test_a_key_needs_a_name_that_can_stand_in_a_note(name):
    with pytest.raises(MalformedError):
        VerifierKey(name, bytes(32))
