"""24 hours by the clock; reminded by day and before, told by day and afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mentions.deadlines import (
    EVENING,
    MORNING,
    due_at,
    next_ring,
    remind_at,
    ringing,
    tell_at,
)
from shared.mentions.mention import MentionState, Outcome, Told, settle
from shared.posts.localtime import local
from shared.posts.names import PersonId
from tests.builders import NOW
from tests.unit.mentions.mentions_made import MENTION, TODAY

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda passed: BEGINNING + timedelta(minutes=passed)
)


def said(at):
    return replace(MENTION, said_at=at)


@given(MOMENTS)
def test_a_reminder_comes_between_the_mention_and_its_hour_and_the_centre_hears_after_it(at):
    mention = said(at)

    assert due_at(mention) == at + timedelta(hours=24)
    assert at < remind_at(mention) < due_at(mention) <= tell_at(mention)


@given(MOMENTS)
def test_nobody_is_told_at_night(at):
    for moment in (remind_at(said(at)), tell_at(said(at))):
        assert MORNING <= local(moment).time() <= EVENING


@given(MOMENTS, st.integers(0, 31))
def test_a_holding_reply_moves_both_to_the_mornings_of_its_day_and_the_next(at, days):
    day = local(at).date() + timedelta(days=days)
    outcome = Outcome(MentionState.HOLDING, follow_up=day)
    mention = settle(said(at), outcome, PersonId("pc-1"), at, local(at).date())

    assert (local(remind_at(mention)).date(), local(remind_at(mention)).time()) == (day, MORNING)
    assert local(tell_at(mention)).date() == day + timedelta(days=1)
    assert remind_at(mention) < due_at(mention) <= tell_at(mention)


@pytest.mark.parametrize(
    ("at", "reminded", "told"),
    [
        # In winter London's clock is UTC's.
        ("2026-11-20T12:00", "2026-11-21T08:00", "2026-11-21T12:00"),
        ("2026-11-20T05:00", "2026-11-20T21:00", "2026-11-21T07:00"),
        ("2026-11-20T23:30", "2026-11-21T19:30", "2026-11-22T07:00"),
        # The night before 29 March 2026 has an hour less, that before 25 October one more.
        ("2026-03-28T12:00", "2026-03-29T08:00", "2026-03-29T12:00"),
        ("2026-10-24T12:00", "2026-10-25T08:00", "2026-10-25T12:00"),
    ],
)
def test_some_days_by_hand(at, reminded, told):
    mention = said(datetime.fromisoformat(at).replace(tzinfo=UTC))

    assert f"{remind_at(mention):%Y-%m-%dT%H:%M}" == reminded
    assert f"{tell_at(mention):%Y-%m-%dT%H:%M}" == told


def test_a_day_of_the_change_of_clocks_can_be_named():
    outcome = Outcome(MentionState.HOLDING, follow_up=date(2026, 3, 29))
    at = datetime(2026, 3, 28, 12, tzinfo=UTC)

    mention = settle(said(at), outcome, PersonId("pc-1"), at, date(2026, 3, 28))

    assert f"{remind_at(mention):%H:%M}" == "06:00"  # seven by London's clock


@given(MOMENTS, st.booleans(), st.lists(st.integers(0, 40 * 60), max_size=8))
def test_each_is_told_once_in_order_and_a_call_for_help_before_all(at, calls, later):
    mention = replace(said(at), calls=calls, received_at=at)
    told, order = [], list(Told)

    for minutes in sorted(later):
        ring = ringing(mention, at + timedelta(minutes=minutes))
        if ring is not None:
            told.append(ring.whom)
            mention = replace(mention, told=ring.whom)

    assert told == sorted(set(told), key=order.index)
    assert (told[:1] == [Told.CALL]) == (calls and bool(later))


@given(MOMENTS)
def test_what_comes_next_rings_at_its_moment_and_not_before(at):
    mention = replace(said(at), calls=True, received_at=at)

    while ring := next_ring(mention):
        assert ringing(mention, ring.at - timedelta(seconds=1)) is None
        assert ringing(mention, ring.at) is not None
        mention = replace(mention, told=ring.whom)

    assert mention.told is Told.CENTRE


def test_what_is_answered_rings_for_nobody_and_a_holding_reply_begins_anew():
    late = replace(MENTION, told=Told.CENTRE)
    held = Outcome(MentionState.HOLDING, follow_up=TODAY)
    answer = Outcome(MentionState.ANSWERED, answer="https://x.example/1")
    who = PersonId("pc-1")

    assert next_ring(late) is None
    assert next_ring(settle(late, held, who, NOW, TODAY)).whom is Told.TEAM
    assert next_ring(settle(MENTION, answer, who, NOW, TODAY)) is None
