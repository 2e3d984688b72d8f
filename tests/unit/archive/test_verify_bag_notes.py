"""Whose word verify.py takes: keys, signatures, witnesses, authorities, one's own checkpoints."""

import base64
from functools import cache

import pytest

from shared.recordlog.checkpoint import Checkpoint, sign_checkpoint
from shared.recordlog.note import LocalSigner, VerifierKey, sign_note
from tests.unit.archive import bags
from tests.unit.archive.bags import ARCHIVE, FORGED_ARCHIVE, FORGED_LOG, LOG, ORIGIN, WITNESS
from tests.unit.archive.verifier import ask, judge, verify
from tests.unit.recordlog.witnesses import Witness

NOTE = "commit/2026-10.note"
END = "month=2026-10/data/log/checkpoint.end"
NEXT_LOG = LocalSigner(LOG.key.name, b"n" * 32)
NEXT_ARCHIVE = LocalSigner(ARCHIVE.key.name, b"o" * 32)
KEYS = (str(LOG.key), str(ARCHIVE.key))


@cache
def whole():
    return bags.an_archive(5, 6, attested=True)


@pytest.fixture
def archive():
    return whole().copy()


@pytest.fixture
def verdict(archive, tmp_path):
    """On the archive, by these keys."""

    def judged(keys=KEYS, *more):
        archive.write(tmp_path)
        return judge(tmp_path, *more, keys=keys)

    return judged


def sealed_again(archive, path, data):
    """The file replaced, and everything sealed with the force's own key."""
    archive.objects[path] = data
    bags.reseal(archive, "2026-10", [ARCHIVE])


def text_of(note):
    return note.rpartition(b"\n\n")[0].decode() + "\n"


def line_by(signer, text, *, name=None, value=None):
    """A signature line, as truthful as one wants it."""
    made = VerifierKey(name or signer.key.name, signer.key.public_key)
    value = value or signer.sign(text.encode())
    return f"— {made.name} {base64.b64encode(signer.key.key_id + value).decode()}\n".encode()


# ── signatures ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", [NOTE, END])
def test_signatures_of_others_beside_the_known_one_do_no_harm(path, archive, verdict):
    note = archive.objects[path]
    stranger = LocalSigner("stranger.example", b"s" * 32)
    lines = line_by(stranger, text_of(note)) + line_by(FORGED_LOG, "something else")
    archive.objects[path] = note + lines if path == NOTE else note

    assert verdict().code == 0


@pytest.mark.parametrize(("path", "signer"), [(NOTE, ARCHIVE), (END, LOG)])
@pytest.mark.parametrize("place", ["before", "after"])
def test_one_false_signature_of_a_known_key_spoils_a_true_one(
    path, signer, place, archive, verdict
):
    note = archive.objects[path]
    text, lines = note.split(b"\n\n")
    false = line_by(signer, "something else")
    both = false + lines if place == "before" else lines + false
    changed = text + b"\n\n" + both
    if path == END:
        sealed_again(archive, END, changed)
    else:
        archive.objects[NOTE] = changed

    found = verdict()

    assert found.wrong["file"] == path
    assert "does not fit its text" in found.sentence


@pytest.mark.parametrize("path", [NOTE, END])
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda note: note + note.rpartition(b"\n\n")[2] * 100, "more than 100 signatures"),
        (lambda note: note.replace(b"\n\n", b"\n"), "no text with signatures"),
        (lambda note: note[:-1], "no text with signatures"),
        (lambda note: note.rpartition(b"\n\n")[0] + b"\n\n", "no text with signatures"),
        (lambda note: note.replace(b"\n\n", b"\r\n\r\n"), "no text with signatures"),
        (lambda note: note.replace(b"\n\n", b"\n\n\n"), ""),
        (lambda note: note.replace(b"\n", b" \n", 1), ""),
        (lambda note: note.replace(b"\n", b"\t\n", 1), "control character"),
        (lambda note: b"\xff" + note, "not UTF-8"),
        (lambda note: b"\xef\xbb\xbf" + note, ""),
        (lambda note: note.replace("—".encode(), b"--"), "not dash, name, signature"),
        (lambda note: note.replace("— ".encode(), "—\u00a0".encode()), "not dash, name, signature"),
        (lambda note: note.replace("— f".encode(), "— \u0192".encode()), "signed by no key"),
        (
            lambda note: note.replace("— force".encode(), "— f\u043erce".encode()),
            "signed by no key",
        ),
        (lambda note: note[:-3] + b"\n", "base64"),
        (lambda note: note[:-5] + b"!" + note[-4:], "base64"),
        (lambda _: b"", "no text with signatures"),
        (lambda _: b"\n\n", "no text with signatures"),
        (lambda _: b"x" * 2_000_000, "larger than"),
        (lambda _: b"\n" * 900_000, "no text with signatures"),
    ],
)
def test_a_note_is_written_as_notes_are(path, change, why, archive, verdict):
    changed = change(archive.objects[path])
    if path == END:
        sealed_again(archive, END, changed)
    else:
        archive.objects[NOTE] = changed

    found = verdict()

    assert found.wrong["file"] == path, found.sentence
    assert why in found.sentence


