"""Whoever begins a notice tells it; nobody else does, unless whoever began it is dead."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from shared.recordlog.leaf import Act
from shared.records.accounts import Accounts
from shared.records.errors import ChangedError, NotFoundError
from shared.records.notices import PATIENCE, Notice, Notices
from tests.builders import NOW, a_pen, an_account

LATER = NOW + PATIENCE + timedelta(seconds=1)


def an_act(at=NOW):
    return Act("credential.end_told", "leek", "account:leek/x", at, "bluelamp", None, None, {})


@pytest.fixture
def notices(store):
    return Notices(store, a_pen())


def leaves(store):
    return len(list(store.outbox.scan()))


def test_a_notice_is_told_by_whoever_begins_it_first(store, notices):
    assert notices.begin("keys-end/leek/x", an_act())
    assert not notices.begin("keys-end/leek/x", an_act())
    assert notices.begin("keys-end/leek/linkedin", an_act())
    assert leaves(store) == 2


def test_one_that_was_told_is_never_told_again(notices):
    notices.begin("it", an_act())
    notices.told(["it"], NOW)

    assert not notices.begin("it", an_act(LATER))


def test_whether_it_was_told_to_the_end_can_be_asked(notices):
    assert not notices.was_told("it")
    notices.begin("it", an_act())
    assert not notices.was_told("it")
    notices.told(["it"], NOW)
    assert notices.was_told("it")


def test_of_several_those_that_were_begun_are_known_and_whether_they_were_told(notices):
    notices.begin("it", an_act())
    notices.begin("told", an_act())
    notices.told(["told"], NOW)

    found = notices.several(["it", "told", "never"])

    assert found == {"it": Notice(NOW, told=False), "told": Notice(NOW, told=True)}


def test_of_many_at_once_those_are_ours_that_nobody_told_and_nobody_alive_began(
    store, notices, calls
):
    for name, at in (("told", NOW), ("dead", NOW), ("begun", LATER)):
        notices.begin(name, an_act(at))
    notices.told(["told"], NOW)
    names = ["told", "dead", "begun", *(f"new-{number}" for number in range(60))]
    calls.clear()

    ours = notices.begin_each((name, an_act(LATER)) for name in names)

    assert ours == {"dead", *names[3:]}
    assert calls.count("TransactWriteItems") == 3  # two, and one again without what was begun
    assert leaves(store) == len(names)
    assert notices.begin_each((name, an_act(LATER)) for name in names) == frozenset()


def test_many_are_told_in_one_transaction_and_one_that_nobody_began_is_no_notice(notices, calls):
    names = [f"it-{number}" for number in range(60)]
    notices.begin_each((name, an_act()) for name in names)
    calls.clear()

    notices.told(names, NOW)

    assert calls == ["TransactWriteItems"]
    assert {each.told for each in notices.several(names).values()} == {True}
    with pytest.raises(NotFoundError):
        notices.told(["nobody"], NOW)
    assert notices.several(["nobody"]) == {}


def test_what_is_written_with_it_is_written_once_or_nothing_is(store, notices):
    accounts = Accounts(store, a_pen())
    before, after = an_account(), an_account(kept_open_at=NOW)
    accounts.enter(before, an_act())
    also = accounts.changing(before, after)

    assert notices.begin("it", an_act(), also)
    assert accounts.get(before.account_id) == after
    assert notices.begin("it", an_act(LATER), also)  # whoever began it is dead
    with pytest.raises(ChangedError):
        notices.begin("other", an_act(), also)
    assert notices.several(["other"]) == {}


def test_of_many_at_once_one_whose_entry_changed_meanwhile_is_nobodys_yet(store, notices):
    accounts = Accounts(store, a_pen())
    for name in ("leek", "moors"):
        accounts.enter(an_account(name, handles=()), an_act())
    was = {name: an_account(name, handles=()) for name in ("leek", "moors")}
    after = {name: an_account(name, handles=(), kept_open_at=NOW) for name in was}
    also = {name: accounts.changing(was[name], after[name]) for name in was}
    accounts.change(was["moors"], an_account("moors", handles=(), title="Moors"), an_act())

    ours = notices.begin_each([("leek", an_act()), ("moors", an_act())], also)

    assert ours == {"leek"}
    assert accounts.get("leek") == after["leek"]
    assert accounts.get("moors").kept_open_at is None
    assert notices.several(["moors"]) == {}


def test_one_that_a_dead_worker_began_is_begun_anew_without_a_second_leaf(store, notices):
    notices.begin("it", an_act())

    assert not notices.begin("it", an_act(NOW + timedelta(minutes=1)))
    assert notices.begin("it", an_act(LATER))
    assert not notices.begin("it", an_act(LATER))
    assert leaves(store) == 1


def test_of_six_at_once_one_tells_it(store):
    def begins(_):
        return Notices(store, a_pen()).begin("it", an_act())

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(begins, range(6))) == 1
    assert leaves(store) == 1


def test_a_run_is_noted_when_it_begins_and_when_it_went_through_without_a_leaf(store, notices):
    notices.note("run", NOW)
    begun = notices.several(["run"])["run"]
    notices.told(["run"], NOW)

    assert (begun.begun_at, begun.told) == (NOW, False)
    assert notices.was_told("run")
    assert leaves(store) == 0
