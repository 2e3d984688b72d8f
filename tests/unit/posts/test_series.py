"""What is to be done about a series, and when."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.posts.acts import SYSTEM
from shared.posts.names import ContentHash, PersonId, PostId
from shared.posts.reminders import over_at
from shared.posts.series import (
    ENDING_TOLD,
    Sent,
    Standing,
    Status,
    acts_at,
    coming,
    draft_for,
    ends_soon,
    to_send,
    to_take_back,
    words_of,
)
from tests.unit.compose.series_made import AHEAD, NOW, a_reminder, at
from tests.unit.posts.test_reminders import rules

REMINDER = a_reminder()
FIRST, SECOND, *_ = coming(REMINDER, NOW)
ANYBODY = PersonId("pc-okafor")


def sent(reminder, occurrence, **more):
    words = words_of(reminder, occurrence)
    return Sent(occurrence.day, PostId("post"), 1, **{"words": words, **more})


def stopped(reminder, by, status=Status.PAUSED):
    return replace(reminder, standing=Standing(status, NOW, by))


def test_the_words_are_filled_and_due_when_the_rule_says():
    draft = draft_for(REMINDER, SECOND, NOW)

    assert draft.text == "Meet us on Tuesday 17 November, 6pm to 7pm, at Leek Library."
    assert draft.not_before == at("2026-11-16", 17)
    assert draft.account == "riverside"


def test_what_is_due_already_goes_at_once():
    assert draft_for(REMINDER, FIRST, FIRST.due_at).not_before is None


def test_a_post_is_sent_in_a_week_before_it_is_due_and_not_earlier():
    due = SECOND.due_at - AHEAD

    assert to_send(REMINDER, NOW, AHEAD) == (FIRST,)
    assert SECOND not in to_send(REMINDER, due - timedelta(seconds=1), AHEAD)
    assert SECOND in to_send(REMINDER, due, AHEAD)


def test_nothing_is_sent_in_twice_or_for_what_has_begun():
    known = REMINDER.with_sent(sent(REMINDER, FIRST))

    assert to_send(known, NOW, AHEAD) == ()
    assert to_send(REMINDER, FIRST.starts_at, AHEAD) == ()


def test_what_was_sent_in_with_other_words_is_sent_in_again():
    known = REMINDER.with_sent(sent(REMINDER, FIRST))

    assert to_send(replace(known, place="Leek Market"), NOW, AHEAD) == (FIRST,)
    assert to_send(replace(known, title="Another name"), NOW, AHEAD) == ()


def test_what_went_out_is_never_sent_in_again():
    out = REMINDER.with_sent(sent(REMINDER, FIRST, final=True))

    assert to_send(replace(out, place="Leek Market"), NOW, AHEAD) == ()


def test_a_series_that_stands_still_sends_nothing_in():
    assert to_send(stopped(REMINDER, ANYBODY), NOW, AHEAD) == ()
    assert to_send(stopped(REMINDER, ANYBODY, Status.ENDED), NOW, AHEAD) == ()


def test_whoever_stops_a_series_takes_back_what_waits():
    known = REMINDER.with_sent(sent(REMINDER, FIRST))

    assert to_take_back(known, NOW) == ()
    assert len(to_take_back(stopped(known, ANYBODY), NOW)) == 1
    assert len(to_take_back(stopped(known, ANYBODY, Status.ENDED), NOW)) == 1


def test_what_stops_by_itself_lets_go_on_what_was_sent_in():
    known = stopped(REMINDER.with_sent(sent(REMINDER, FIRST)), SYSTEM)

    assert to_take_back(known, NOW) == ()


def test_a_date_that_has_begun_or_is_skipped_is_taken_back():
    known = REMINDER.with_sent(sent(REMINDER, FIRST))
    skipped = replace(known, rule=replace(known.rule, skipped=frozenset({FIRST.day})))

    assert len(to_take_back(known, FIRST.starts_at)) == 1
    assert len(to_take_back(skipped, NOW)) == 1


def test_what_was_taken_back_or_blocked_is_not_taken_back_again():
    for gone in ({"words": ContentHash("")}, {"final": True}):
        known = stopped(REMINDER.with_sent(sent(REMINDER, FIRST, **gone)), ANYBODY)
        assert to_take_back(known, NOW) == ()


def test_its_author_is_told_two_weeks_before_the_last_day_is_over():
    tell = over_at(REMINDER.rule) - ENDING_TOLD

    assert not ends_soon(REMINDER, tell - timedelta(seconds=1))
    assert ends_soon(REMINDER, tell)
    assert not ends_soon(replace(REMINDER, ending_told=True), tell)
    assert not ends_soon(stopped(REMINDER, ANYBODY), tell)


def test_a_series_that_is_shorter_than_that_is_not_told_of():
    short = a_reminder(last_day=date(2026, 11, 15))

    assert not ends_soon(short, NOW)


def test_the_clock_looks_again_when_the_next_thing_is_to_be_done():
    known = REMINDER.with_sent(sent(REMINDER, FIRST))

    assert acts_at(REMINDER, NOW, AHEAD) == FIRST.due_at - AHEAD
    assert acts_at(known, NOW, AHEAD) == FIRST.starts_at
    after = known.with_sent(sent(REMINDER, FIRST, final=True))
    assert acts_at(after, NOW, AHEAD) == SECOND.due_at - AHEAD


def test_the_clock_never_looks_at_what_has_ended_and_left_nothing():
    ended = stopped(REMINDER, SYSTEM, Status.ENDED)

    assert acts_at(ended, NOW, AHEAD) is None
    waiting = stopped(REMINDER.with_sent(sent(REMINDER, FIRST)), ANYBODY, Status.ENDED)
    assert acts_at(waiting, NOW, AHEAD) == NOW


def test_the_clock_looks_at_once_where_somebody_has_to_be_told():
    untold = replace(REMINDER, standing=Standing(Status.PAUSED, NOW, SYSTEM, "Why.", told=False))

    assert acts_at(untold, NOW, AHEAD) == NOW


@given(rules(), st.integers(0, 400), st.data())
def test_whatever_is_to_be_done_the_clock_looks_in_time(rule, days, data):
    began = at("2024-01-01")
    reminder = a_reminder(rule=rule, at=began)
    known = data.draw(st.lists(st.sampled_from(coming(reminder, began) or (None,)), max_size=3))
    for each in known:
        if each:
            reminder = reminder.with_sent(sent(reminder, each))
    now = max(began, over_at(rule) - timedelta(days=days))
    look = acts_at(reminder, now, AHEAD)

    for later in (now, now + timedelta(hours=5), now + timedelta(days=3)):
        is_something = (
            to_send(reminder, later, AHEAD)
            or to_take_back(reminder, later)
            or ends_soon(reminder, later)
            or over_at(rule) <= later
        )
        assert not is_something or look <= later


def test_a_year_of_dates_is_looked_through_quickly():
    daily = a_reminder(
        first_day=date(2026, 11, 3),
        last_day=date(2027, 11, 2),
        pattern=replace(REMINDER.rule.pattern, weekdays=frozenset(range(7)), every=1),
        starts=time(9),
        ends=None,
    )

    assert len(coming(daily, NOW)) == 365
