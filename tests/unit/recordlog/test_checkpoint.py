import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.recordlog.checkpoint import (
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
)
from shared.recordlog.errors import (
    BadSignatureError,
    InconsistentLogError,
    MalformedError,
    NoKnownSignatureError,
)
from shared.recordlog.note import LocalSigner, sign_note
from shared.recordlog.tree import EMPTY_ROOT
from tests.unit.recordlog import logs

ROOT = bytes(range(32))
ROOT64 = base64.b64encode(ROOT).decode()
CHECKPOINT = Checkpoint(logs.ORIGIN, 20_852_163, ROOT)


def test_a_checkpoint_is_these_very_lines():
    assert CHECKPOINT.text() == f"log.example/force\n20852163\n{ROOT64}\n"


@given(st.integers(1, 10**18 - 1), st.binary(min_size=32, max_size=32))
def test_a_signed_checkpoint_opens_as_it_was_meant(size, root):
    signed = sign_checkpoint(Checkpoint(logs.ORIGIN, size, root), [logs.SIGNER])

    assert open_checkpoint(signed, [logs.SIGNER.key], logs.ORIGIN) == Checkpoint(
        logs.ORIGIN, size, root
    )


def test_a_checkpoint_of_another_log_is_refused_though_the_key_signed_it():
    signed = sign_checkpoint(CHECKPOINT, [logs.SIGNER])

    with pytest.raises(InconsistentLogError):
        open_checkpoint(signed, [logs.SIGNER.key], "log.example/other-force")


def test_unknown_keys_are_ignored_and_a_known_key_that_fails_rejects():
    witness = LocalSigner("witness.example", b"w" * 32)
    signed = sign_checkpoint(CHECKPOINT, [logs.SIGNER, witness])
    text, _, lines = signed.decode().partition("\n\n")
    shrunk = f"{text.replace('20852163', '20852162')}\n\n{lines}".encode()

    assert open_checkpoint(signed, [logs.SIGNER.key], logs.ORIGIN) == CHECKPOINT
    with pytest.raises(BadSignatureError):
        open_checkpoint(shrunk, [logs.SIGNER.key], logs.ORIGIN)
    with pytest.raises(NoKnownSignatureError):
        open_checkpoint(signed, [], logs.ORIGIN)


def test_extension_lines_of_others_are_kept():
    read = parse_checkpoint(f"log.example/force\n3\n{ROOT64}\nmore\nand more\n")

    assert read.extensions == ("more", "and more")
    assert read.text().endswith("more\nand more\n")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        (f"log\n3\n{ROOT64}", "no newline at the end"),
        ("log\n3\n", "no root"),
        (f"\n3\n{ROOT64}\n", "no origin"),
        (f"log\n\n3\n{ROOT64}\n", "an empty line"),
        (f"log\n3\n{ROOT64}\n\nmore\n", "an empty extension line"),
        (f"log\n03\n{ROOT64}\n", "a leading zero"),
        (f"log\n-3\n{ROOT64}\n", "a sign"),
        (f"log\n+3\n{ROOT64}\n", "a sign"),
        (f"log\n 3\n{ROOT64}\n", "a space"),
        (f"log\n3_0\n{ROOT64}\n", "an underscore"),
        (f"log\n٣\n{ROOT64}\n", "digits of another script"),
        (f"log\n{10**18}\n{ROOT64}\n", "more than anybody counts"),
        (f"log\n3\n{ROOT64[:-1]}\n", "base64 without padding"),
        (f"log\n3\n{ROOT64[:-2]}9=\n", "bits behind the last byte"),
        (f"log\n3\n{base64.b64encode(ROOT[1:]).decode()}\n", "a short root"),
        (f"log\n0\n{ROOT64}\n", "an empty log with a root"),
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text, why):
    with pytest.raises(MalformedError):
        parse_checkpoint(text)


def test_a_signature_does_not_make_a_note_a_checkpoint():
    with pytest.raises(MalformedError):
        open_checkpoint(sign_note("hello\n", [logs.SIGNER]), [logs.SIGNER.key], logs.ORIGIN)


@pytest.mark.parametrize(
    "broken",
    [Checkpoint("", 1, ROOT), Checkpoint("log\nlog", 1, ROOT), Checkpoint("log", 1, ROOT[:-1])],
)
def test_what_would_not_read_back_is_not_signed(broken):
    with pytest.raises(MalformedError):
        sign_checkpoint(broken, [logs.SIGNER])


def test_an_empty_log_has_a_checkpoint():
    signed = sign_checkpoint(Checkpoint(logs.ORIGIN, 0, EMPTY_ROOT), [logs.SIGNER])

    assert signed.startswith(
        b"log.example/force\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"
    )
