"""Sealed months: on record once, found again newest first, with the very note that seals them."""

import json
from datetime import timedelta

import pytest

from shared.months.bag import digest
from shared.months.logslice import Cut
from shared.months.month import read_month
from shared.months.note import Sealed, sign_month
from shared.recordlog.acts import Happened
from shared.recordlog.note import LocalSigner
from shared.records.errors import ChangedError, InvalidCursorError, NotFoundError
from shared.records.listing import LONGEST_LISTING, cursor_behind
from shared.records.months import Months, SealedMonth
from shared.records.outbox import Outbox
from tests.builders import NOW, a_pen, an_act

ORIGIN, OTHER = "test.bluelamp.example/record-log", "other.bluelamp.example/record-log"
SIGNER = LocalSigner("test.bluelamp.example/archive", bytes(32))
OCTOBER = read_month("2026-10")


def a_month(month=OCTOBER, origin=ORIGIN, contents="bag", at=NOW):
    sealed = Sealed(
        origin=origin,
        month=month,
        bag=digest(contents.encode()),
        start=Cut(7, b"\x01" * 32),
        end=Cut(9, b"\x02" * 32),
        previous=digest(b"before"),
    )
    return SealedMonth(sign_month(sealed, [SIGNER]).decode(), at)


def an_act_of(kept):
    return an_act(Happened.MONTH_SEALED.value, subject=f"month:{kept.sealed.month}")


def record(store, *kept):
    return [Months(store, a_pen()).record(each, an_act_of(each)) for each in kept]


def leaves(store):
    return [json.loads(each.envelope)["subject"] for each in Outbox(store).pending(200)]


def months_from(first, count):
    month = read_month(first)
    for _ in range(count):
        yield month
        month = month.next


def test_a_month_comes_back_as_it_was_sealed_with_its_leaf(store):
    kept = a_month()

    assert record(store, kept) == [True]

    assert Months(store, a_pen()).get(ORIGIN, OCTOBER) == kept
    assert kept.sealed.month == OCTOBER
    assert leaves(store) == ["month:2026-10"]


def test_recording_it_costs_one_call(store, calls):
    record(store, a_month())

    assert calls == ["TransactWriteItems"]


def test_recorded_again_it_stands_as_it_was_and_has_no_second_leaf(store):
    record(store, a_month())

    assert record(store, a_month(at=NOW + timedelta(days=1))) == [False]

    assert Months(store, a_pen()).get(ORIGIN, OCTOBER).recorded_at == NOW
    assert leaves(store) == ["month:2026-10"]


def test_another_note_for_the_same_month_is_refused(store):
    record(store, a_month())

    with pytest.raises(ChangedError, match="another note"):
        record(store, a_month(contents="another bag"))

    assert Months(store, a_pen()).get(ORIGIN, OCTOBER) == a_month()
    assert len(leaves(store)) == 1


def test_a_month_nobody_sealed_is_not_there(store):
    record(store, a_month())

    for origin, month in ((ORIGIN, OCTOBER.next), (OTHER, OCTOBER)):
        with pytest.raises(NotFoundError):
            Months(store, a_pen()).get(origin, month)


def test_the_latest_is_the_newest_month_and_not_the_one_recorded_last(store):
    newest, older = (a_month(each) for each in (OCTOBER.next, OCTOBER))
    record(store, newest, older, a_month(OCTOBER.next.next, OTHER))

    assert Months(store, a_pen()).latest(ORIGIN) == newest


def test_before_the_first_there_is_no_latest(store):
    assert Months(store, a_pen()).latest(ORIGIN) is None


def test_months_are_listed_newest_first_part_by_part(store):
    all_of_them = [a_month(each) for each in months_from("2025-11", 5)]
    record(store, *all_of_them, a_month(origin=OTHER))
    months, found, cursor = Months(store, a_pen()), [], None

    while True:
        part = months.all(ORIGIN, cursor, limit=2)
        found += part.entries
        cursor = part.cursor
        if cursor is None:
            break

    assert found == all_of_them[::-1]


def test_a_list_that_ends_with_its_part_leads_nowhere(store):
    record(store, *(a_month(each) for each in months_from("2026-01", 2)))

    assert Months(store, a_pen()).all(ORIGIN, limit=2).cursor is None


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-1, 1), (10_000, 4)])
def test_a_part_has_at_least_one_month_and_at_most_what_one_call_takes(store, asked, given):
    record(store, *(a_month(each) for each in months_from("2026-01", 4)))

    assert len(Months(store, a_pen()).all(ORIGIN, limit=asked).entries) == given
    assert given <= LONGEST_LISTING


@pytest.mark.parametrize("cursor", ["x", "!", cursor_behind("october"), cursor_behind("2026-13")])
def test_a_cursor_that_is_none_of_ours_is_refused(store, cursor):
    with pytest.raises(InvalidCursorError):
        Months(store, a_pen()).all(ORIGIN, cursor)


def test_a_waiting_leaf_is_known_until_it_is_dropped(store):
    record(store, a_month())
    outbox = Outbox(store)
    [leaf] = outbox.pending(10)

    assert outbox.has(leaf.leaf_id)
    outbox.drop([leaf.leaf_id])

    assert not outbox.has(leaf.leaf_id)
