"""Witnesses on the local stack: asked over HTTP, kept in rows, and never in the log's way."""

from datetime import UTC, datetime

import pytest

from archive.sequencing import asking
from archive.sequencing.asking import SilentError, post
from archive.sequencing.witnesses import Outcome, ask_all, witnesses_in
from local.stack import Stack
from shared.recordlog.reader import Log, verify_log
from shared.records.attestations import Attestations
from tests.builders import a_pen
from tests.unit.recordlog import logs
from tests.unit.recordlog.witnesses import Witness
from tests.workflows.outsider import Served
from tests.workflows.sequencing import a_place

NOW = datetime(2026, 11, 20, 3, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def stack():
    with Stack.start() as running:
        yield running


@pytest.fixture
def served():
    made = Served()
    yield made
    made.stop()


def test_a_witness_signs_what_our_sequencer_wrote_and_down_or_not_the_log_goes_on(
    stack, served, monkeypatch
):
    place = a_place(stack)
    monkeypatch.setattr(logs, "ORIGIN", place.origin)
    witness = Witness(knows=[place.key])
    served.answer = witness.answer
    asked = witnesses_in(f"{witness.key} {served.url}")
    kept = Attestations(place.tables, a_pen())

    def run():
        log = Log(place.read, [place.key], place.origin)
        return ask_all(asked, log, kept=kept, send=post, now=NOW)

    outcomes = []
    for answer in (witness.answer, lambda _: (500, b""), witness.answer):
        served.answer = answer
        place.record(3)
        place.process().begin().run()
        outcomes.append(run()["witness.example"])
    place.process().begin().run()

    assert outcomes == [Outcome.COSIGNED, Outcome.SILENT, Outcome.COSIGNED]
    row = kept.get(place.origin, "witness.example")
    assert (row.size, row.outcome) == (11, "cosigned")
    assert row.note.count("— ") == 2
    assert verify_log(place.read, [place.key], place.origin).leaves_verified == 12
    place.require_whole()


def test_a_force_that_named_no_witness_asks_nobody(stack):
    assert stack.call("WitnessLog", {}) == {"outcomes": {}}


def test_no_answer_is_waited_for_without_end_or_read_without_end(served, monkeypatch):
    served.answer = lambda body: (200, body)
    assert post(served.url, b"whole").body == b"whole"

    served.answer = lambda _: (200, b"x" * (asking.LARGEST_ANSWER + 1))
    with pytest.raises(SilentError, match="too long"):
        post(served.url, b"")

    monkeypatch.setattr(asking, "WHOLE_SECONDS", 0.0)
    with pytest.raises(SilentError, match="takes too long"):
        post(served.url, b"")


def test_nobody_there_is_no_answer(served):
    served.stop()

    with pytest.raises(SilentError):
        post(served.url, b"")
