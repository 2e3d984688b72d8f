"""Asking witnesses: a good one, one that is down, one that lies; the log is never in their way."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.sequencing.asking import Heard, SilentError
from archive.sequencing.witnesses import BadWitnessError, Outcome, Witness, ask_all, witnesses_in
from shared.recordlog.checkpoint import Checkpoint, sign_checkpoint
from shared.recordlog.cosignature import read_cosignature
from shared.recordlog.reader import Log
from shared.records.attestations import Attestation
from shared.records.errors import ChangedError
from tests.unit.recordlog import logs
from tests.unit.recordlog import witnesses as theirs

NOW = datetime(2026, 11, 20, 3, 20, tzinfo=UTC)
URL = "https://witness.example/log"


class Kept:
    """Attestations in memory, with the leaves that were written with them."""

    def __init__(self):
        self.rows, self.acts = {}, []

    def get(self, origin, witness):
        return self.rows.get(witness, Attestation(origin, witness))

    def record(self, before, after, act):
        if self.get(before.origin, before.witness) != before:
            raise ChangedError("attestation", before.witness, "is newer")
        self.rows[before.witness] = after
        self.acts.append(act)


class Wire:
    """What is sent, and to whom; `spoil` answers in the witness's place, or raises."""

    def __init__(self, their, spoil=None):
        self.their, self.spoil, self.asked = their, spoil, []

    def __call__(self, url, body):
        self.asked.append((url, body))
        if self.spoil is not None:
            return self.spoil(body)
        return Heard(*self.their.answer(body))


def a_log(size, entries=None):
    stored = logs.a_stored_log(entries or logs.some_entries(size))
    return Log(stored.get, [logs.SIGNER.key], logs.ORIGIN)


def run(wire, log, kept):
    witness = Witness(wire.their.key, URL)
    return ask_all([witness], log, kept=kept, send=wire, now=NOW).get("witness.example")


def test_a_witness_signs_the_log_as_it_grows_and_what_it_signed_is_kept():
    kept, wire = Kept(), Wire(theirs.Witness())

    for size in (5, 300, 301):
        assert run(wire, a_log(size), kept) is Outcome.COSIGNED
        row = kept.rows["witness.example"]
        assert row.size == size
        note = a_log(size).note
        read_cosignature(note, row.note.encode().removeprefix(note), wire.their.key)
    assert [act.type for act in kept.acts] == ["log.cosigned"] * 3
    assert kept.acts[-1].payload["size"] == 301
    assert {url for url, _ in wire.asked} == {f"{URL}/add-checkpoint"}
    assert len(wire.asked) == 3


def test_nobody_is_asked_twice_about_the_same_log():
    kept, wire = Kept(), Wire(theirs.Witness())
    run(wire, a_log(5), kept)

    assert run(wire, a_log(5), kept) is None
    assert len(wire.asked) == 1


def test_a_witness_that_saw_another_size_says_so_and_is_asked_from_there():
    kept, wire = Kept(), Wire(theirs.Witness())
    run(wire, a_log(7), kept)
    kept.rows.clear()  # our own memory of it is lost

    assert run(wire, a_log(9), kept) is Outcome.COSIGNED
    assert [body.split(b"\n")[0] for _, body in wire.asked] == [b"old 0", b"old 0", b"old 7"]


def silent(_body):
    raise SilentError("NewConnectionError")


SPOILT = [
    (silent, Outcome.SILENT, 3),
    (lambda _: Heard(500, b""), Outcome.SILENT, 3),
    (lambda _: Heard(503, b"x" * 60_000), Outcome.SILENT, 3),
    (lambda _: Heard(404, b""), Outcome.REFUSED, 1),
    (lambda _: Heard(403, b""), Outcome.REFUSED, 1),
    (lambda _: Heard(422, b""), Outcome.REFUSED, 1),
    (lambda _: Heard(301, b""), Outcome.REFUSED, 1),
    (lambda _: Heard(409, b"2\n"), Outcome.REFUSED, 3),
    (lambda _: Heard(409, b"999\n"), Outcome.AHEAD, 1),
    (lambda _: Heard(409, b"-1\n"), Outcome.UNTRUE, 1),
    (lambda _: Heard(409, b"\xff"), Outcome.UNTRUE, 1),
    (lambda _: Heard(200, b""), Outcome.UNTRUE, 1),
    (lambda _: Heard(200, b"<html>"), Outcome.UNTRUE, 1),
    (lambda _: Heard(200, theirs.cosign(a_log(4).note, 1)), Outcome.UNTRUE, 1),
    (
        lambda body: Heard(200, theirs.Witness(seed=b"e" * 32).sign(body.partition(b"\n\n")[2])),
        Outcome.UNTRUE,
        1,
    ),
]


