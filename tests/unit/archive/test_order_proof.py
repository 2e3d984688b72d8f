"""What is to be proved is settled before anything begins: which records, which months, by whom."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from archive.auditing import order_proof as room
from archive.auditing.ask_question import ask_question
from archive.auditing.errors import (
    LetGoError,
    NothingLeftError,
    NothingSealedError,
    NothingToProveError,
    NotSealedLeafError,
    TooManyLeavesError,
    WrongWishError,
)
from archive.auditing.let_go import let_go_by
from archive.auditing.order_proof import NOT_BEGUN, order_proof
from archive.auditing.post_life import life_from, wish_for
from archive.auditing.proof_wish import NO_LEAF, NO_ROLE, ONE_OF_THEM, WRONG_WAY, proof_wish_in
from archive.auditing.wish import wish_in
from archive.exporting.export_court import MOST
from archive.reading.find_life import find_life
from shared.conductor.executions import NoAnswerError
from shared.http.problems import InvalidFieldsError
from shared.months.proof_order import Kind, Producer, State
from shared.records.errors import ChangedError
from tests.unit.archive import lives_made as made
from tests.unit.archive.auditing_made import OCTOBER as TOLD_OCTOBER
from tests.unit.archive.auditing_made import World, seconds_to
from tests.unit.archive.closing import OCTOBER, SEPTEMBER
from tests.unit.archive.orders_made import AUDITOR, a_proof_desk, an_audit_desk

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ROLE = {"role": "records manager"}
POSTS = (made.WRONG, made.CORRECTION, made.EDITED, made.NOTE, made.OTHER)


def order(desk, **said):
    return order_proof(proof_wish_in(said), by=AUDITOR, desk=desk, now=NOW)


def bags(*months):
    return [(month, made.bags_of().bag(month).sealed.bag) for month in months]


def needed(found):
    return [(each.month, each.bag) for each in found.needed]


# ── the life of a post ────────────────────────────────────────────────────────


@pytest.mark.parametrize("post_id", POSTS)
def test_the_copy_finds_the_same_life_of_a_post_as_the_bags(tmp_path, post_id):
    audit = an_audit_desk(tmp_path)
    wish = wish_for(post_id, (SEPTEMBER, OCTOBER))

    found = life_from(wish, room.months_of(wish, audit.months()), audit)

    expected = find_life(post_id, made.a_reading()).records
    assert [each.leaf_index for each in found] == [each.index for each in expected]
    assert [each.leaf_hash for each in found] == [each.leaf_hash for each in expected]


# ── orders ────────────────────────────────────────────────────────────────────


def test_a_record_needs_the_month_it_lies_in_and_names_who_produces_it(tmp_path):
    desk = a_proof_desk(tmp_path)

    found = order(desk, kind="leaf", leaf=7, label="SM", number=4, **ROLE)

    assert (found.kind, found.about, found.leaves) == (Kind.LEAF, "leaf:7", (7,))
    assert (found.first, found.last) == (SEPTEMBER, SEPTEMBER)
    assert needed(found) == bags(SEPTEMBER)
    assert found.producer == Producer("Robin Marsh", "records manager", "SM", 4)
    assert desk.orders.orders == {found.proof_id: found}
    assert desk.orders.begun == [found.proof_id]


def test_a_bundle_of_a_post_has_its_whole_life(tmp_path):
    found = order(a_proof_desk(tmp_path), kind="bundle", post=made.WRONG, **ROLE)

    expected = find_life(made.WRONG, made.a_reading()).records
    assert found.leaves == tuple(each.index for each in expected)
    assert found.about == f"post:{made.WRONG}"
    assert needed(found) == bags(SEPTEMBER, OCTOBER)


def test_a_bundle_of_a_question_has_the_records_of_its_answer_once_each(tmp_path):
    desk = a_proof_desk(tmp_path)
    wish = wish_in({"from": "2026-10", "to": "2026-10", "kind": "deletion."})
    question, answered = ask_question(wish, by=AUDITOR, desk=desk.audit, now=NOW)

    found = order(desk, kind="bundle", question=question.question_id, **ROLE)

    assert found.leaves == tuple(row["leaf_index"] for row in answered.rows)
    assert (found.first, found.last) == (OCTOBER, OCTOBER)
    assert needed(found) == bags(OCTOBER)


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ({}, (SEPTEMBER, OCTOBER)),
        ({"from": "2026-10"}, (OCTOBER,)),
        ({"to": "2026-09"}, (SEPTEMBER,)),
        ({"from": "2025-01", "to": "2027-01"}, (SEPTEMBER, OCTOBER)),
    ],
)
def test_months_are_those_that_are_sealed_and_nobody_produces_anything(tmp_path, said, months):
    found = order(a_proof_desk(tmp_path), kind="months", **said)

    assert needed(found) == bags(*months)
    assert (found.producer, found.leaves, found.about) == (None, (), "months")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"kind": "leaf", "leaf": 999_999, **ROLE}, NotSealedLeafError),
        ({"kind": "bundle", "post": made.an_id(999), **ROLE}, NothingToProveError),
        ({"kind": "bundle", "post": "../../x", **ROLE}, WrongWishError),
        ({"kind": "months", "from": "2027-01"}, NothingSealedError),
    ],
)
def test_what_cannot_be_proved_is_told_before_anything_is_on_record(tmp_path, said, error):
    desk = a_proof_desk(tmp_path)

    with pytest.raises(error):
        order(desk, **said)

    assert desk.orders.orders == {}


def test_where_nothing_is_sealed_nothing_is_verified(tmp_path):
    with pytest.raises(NothingSealedError):
        order(a_proof_desk(tmp_path, months=tuple), kind="months")


def test_what_was_disposed_of_is_told_with_the_leaf_that_says_so(tmp_path):
    desk = a_proof_desk(
        tmp_path, disposed=lambda: frozenset({SEPTEMBER}), let_go_by=lambda _: 4_711
    )

    with pytest.raises(LetGoError, match="2026-09, which was disposed of by leaf 4711"):
        order(desk, kind="leaf", leaf=7, **ROLE)
    with pytest.raises(NothingLeftError):
        order(desk, kind="months", **{"from": "2026-09", "to": "2026-09"})
    assert needed(order(desk, kind="months")) == bags(OCTOBER)


def test_an_answer_of_a_month_that_was_disposed_of_since_says_so(tmp_path):
    desk = a_proof_desk(tmp_path)
    wish = wish_in({"from": "2026-09", "to": "2026-10", "post": made.WRONG})
    question, _ = ask_question(wish, by=AUDITOR, desk=desk.audit, now=NOW)
    later = a_proof_desk(tmp_path, disposed=lambda: frozenset({SEPTEMBER}))
    later.audit.questions.asked[question.question_id] = question

    with pytest.raises(LetGoError, match="The page of disposals says who let it go"):
        order(later, kind="bundle", question=question.question_id, **ROLE)


def test_a_bundle_has_no_more_exhibits_than_a_court_takes(tmp_path, monkeypatch):
    assert room.MOST == MOST
    monkeypatch.setattr(room, "MOST", 20)

    with pytest.raises(TooManyLeavesError, match="more than 20 records"):
        order(a_proof_desk(tmp_path), kind="bundle", post=made.WRONG, **ROLE)


def unheard(*_):
    raise NoAnswerError("Nobody answered.")


def test_what_could_not_be_begun_is_over_and_says_so(tmp_path):
    desk = a_proof_desk(tmp_path, start=unheard)

    found = order(desk, kind="months")

    assert (found.state, found.sentence) == (State.BROKEN, NOT_BEGUN)
    assert desk.orders.ended == [found]


def test_what_was_begun_although_nobody_answered_goes_on(tmp_path, monkeypatch):
    desk = a_proof_desk(tmp_path, start=unheard)

    def changed(before, after):
        raise ChangedError("proof", before.proof_id, "was carried on meanwhile")

    monkeypatch.setattr(desk.orders, "end", changed)

    assert order(desk, kind="months").state is State.ASKED


# ── what is typed ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"kind": "all"}, "kind", ""),
        ({"kind": "leaf", **ROLE}, "leaf", NO_LEAF),
        ({"kind": "leaf", "leaf": "x", **ROLE}, "leaf", NO_LEAF),
        ({"kind": "leaf", "leaf": -1, **ROLE}, "leaf", NO_LEAF),
        ({"kind": "leaf", "leaf": 1}, "role", NO_ROLE),
        ({"kind": "leaf", "leaf": 1, "role": " "}, "role", NO_ROLE),
        ({"kind": "leaf", "leaf": 1, "role": "x" * 200}, "role", ""),
        ({"kind": "leaf", "leaf": 1, "label": "ab", **ROLE}, "label", ""),
        ({"kind": "leaf", "leaf": 1, "number": 0, **ROLE}, "number", ""),
        ({"kind": "leaf", "leaf": 1, "post": "x", **ROLE}, "post", ""),
        ({"kind": "bundle", **ROLE}, "post", ONE_OF_THEM),
        ({"kind": "bundle", "post": "x", "question": "y", **ROLE}, "post", ONE_OF_THEM),
        ({"kind": "months", "from": "October"}, "from", ""),
        ({"kind": "months", "from": "2026-10", "to": "2026-09"}, "to", WRONG_WAY),
        ({"kind": "months", "role": "x"}, "role", ""),
    ],
)
def test_what_is_typed_wrongly_is_told_with_its_field(said, field, sentence):
    with pytest.raises(InvalidFieldsError) as told:
        proof_wish_in(said)

    faults = [each for each in told.value.faults if each.field == field]
    assert faults
    assert faults[0].sentence.endswith(".")
    assert sentence in faults[0].sentence


# ── who let a month go ────────────────────────────────────────────────────────


def a_disposal(month, disposal_id="01D"):
    return SimpleNamespace(month=month, disposal_id=disposal_id)


def test_the_leaf_that_let_a_month_go_is_found_in_a_later_one(tmp_path):
    world = World(tmp_path)
    world.told.act("post.noted", after=seconds_to(6))
    world.told.act("disposal.asked", "disposal:01D", seconds_to(3, 11), month="2026-10")
    leaf = world.told.act("disposal.approved", "disposal:01D", seconds_to(4, 11), month="2026-10")
    world.told.act("disposal.approved", "disposal:01E", seconds_to(5, 11), month="2026-09")
    desk = world.seal().desk()

    assert let_go_by(a_disposal(TOLD_OCTOBER), desk) == leaf
    assert let_go_by(a_disposal(TOLD_OCTOBER, "01X"), desk) is None
    assert let_go_by(a_disposal(TOLD_OCTOBER.next), desk) is None
