"""Questions that were asked of sealed months: kept with the leaf that says so, words sealed."""

import json
from dataclasses import replace

import pytest

from shared.months.month import Month
from shared.months.question import Question
from shared.posts.names import LeafId, PersonId, QuestionId
from shared.recordlog.erasure import Basis, Erasure, carried_out, decided
from shared.records.erasures import Erasures
from shared.records.errors import AlreadyExistsError, NotFoundError
from shared.records.outbox import Outbox
from shared.records.payloads import ErasedError
from shared.records.questions import Questions
from tests.builders import NOW, a_pen

OCTOBER = Month(2026, 10)
WORDS = {"text": "Ezra Marsh"}
QUESTION = Question(
    question_id=QuestionId("01K0000000000000000000000A"),
    asks={"question": "search", "account": "leek-npt"},
    words=WORDS,
    first=OCTOBER,
    last=OCTOBER.next,
    read=((OCTOBER, "a" * 64),),
    missing=(OCTOBER.next,),
    size=7,
    total=2,
    sha256="b" * 64,
    asked_by=PersonId("p-auditor"),
    asked_at=NOW,
)


def test_a_question_comes_back_as_it_was_asked(store):
    kept = Questions(store, a_pen())
    kept.record(QUESTION)

    assert kept.get(QUESTION.question_id) == QUESTION


def test_one_without_words_has_nothing_sealed(store):
    kept, plain = Questions(store, a_pen()), replace(QUESTION, words={})
    kept.record(plain)

    assert kept.get(plain.question_id) == plain
    assert list(store.record_keys.scan()) == []


def test_its_leaf_says_who_asked_what_and_the_words_lie_nowhere_in_clear(store):
    Questions(store, a_pen()).record(QUESTION)

    [leaf] = Outbox(store).pending(10)
    envelope = json.loads(leaf.envelope)
    rows = [row.serialize() for table in store.all() for row in table.scan()]
    assert (envelope["type"], envelope["actor"]) == ("question.asked", "p-auditor")
    assert envelope["subject"] == f"question:{QUESTION.question_id}"
    assert "Ezra" not in repr(rows)


def test_a_question_is_put_down_once(store):
    kept = Questions(store, a_pen())
    kept.record(QUESTION)

    with pytest.raises(AlreadyExistsError):
        kept.record(QUESTION)
    assert len(Outbox(store).pending(10)) == 1


@pytest.mark.parametrize("name", ["", "01K0000000000000000000000Z", "x" * 3000, "\ud800"])
def test_there_is_no_question_that_nobody_asked(store, name):
    with pytest.raises(NotFoundError):
        Questions(store, a_pen()).get(QuestionId(name))


def test_once_its_words_are_erased_it_cannot_be_read_again(store):
    kept = Questions(store, a_pen())
    kept.record(QUESTION)
    [leaf] = Outbox(store).pending(10)
    asked = Erasure("01K", LeafId(leaf.leaf_id), Basis.OBJECTION, "Request 17", "ann", NOW)
    erasures = Erasures(store, a_pen())
    erasures.ask(asked)
    agreed = decided(asked, "bob", NOW)
    erasures.decide(asked, agreed)
    erasures.carry_out(agreed, carried_out(agreed, NOW))

    with pytest.raises(ErasedError):
        kept.get(QUESTION.question_id)