@pytest.mark.parametrize(
    "change",
    [
        ("bluelamp-month/v1", "bluelamp-month/v2"),
        ("bluelamp-month/v1", "bluelamp-month/v1 "),
        ("month 2026-10", "month 2026-1O"),
        ("month 2026-10", "month 2026-13"),
        ("month 2026-10", "month 2026-10 "),
        ("month 2026-10\n", ""),
        ("end ", "end  "),
        ("end 11", "end 011"),
        ("end 11", "end 1_1"),
        ("end 11", "end \u0661\u0661"),
        ("end 11", "end " + "9" * 5000),
        ("end 11", "end -11"),
        ("=\nprevious", "\nprevious"),
        ("previous ", "previous A"),
        ("bag ", "bag "[:3] + "\n"),
        ("start", "\nstart"),
    ],
)
def test_what_the_archives_own_key_signs_has_to_be_a_note_of_a_month(change, archive, verdict):
    text = text_of(archive.objects[NOTE])
    assert change[0] in text
    archive.objects[NOTE] = sign_note(text.replace(*change), [ARCHIVE])

    assert verdict().wrong["file"] == NOTE


def test_a_note_of_another_month_is_not_the_note_of_this_one(archive, verdict):
    archive.objects[NOTE] = archive.objects["commit/2026-09.note"]

    assert verdict().sentence == f"{NOTE}: it is the note of 2026-09."


@pytest.mark.parametrize("change", [("end 11", "end 12"), ("start 5", "start 4")])
def test_a_note_speaks_of_the_sizes_in_its_bag(change, archive, verdict):
    archive.objects[NOTE] = sign_note(text_of(archive.objects[NOTE]).replace(*change), [ARCHIVE])

    assert "says that the month" in verdict().sentence


# ── keys ──────────────────────────────────────────────────────────────────────


def test_the_logs_key_seals_no_months_and_the_archives_signs_no_log(tmp_path):
    for roles in ({"seal": (LOG,)}, {"log": (ARCHIVE,)}):
        folder = tmp_path / str(*roles)
        bags.an_archive(3, **roles).write(folder)

        assert judge(folder, keys=KEYS).code == 1
        assert judge(folder).code == 1


def test_the_key_of_another_force_seals_nothing_here(tmp_path):
    other = LocalSigner("other.example/archive", b"o" * 32)
    bags.an_archive(3, seal=(other,)).write(tmp_path)

    found = judge(tmp_path, keys=(*KEYS, str(other.key)))

    assert (
        found.sentence
        == "commit/2026-09.note: it is signed by no key of the archive that is known here."
    )


def test_with_keys_that_were_given_those_in_the_bag_are_not_believed(tmp_path):
    bags.an_archive(3, 3, log=(FORGED_LOG,), seal=(FORGED_ARCHIVE,)).write(tmp_path)

    assert judge(tmp_path, keys=KEYS).code == 1


def test_without_keys_it_says_whom_it_believed_and_nothing_less(tmp_path):
    bags.an_archive(3, log=(FORGED_LOG,), seal=(FORGED_ARCHIVE,)).write(tmp_path)

    code, out, _ = ask(tmp_path)

    assert code == 0
    assert "No key was given, so those in the bag were believed. COMPARE THEM" in out
    assert f"  {FORGED_LOG.key}\n  {FORGED_ARCHIVE.key}\n" in out


def test_without_keys_a_month_is_sealed_by_keys_that_the_month_before_brought(tmp_path):
    true, forged = bags.an_archive(3, 4), bags.an_archive(3, 4, seal=(FORGED_ARCHIVE,))
    true.put("2026-10", forged.bag("2026-10"))
    true.objects[NOTE] = forged.objects[NOTE]
    true.write(tmp_path)

    assert judge(tmp_path).wrong["file"] == NOTE


