"""Disposals as rows: every step is an act, once; one stands for a month; no hold is overtaken."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.months.disposal import (
    AskedAlreadyError,
    Disposal,
    Extent,
    NotOutlivedError,
    State,
    approved,
    begun,
    done,
    refused,
)
from shared.months.holding import approved as hold_approved
from shared.months.holding import asked as hold_asked
from shared.months.legal_hold import Cause, Scope, Word
from shared.months.month import month_of, read_month
from shared.posts.names import DisposalId, LegalHoldId, PersonId
from shared.recordlog.acts import Happened
from shared.records.disposals import AT_ONCE, Disposals, LastLook, Outlived
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.legal_holds import LegalHolds
from shared.records.log import recording
from shared.records.outbox import Outbox
from shared.records.pen import ulid
from shared.records.transaction import commit
from tests.builders import NOW, a_pen, an_act

MAY, BAG = read_month("2019-05"), "5f" * 32
LATER = NOW + timedelta(days=40)


def said(by, why=""):
    return Word(PersonId(by), NOW, why)


def a_disposal(number=1, month=MAY):
    disposal_id = DisposalId(ulid(NOW, number.to_bytes(10, "big")))
    return Disposal(disposal_id, month, BAG, said("ann", "It is past its time."))


@pytest.fixture
def disposals(store):
    return Disposals(store, a_pen())


def types(store):
    return [json.loads(leaf.envelope)["type"] for leaf in Outbox(store).pending(1000)]


def asked(disposals, number=1, month=MAY):
    disposal = a_disposal(number, month)
    disposals.ask(disposal)
    return disposal


def step(disposals, before, after, happened, at=NOW):
    disposals.change(before, after, happened, at)
    return after


def agreed(disposals, **more):
    before = asked(disposals, **more)
    after = approved(before, said("bob"))
    return step(disposals, before, after, Happened.DISPOSAL_APPROVED)


def going(disposals, **more):
    before = agreed(disposals, **more)
    return step(disposals, before, begun(before, Extent(2, 3), NOW), Happened.DISPOSAL_BEGUN)


def hold_of(store, scope, number=9):
    holds = LegalHolds(store, a_pen())
    hold_id = LegalHoldId(ulid(NOW, number.to_bytes(10, "big")))
    hold = hold_asked(hold_id, Cause.COURT, "17", scope, said("cid", "It may be needed."))
    holds.ask(hold)
    after = hold_approved(hold, said("dee"))
    holds.change(hold, after, Happened.HOLD_APPROVED, at=NOW)
    return hold_id


def leaves(store, count):
    before = {leaf.leaf_id for leaf in Outbox(store).pending(1000)}
    for number in range(count):
        act = an_act(personal={"text": "Ezra did it"} if number % 2 else {})
        commit(store.connection, recording(store, a_pen(), act))
    return sorted({leaf.leaf_id for leaf in Outbox(store).pending(1000)} - before)


def kept_of(store, leaf_ids):
    tables = (store.payloads, store.record_keys)
    return [row.leaf_id for table in tables for row in table.scan() if row.leaf_id in leaf_ids]


def test_every_step_is_kept_as_it_is_and_on_record(store, disposals):
    gone = going(disposals)
    gone = replace(gone, emptied=True, waits=("S3 holds it",), leaf=7, cleared=True)
    gone = replace(gone, removed={"picture": 1, "post": 2})
    disposals.note(disposals.get(gone.disposal_id), gone)
    assert disposals.get(gone.disposal_id) == gone
    assert list(disposals.begun()) == [MAY]
    gone = step(disposals, gone, done(gone, LATER), Happened.DISPOSED, LATER)

    assert (disposals.get(gone.disposal_id), disposals.all()) == (gone, (gone,))
    steps = ("asked", "approved", "begun", "done")
    assert sorted(types(store)) == sorted(f"disposal.{each}" for each in steps)


def test_one_disposal_stands_for_a_month_until_it_is_refused(disposals):
    first = asked(disposals)
    with pytest.raises(AskedAlreadyError) as error:
        asked(disposals, 2)
    assert error.value.disposal_id == first.disposal_id
    with pytest.raises((AlreadyExistsError, AskedAlreadyError)):
        disposals.ask(first)

    before = step(disposals, first, approved(first, said("bob")), Happened.DISPOSAL_APPROVED)
    step(disposals, before, refused(before, said("bob", "No.")), Happened.DISPOSAL_REFUSED)

    assert asked(disposals, 2).state is State.ASKED


def test_of_two_who_decide_at_once_one_is_first(disposals):
    disposal = asked(disposals)
    step(disposals, disposal, approved(disposal, said("bob")), Happened.DISPOSAL_APPROVED)

    with pytest.raises(ChangedError):
        step(disposals, disposal, refused(disposal, said("cid", "No.")), Happened.DISPOSAL_REFUSED)


@pytest.mark.parametrize(
    "scope",
    [Scope(MAY, MAY), Scope(subject="account:leek-npt"), Scope(MAY.previous, MAY.previous)],
    ids=["the month", "a subject in every month", "the month before, whose last day lies in it"],
)
def test_what_is_held_is_neither_asked_for_nor_approved_begun_or_destroyed(store, disposals, scope):
    waiting, ready = asked(disposals, 2, MAY.next), agreed(disposals)
    [leaf_id] = leaves(store, 1)
    hold_of(store, scope)
    why = f"the legal hold that was asked for on {NOW:%Y-%m-%d} keeps it"

    with pytest.raises(NotOutlivedError, match=f"2019-05 stays: {why}"):
        step(disposals, ready, begun(ready, Extent(1, 1), NOW), Happened.DISPOSAL_BEGUN)
    with pytest.raises(NotOutlivedError):
        disposals.empty(ready, [leaf_id])
    assert disposals.held_by(MAY) == (why,)
    assert kept_of(store, [leaf_id]) == [leaf_id]
    step(disposals, waiting, refused(waiting, said("bob", "No.")), Happened.DISPOSAL_REFUSED)


def test_a_hold_that_is_approved_while_it_is_looked_wins(store, disposals, monkeypatch):
    ready, [leaf_id] = going(disposals), leaves(store, 1)
    look = LegalHolds.standing

    def look_then_hold(self):
        seen = look(self)
        monkeypatch.setattr(LegalHolds, "standing", look)
        hold_of(store, Scope(MAY, MAY))
        return seen

    monkeypatch.setattr(LegalHolds, "standing", look_then_hold)
    with pytest.raises(NotOutlivedError, match="approved meanwhile"):
        disposals.empty(ready, [leaf_id])

    assert kept_of(store, [leaf_id]) == [leaf_id]


def test_payloads_and_keys_go_as_many_at_once_as_it_says_and_no_others(store, disposals):
    ready, made = going(disposals), leaves(store, AT_ONCE + 3)
    those, others = made[:AT_ONCE], made[AT_ONCE:]

    disposals.empty(ready, those)
    disposals.empty(ready, those)  # again, after a death

    assert kept_of(store, those) == []
    assert set(kept_of(store, others)) == set(others)


def test_whoever_was_overtaken_destroys_nothing(store, disposals):
    ready, [leaf_id] = going(disposals), leaves(store, 1)
    disposals.note(ready, replace(ready, emptied=True))

    with pytest.raises(ChangedError):
        disposals.empty(ready, [leaf_id])

    assert kept_of(store, [leaf_id]) == [leaf_id]


def test_an_approval_puts_on_record_which_months_went_before(store, disposals):
    going(disposals)
    agreed(disposals, number=2, month=MAY.next)

    said_ = [json.loads(row.payload) for row in store.payloads.scan()]
    told = [each["gone"] for each in said_ if "gone" in each]
    assert told == [[{"bag": BAG, "month": "2019-05"}]]


def test_what_was_seen_past_its_time_is_kept_until_the_next_look(disposals):
    assert disposals.last_look() == LastLook(None, ())
    seen = Outlived(MAY, BAG, "posts", NOW)

    disposals.looked(LastLook(NOW, (seen,)), NOW)

    look = disposals.last_look()
    assert (look.at, look.of(MAY), look.of(month_of(NOW))) == (NOW, seen, None)
    assert disposals.all() == ()


@pytest.mark.parametrize("name", ["outlived", "month:2019-05", "nobody", ""])
def test_no_other_row_is_taken_for_a_disposal(disposals, name):
    asked(disposals)
    disposals.looked(LastLook(NOW, ()), NOW)

    with pytest.raises(NotFoundError):
        disposals.get(DisposalId(name))
