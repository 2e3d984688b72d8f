"""Which months may go: those past their time, past their lock, and held by nobody."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.months.legal_hold import Cause, LegalHold, Scope, State, Word
from shared.months.month import Month, read_month
from shared.months.outlived import Contents, due, standing
from shared.months.retention import USUAL, RecordClass, read_schedule
from shared.posts.names import LegalHoldId, PersonId

OCTOBER = read_month("2026-10")
PAST = datetime(2033, 11, 1, tzinfo=UTC)
POSTS = Contents(OCTOBER, frozenset({"post.submitted", "consent.recorded"}))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
MONTHS = st.builds(Month, st.integers(2020, 2040), st.integers(1, 12))


@dataclass(frozen=True)
class Held:
    """A hold on one month."""

    month: Month
    hold_id: str = "01HOLD"

    def covers(self, month):
        return month == self.month


def test_a_month_is_due_from_the_moment_its_longest_class_is_past():
    early = standing(POSTS, [USUAL], PAST - timedelta(milliseconds=1), [])
    late = standing(POSTS, [USUAL], PAST, [])

    assert (early.is_due, early.stays) == (False, ("posts are kept until 2033-11-01",))
    assert (late.is_due, late.stays) == (True, ())
    assert (late.by, late.until) == (RecordClass.POSTS, PAST)


def test_a_hold_keeps_its_month_whatever_its_time_and_no_other_month():
    held = standing(POSTS, [USUAL], PAST, [Held(OCTOBER)])

    assert held.stays == ("held by legal hold 01HOLD",)
    assert standing(POSTS, [USUAL], PAST, [Held(OCTOBER.next)]).is_due


def test_a_legal_hold_in_force_keeps_its_months_until_it_is_released():
    asked, agreed = (Word(PersonId(each), PAST) for each in ("p-asks", "p-agrees"))
    hold = LegalHold(LegalHoldId("01H"), Cause.COURT, "T20330001", Scope(OCTOBER, OCTOBER), asked)
    said = {
        State.ASKED: LegalHold(**vars(hold)),
        State.APPROVED: LegalHold(**{**vars(hold), "state": State.APPROVED, "decided": agreed}),
        State.RELEASED: LegalHold(**{**vars(hold), "state": State.RELEASED, "decided": agreed}),
    }

    due_when = {
        state: standing(POSTS, [USUAL], PAST, [each]).is_due for state, each in said.items()
    }
    assert due_when == {State.ASKED: True, State.APPROVED: False, State.RELEASED: True}


def test_a_month_whose_objects_are_locked_stays_until_the_lock_is_over():
    locked = Contents(OCTOBER, POSTS.types, PAST + timedelta(days=3))

    assert standing(locked, [USUAL], PAST, []).stays == ("locked until 2033-11-04",)
    assert standing(locked, [USUAL], PAST + timedelta(days=3), []).is_due


def test_a_month_with_something_of_no_class_is_never_due():
    strange = Contents(OCTOBER, POSTS.types | {"horse.fed"})

    found = standing(strange, [USUAL], PAST + timedelta(days=36_500), [Held(OCTOBER)])

    assert (found.by, found.until, found.is_due) == (None, None, False)
    assert found.stays[0] == "held by legal hold 01HOLD"
    assert "“horse”" in found.stays[1]


def test_a_month_with_a_class_that_is_kept_for_ever_is_never_due():
    ever = read_schedule("consents=forever")

    found = standing(POSTS, [ever], PAST + timedelta(days=36_500), [])

    assert (found.by, found.stays) == (RecordClass.CONSENTS, ("consents are kept for ever",))


def test_every_reason_is_told_at_once():
    locked = Contents(OCTOBER, POSTS.types, PAST)

    found = standing(locked, [USUAL], PAST - timedelta(days=1), [Held(OCTOBER), Held(OCTOBER, "2")])

    assert found.stays == (
        "posts are kept until 2033-11-01",
        "held by legal hold 01HOLD",
        "held by legal hold 2",
        "locked until 2033-11-01",
    )


def test_the_months_that_may_go_are_told_oldest_first():
    months = [Contents(each, POSTS.types) for each in (OCTOBER, OCTOBER.previous, OCTOBER.next)]

    assert [each.month for each in due(months, [USUAL], PAST, [])] == [OCTOBER.previous, OCTOBER]


@given(MONTHS, MOMENTS, st.lists(MONTHS), st.none() | MOMENTS)
def test_nothing_that_is_held_locked_or_young_is_ever_due(month, now, held, locked):
    contents = Contents(month, POSTS.types, locked)

    found = standing(contents, [USUAL], now, map(Held, held))

    is_past = now >= Month(month.next.year + 7, month.next.number).begins
    is_free = locked is None or now >= locked
    assert found.is_due == (is_past and is_free and month not in held)
