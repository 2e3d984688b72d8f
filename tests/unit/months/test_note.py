import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.months.errors import BadNoteError, MonthError
from shared.months.logslice import Cut
from shared.months.month import Month
from shared.months.note import Sealed, open_month, parse_month, sign_month
from shared.recordlog.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint
from shared.recordlog.errors import MalformedError, RecordLogError, UnverifiedError
from shared.recordlog.note import LocalSigner, sign_note
from shared.recordlog.tree import EMPTY_ROOT
from tests.unit.recordlog import logs

ORIGIN = "force.example/record-log"
SIGNER = LocalSigner("force.example/archive", b"a" * 32)
ROOTS = st.binary(min_size=32, max_size=32)
HASHES = st.from_regex("[0-9a-f]{64}", fullmatch=True)


@st.composite
def sealed_months(draw):
    sizes = sorted(draw(st.lists(st.integers(0, 10**18 - 1), min_size=2, max_size=2)))
    cuts = [Cut(size, draw(ROOTS) if size else EMPTY_ROOT) for size in sizes]
    month = draw(st.builds(Month, st.integers(2000, 2099), st.integers(1, 12)))
    return Sealed(ORIGIN, month, draw(HASHES), *cuts, draw(HASHES | st.none()))


SEALED = Sealed(ORIGIN, Month(2026, 10), "b" * 64, Cut(3, b"r" * 32), Cut(12, b"s" * 32), "c" * 64)
TEXT = SEALED.text()


@given(sealed_months())
def test_a_note_is_read_as_it_was_signed(sealed):
    assert open_month(sign_month(sealed, [SIGNER]), [SIGNER.key], ORIGIN) == sealed


def test_a_note_is_these_very_lines():
    root, end = (base64.b64encode(each * 32).decode() for each in (b"r", b"s"))
    written = (
        "bluelamp-month/v1\n"
        "force.example/record-log\n"
        "month 2026-10\n"
        f"bag {'b' * 64}\n"
        f"start 3 {root}\n"
        f"end 12 {end}\n"
        f"previous {'c' * 64}\n"
    )

    assert SEALED.text() == written
    assert replace(SEALED, previous=None).text().endswith("\nprevious none\n")


@given(st.integers(0))
def test_a_note_with_any_bit_flipped_does_not_open(bit):
    data = sign_month(SEALED, [SIGNER])

    with pytest.raises((MonthError, RecordLogError)):
        open_month(logs.flip(data, bit % (len(data) * 8)), [SIGNER.key], ORIGIN)


def test_a_note_by_nobody_we_know_does_not_open():
    stranger = LocalSigner(SIGNER.key.name, b"x" * 32)

    with pytest.raises(UnverifiedError):
        open_month(sign_month(SEALED, [stranger]), [SIGNER.key], ORIGIN)


def test_a_note_of_another_log_is_not_ours():
    with pytest.raises(BadNoteError, match=r"of force\.example/record-log, not of other"):
        open_month(sign_month(SEALED, [SIGNER]), [SIGNER.key], "other.example/record-log")


def test_a_note_and_a_checkpoint_can_never_be_taken_for_one_another():
    with pytest.raises(MalformedError):
        parse_checkpoint(TEXT)
    checkpoint = sign_checkpoint(Checkpoint(ORIGIN, 12, b"s" * 32), [SIGNER])
    with pytest.raises(BadNoteError):
        open_month(checkpoint, [SIGNER.key], ORIGIN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bluelamp-month/v1", "bluelamp-month/v2"),
        ("force.example/record-log\n", "\n"),
        ("force.example/record-log\n", ""),
        ("month 2026-10", "month 2026-13"),
        ("month 2026-10", "month  2026-10"),
        ("month 2026-10\n", ""),
        ("month 2026-10", "month 2026-10\nmonth 2026-10"),
        ("bag b", "bag B"),
        ("bag b", "bag bb"),
        ("bag b", "bag "),
        ("start 3", "start 03"),
        ("start 3", "start +3"),
        ("start 3", "start ٣"),
        ("start 3", "start 13"),
        ("start 3", "start 0"),
        ("end 12", "end 2"),
        ("end 12", "end 1e1"),
        ("end 12", "end " + "9" * 19),
        ("=\nend", "\nend"),
        ("=\nend", "=\n\nend"),
        ("M=\nprevious", "N=\nprevious"),
        ("previous c", "previous None c"),
        ("previous c", "Previous c"),
        ("start", "end"),
        ("\nprevious", " \nprevious"),
        ("c\n", "c\nmore\n"),
        ("c\n", "c"),
        ("c\n", "c\n\n"),
    ],
)
def test_what_is_not_as_we_write_it_is_no_note(old, new):
    assert old in TEXT

    with pytest.raises(BadNoteError):
        parse_month(TEXT.replace(old, new, 1))


@given(st.text(max_size=300))
def test_whatever_the_text_a_reason_comes_of_it(text):
    with pytest.raises(BadNoteError):
        parse_month(text)


@pytest.mark.parametrize(
    "unreadable",
    [
        replace(SEALED, origin=f"{ORIGIN}\nmonth 2026-09"),
        replace(SEALED, origin=""),
        replace(SEALED, bag="b" * 63),
        replace(SEALED, previous="none at all"),
        replace(SEALED, start=Cut(13, b"r" * 32)),
        replace(SEALED, start=Cut(0, b"r" * 32)),
        replace(SEALED, end=Cut(12, b"s" * 31)),
    ],
)
def test_what_nobody_could_read_again_is_not_signed(unreadable):
    with pytest.raises(BadNoteError):
        sign_month(unreadable, [SIGNER])


def test_a_note_may_be_signed_by_two_keys_while_one_follows_the_other():
    following = LocalSigner(SIGNER.key.name, b"n" * 32)
    data = sign_note(TEXT, [SIGNER, following])

    assert open_month(data, [SIGNER.key], ORIGIN) == open_month(data, [following.key], ORIGIN)