@pytest.mark.parametrize("keys_given", [True, False])
def test_keys_may_be_changed_with_both_signing_for_a_month(keys_given, tmp_path):
    story = bags.a_story(3, 4, 5)
    changes = (
        ((LOG,), (ARCHIVE,)),
        ((LOG, NEXT_LOG), (ARCHIVE, NEXT_ARCHIVE)),
        ((NEXT_LOG,), (NEXT_ARCHIVE,)),
    )
    archive = bags.build_changing(story, changes)
    archive.write(tmp_path)

    keys = [str(each.key) for each in (LOG, ARCHIVE, NEXT_LOG, NEXT_ARCHIVE)]
    found = judge(tmp_path, keys=keys if keys_given else ())

    assert found.code == 0, found.sentence


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text[:-1], "not one key a line"),
        (lambda _: "", "not one key a line"),
        (lambda _: "\n", "name+id+key|not a key"),
        (lambda text: text.replace("+", "-"), "not a key"),
        (lambda text: text.replace("force", "f\u043erce", 1), "not the one that this name"),
        (lambda text: text.replace("+AQ", "+AA", 1), "not a key"),
        (lambda text: text.replace("+A", "+B", 1), "not a key|not the one"),
        (lambda text: text.replace("\n", "\n\n"), "not a key"),
        (lambda _: "x" * 2_000_000, "larger than"),
        (lambda _: "\x00", "not one key a line"),
    ],
)
def test_the_keys_in_a_bag_are_keys(change, why, archive, verdict):
    path = "month=2026-10/data/log/pubkeys.vkey"
    sealed_again(archive, path, change(archive.objects[path].decode()).encode())

    found = verdict()

    assert found.wrong["file"] == path
    assert any(each in found.sentence for each in why.split("|")), found.sentence


# ── witnesses ─────────────────────────────────────────────────────────────────

COSIGNED = "month=2026-10/data/cosignatures/witness.example"


def remarks(found):
    return [each for month in found.said["months"] for each in month["remarks"]]


def test_a_witness_whose_key_is_known_is_checked(verdict):
    told = [each for each in remarks(verdict((*KEYS, str(WITNESS.key)))) if "witness" in each]

    assert len(told) == 2
    assert all("checked, on 2026-11-18 11:06:40 UTC" in each for each in told)


def test_a_witness_whose_key_is_not_known_is_told_and_not_believed(verdict):
    assert sum("whose key is not known here" in each for each in remarks(verdict())) == 2


def test_a_signature_that_the_witness_did_not_make_is_named(archive, verdict):
    note = archive.objects[END]
    forger = Witness("witness.example")
    false = WITNESS.sign(note)
    raw = bytearray(base64.b64decode(false.split(b" ")[2]))
    raw[11] ^= 1  # the time it signed at
    forged = f"— {forger.key.name} {base64.b64encode(raw).decode()}\n".encode()
    sealed_again(archive, COSIGNED, note + forged)

    found = verdict((*KEYS, str(WITNESS.key)))

    assert found.sentence == (
        f"{COSIGNED}: the signature by witness.example does not fit its text."
    )


def older(size, root=None, origin=ORIGIN, signer=LOG):
    story = bags.a_story(5, 6)
    true = bags.grow(bags.Edge(), [leaf.envelope for leaf in story.leaves[:size]]).edge.root()
    note = sign_checkpoint(Checkpoint(origin, size, root or true), [signer])
    return note + WITNESS.sign(note)


@pytest.mark.parametrize("size", [5, 8, 11])
def test_a_witness_may_have_signed_at_any_size_of_the_month(size, archive, verdict):
    sealed_again(archive, COSIGNED, older(size))

    assert any(f"signed at {size} leaves by" in each for each in remarks(verdict()))


def test_a_witness_that_signed_before_the_month_is_told_but_not_compared(archive, verdict):
    sealed_again(archive, COSIGNED, older(3))

    assert any("so its root was not compared" in each for each in remarks(verdict()))


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (older(8, root=b"r" * 32), "the first 8 leaves of the log have another root"),
        (older(12, root=b"r" * 32), "not about this month"),
        (older(8, origin="other.example/record-log"), "not about this log"),
        (older(8, signer=FORGED_LOG), None),
        (b"hello", "no text with signatures"),
        (b"", "no text with signatures"),
    ],
)
def test_what_a_witness_saw_is_this_log(note, why, archive, verdict):
    sealed_again(archive, COSIGNED, note)

    found = verdict()

    if why is None:  # the root is the log's own, whoever else signed it
        assert found.code == 0
    else:
        assert found.wrong["file"] == COSIGNED
        assert why in found.sentence