@pytest.mark.parametrize(("spoil", "outcome", "tries"), SPOILT)
def test_what_a_bad_witness_does_is_on_record_and_stops_nothing(spoil, outcome, tries):
    kept, wire = Kept(), Wire(theirs.Witness())
    run(wire, a_log(3), kept)
    wire.spoil = spoil

    assert run(wire, a_log(5), kept) is outcome

    row = kept.rows["witness.example"]
    assert (row.size, row.outcome) == (3, outcome.value)
    assert len(wire.asked) == 1 + tries
    assert (kept.acts[-1].type, kept.acts[-1].reason) == ("log.not_cosigned", outcome.value)
    wire.spoil = None
    assert run(wire, a_log(6), kept) is Outcome.COSIGNED


def test_one_witness_that_is_down_does_not_keep_the_next_from_being_asked():
    good, bad = theirs.Witness(), theirs.Witness("down.example", b"d" * 32)

    def send(url, body):
        return silent(body) if "down" in url else Heard(*good.answer(body))

    asked = [Witness(bad.key, "https://down.example"), Witness(good.key, URL)]
    outcomes = ask_all(asked, a_log(5), kept=Kept(), send=send, now=NOW)

    assert outcomes == {"down.example": Outcome.SILENT, "witness.example": Outcome.COSIGNED}


def test_a_log_that_was_rewritten_gets_no_signature():
    kept, wire = Kept(), Wire(theirs.Witness())
    run(wire, a_log(5), kept)
    forged = [b"nothing happened", *logs.some_entries(6)[1:]]

    assert run(wire, a_log(6, forged), kept) is Outcome.REFUSED
    assert kept.rows["witness.example"].size == 5


def test_of_two_runs_at_once_one_is_on_record():
    kept, wire = Kept(), Wire(theirs.Witness())
    before = kept.get(logs.ORIGIN, "witness.example")

    def another_first(body):
        kept.rows["witness.example"] = replace(before, asked_at=NOW, outcome="cosigned")
        return Heard(*wire.their.answer(body))

    wire.spoil = another_first

    assert run(wire, a_log(5), kept) is Outcome.COSIGNED
    assert kept.acts == []


def test_witnesses_are_written_as_key_and_address():
    key = theirs.WITNESS.key

    assert witnesses_in("off") == ()
    assert witnesses_in(f"{key} {URL}/, {key} http://127.0.0.1:9/") == (
        Witness(key, URL),
        Witness(key, "http://127.0.0.1:9"),
    )
    for wrong in ("", f"{key}", f"{key} http://w.example", f"{logs.SIGNER.key} {URL}", f"x {URL}"):
        with pytest.raises(BadWitnessError):
            witnesses_in(wrong)


def test_a_checkpoint_of_two_keys_is_sent_as_it_is():
    entries = logs.some_entries(3)
    stored = logs.a_stored_log(entries)
    both = [logs.SIGNER, logs.LocalSigner(logs.ORIGIN, b"n" * 32)]
    log = Log(stored.get, [logs.SIGNER.key], logs.ORIGIN)
    log.note = sign_checkpoint(Checkpoint(logs.ORIGIN, 3, log.checkpoint.root), both)
    kept, wire = Kept(), Wire(theirs.Witness())

    assert run(wire, log, kept) is Outcome.COSIGNED
    assert kept.rows["witness.example"].note.count("— ") == 3
