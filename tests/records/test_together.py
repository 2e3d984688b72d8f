"""Many acts in one transaction: each as a whole or not at all, and none waits for another."""

import pytest
from botocore.exceptions import ReadTimeoutError

from shared.records.errors import (
    AlreadyExistsError,
    BusyError,
    DatabaseRefusedError,
    TooLargeError,
    UnavailableError,
    UnstorableError,
)
from shared.records.together import MOST_BYTES, MOST_WRITES, are_written, commit_each
from shared.records.transaction import BACKOFF_SECONDS, Write
from tests.records.test_transactions import Answering, a_write, cancelled, offline

__all__ = ["offline"]


def an_act_of(store, number, writes=2, session="{}"):
    """The writes of one act, each of a row of its own."""
    names = [f"{number}-{place}" for place in range(writes)]
    rows = [store.platform_sessions(name=name, session=session) for name in names]
    free = store.platform_sessions.name.does_not_exist()
    taken = AlreadyExistsError("session", str(number))
    return [Write(row, free, lambda _: taken) for row in rows]


def names(store):
    return {row.name for row in store.platform_sessions.scan(consistent_read=True)}


def test_a_hundred_writes_go_in_one_call_and_no_act_is_divided(store, calls):
    acts = [an_act_of(store, number, writes=3) for number in range(40)]

    assert commit_each(store.connection, acts) == [None] * 40

    assert calls == ["TransactWriteItems"] * 2  # thirty-three acts are ninety-nine writes
    assert len(names(store)) == 120


def test_nothing_is_asked_of_the_database_for_nothing(store, calls):
    assert commit_each(store.connection, []) == []
    assert calls == []


def test_what_a_transaction_may_hold_is_counted_in_bytes_too(store, calls):
    acts = [an_act_of(store, number, writes=1, session="a" * 399_000) for number in range(12)]

    assert commit_each(store.connection, acts) == [None] * 12

    assert MOST_BYTES < 12 * 399_000
    assert calls == ["TransactWriteItems"] * 2


def test_acts_that_are_refused_keep_nothing_of_themselves_and_none_of_the_others(store):
    commit_each(store.connection, [an_act_of(store, 3), an_act_of(store, 7)])

    outcomes = commit_each(store.connection, [an_act_of(store, number, 3) for number in range(10)])

    refused = {number: str(why) for number, why in enumerate(outcomes) if why}
    assert refused == {number: str(AlreadyExistsError("session", str(number))) for number in (3, 7)}
    assert not {"3-2", "7-2"} & names(store)
    assert len(names(store)) == 2 * 2 + 8 * 3


def test_what_no_row_can_hold_is_told_and_the_others_are_written(store):
    huge, half = "a" * 500_000, "\ud83d"
    sessions = ["{}", huge, "{}", half]
    acts = [an_act_of(store, number, session=each) for number, each in enumerate(sessions)]

    first, large, last, broken = commit_each(store.connection, acts)

    assert (first, last) == (None, None)
    assert isinstance(large, TooLargeError)
    assert isinstance(broken, UnstorableError)
    assert names(store) == {"0-0", "0-1", "2-0", "2-1"}


def test_where_nobody_says_whose_fault_it_is_each_is_tried_by_itself(store):
    acts = [an_act_of(store, number) for number in (0, 1, 1, 2)]  # one row twice in a transaction

    outcomes = commit_each(store.connection, acts)

    assert [type(each) for each in outcomes] == [type(None)] * 2 + [
        AlreadyExistsError,
        type(None),
    ]
    assert len(names(store)) == 6


def test_who_is_too_busy_is_asked_patiently_and_then_says_so_of_all(monkeypatch, offline):
    conflict = cancelled("TransactionConflict", None)
    said = Answering(monkeypatch, offline, *[conflict] * (len(BACKOFF_SECONDS) + 1))
    pauses = []

    outcomes = commit_each(
        offline.connection, [[a_write(offline, "a")], [a_write(offline, "b")]], pauses.append
    )

    assert pauses == list(BACKOFF_SECONDS)
    assert [type(each) for each in outcomes] == [BusyError] * 2
    assert len(said.asked) == len(BACKOFF_SECONDS) + 1


def test_after_no_answer_nothing_is_sent_again_that_may_be_written(monkeypatch, offline):
    silence = ReadTimeoutError(endpoint_url="http://127.0.0.1:9")
    said = Answering(monkeypatch, offline, silence, {})
    acts = [an_act_of(offline, number) for number in range(MOST_WRITES // 2 + 1)]

    *silent, last = commit_each(offline.connection, acts)

    assert [type(each) for each in silent] == [UnavailableError] * (MOST_WRITES // 2)
    assert last is None
    assert len(said.asked) == 2


def test_what_was_expected_is_told_apart_and_anything_else_is_raised():
    taken, refused = AlreadyExistsError("it", "one"), DatabaseRefusedError("it", "no")

    assert are_written([None, taken, None], unless=AlreadyExistsError) == [True, False, True]
    with pytest.raises(DatabaseRefusedError):
        are_written([None, taken, refused], unless=AlreadyExistsError)
    with pytest.raises(AlreadyExistsError):
        are_written([None, taken])