# ── timestamps ────────────────────────────────────────────────────────────────

STAMP = "month=2026-10/data/timestamp.tsr"


@pytest.mark.parametrize("algorithm", [1, 2, 3])
def test_a_timestamp_is_one_of_the_checkpoint_at_the_end(algorithm, archive, verdict):
    stamp = bags.a_timestamp(archive.objects[END], b"20261101020306.25Z", algorithm)
    sealed_again(archive, STAMP, stamp)

    assert any("stood at 2026-11-01 02:03:06.25 UTC" in each for each in remarks(verdict()))


@pytest.mark.parametrize(
    ("stamp", "why"),
    [
        (lambda end: bags.a_timestamp(end + b"x"), "a timestamp of something else"),
        (lambda end: bags.a_timestamp(end, status=b"\2"), "granted"),
        (lambda end: bags.a_timestamp(end, b"yesterday"), "granted"),
        (lambda end: bags.a_timestamp(end)[:-1], "not DER"),
        (lambda end: bags.a_timestamp(end) + b"x", "not DER"),
        (lambda end: b"\x30\x80" + bags.a_timestamp(end) + b"\0\0", "not DER"),
        (lambda _: b"\x30\x84\xff\xff\xff\xff", "not DER"),
        (lambda _: b"\x30\xff" + b"\xff" * 127, "not DER"),
        (lambda _: b"\x30", "not DER"),
        (lambda _: b"", "no answer"),
        (lambda _: b"\x30\x00", "no answer"),
        (lambda _: b"\x30" * 100_000, "not DER"),
        (lambda end: end, "not DER|no answer"),
        (
            lambda end: bags.a_timestamp(end).replace(b"\x03\x04\x02\x01", b"\x03\x04\x02\x09"),
            "else",
        ),
        (
            lambda end: bags.a_timestamp(end).replace(b"\x09\x10\x01\x04", b"\x09\x10\x01\x05"),
            "gran",
        ),
    ],
)
def test_what_is_no_timestamp_of_it_is_named(stamp, why, archive, verdict):
    sealed_again(archive, STAMP, stamp(archive.objects[END]))

    found = verdict()

    assert found.wrong["file"] == STAMP
    assert any(each in found.sentence for each in why.split("|")), found.sentence


def test_a_month_may_have_neither_witness_nor_timestamp(tmp_path):
    bags.an_archive(3, attested=False).write(tmp_path)

    found = judge(tmp_path, keys=KEYS)

    assert found.code == 0
    assert "Nobody outside has given it a timestamp." in remarks(found)


# ── checkpoints from elsewhere ────────────────────────────────────────────────


def seen(folder, note):
    (folder / "seen").write_bytes(note)
    return ("--seen", folder / "seen")


@pytest.mark.parametrize("size", [0, 1, 5, 8, 11])
def test_a_checkpoint_that_was_kept_elsewhere_is_in_the_log(size, verdict, tmp_path):
    assert verdict(KEYS, *seen(tmp_path, older(size))).code == 0


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (older(8, root=b"r" * 32), "seen: its first 8 leaves are not the ones of the log here."),
        (older(12, root=b"r" * 32), "what is here ends with 11: months are missing at the end"),
        (older(12, root=b"r" * 32, signer=FORGED_LOG), "seen: it is signed by no key of the log"),
        (older(3, origin="other.example/record-log"), "seen: it is of other.example/record-log"),
    ],
)
def test_a_checkpoint_that_is_not_in_the_log_is_named(note, why, verdict, tmp_path):
    assert why in verdict(KEYS, *seen(tmp_path, note)).sentence


def test_what_is_no_checkpoint_was_not_meant(archive, tmp_path):
    archive.write(tmp_path)

    code, out, err = ask(tmp_path, *seen(tmp_path, b"hello"))

    assert (code, out) == (2, "")
    assert "is no checkpoint" in err


def test_the_names_of_what_is_signed_are_compared_to_the_letter():
    cyrillic = VerifierKey("f\u043erce.example/archive", ARCHIVE.key.public_key)

    assert verify.archive_keys([verify.read_key(str(cyrillic))], ORIGIN) == []
    assert verify.archive_keys([verify.read_key(str(ARCHIVE.key))], ORIGIN) != []
