"""A silent account climbs the ladder step by step, and never the same step twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import AccountStatus, StatusChange
from shared.accounts.silence import (
    BadWaitsError,
    Pause,
    Silence,
    Step,
    Waits,
    begun,
    counted,
    next_step,
    read_waits,
)
from tests.builders import NOW, an_account

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = 7 * DAY
WAITS = Waits()

stretches = st.integers(0, 24 * 90).map(lambda hours: NOW + hours * HOUR)
pauses = st.lists(st.tuples(stretches, st.integers(1, 24 * 20)), max_size=4).map(
    lambda found: tuple(Pause(begins, begins + hours * HOUR) for begins, hours in found)
)
rhythms = st.integers(1, 744).map(lambda hours: hours * HOUR)
waits = st.builds(Waits, *[st.integers(1, 40).map(lambda days: days * DAY)] * 3)


def climbed(longest, paused, waiting, *, days=300, since=NOW):
    """What was told, and when, by a job that looks once a day."""
    told = {}
    for day in range(days):
        now = since + day * DAY + HOUR
        step = next_step(Silence(since, longest, paused, told), now, waiting)
        if step is not None:
            assert step not in told
            told[step] = now
    return told


@given(longest=rhythms, paused=pauses, waiting=waits)
def test_every_step_is_told_once_and_in_order_and_not_before_its_wait(longest, paused, waiting):
    told = climbed(longest, paused, waiting)

    assert list(told) == list(Step)[: len(told)]
    wait = dict(zip(Step, (longest, waiting.above, waiting.centre, waiting.closure), strict=True))
    before = NOW
    for step, at in told.items():
        assert counted(before, at, paused) >= wait[step]
        assert not any(pause.begins <= at < pause.ends for pause in paused)
        before = at


@given(longest=rhythms, waiting=waits, whole_days=st.integers(1, 60))
def test_a_pause_shifts_every_later_step_by_its_length(longest, waiting, whole_days):
    pause = Pause(NOW, NOW + whole_days * DAY)

    free, held = climbed(longest, (), waiting), climbed(longest, (pause,), waiting, days=400)

    assert {step: at + whole_days * DAY for step, at in free.items()}.items() <= held.items()


@given(longest=rhythms, paused=pauses, waiting=waits, later=st.integers(1, 90))
def test_a_new_post_begins_a_ladder_of_its_own(longest, paused, waiting, later):
    since = NOW + later * DAY

    assert climbed(longest, paused, waiting, since=since).get(Step.OWNER, since + longest) >= (
        since + longest
    )


@given(since=stretches, until=stretches, paused=pauses)
def test_what_counts_is_never_less_than_nothing_nor_more_than_the_time_itself(since, until, paused):
    total = counted(since, until, paused)

    assert timedelta(0) <= total <= max(until - since, timedelta(0))
    assert total == counted(since, until, paused + paused)


def test_a_job_that_stood_still_for_months_tells_the_first_step_and_waits_again():
    late = NOW + 300 * DAY
    first = next_step(Silence(NOW, DAY), late)
    second = next_step(Silence(NOW, DAY, told={Step.OWNER: late}), late + DAY)

    assert (first, second) == (Step.OWNER, None)


def test_while_an_incident_lasts_nothing_is_told():
    silence = Silence(NOW, DAY, (Pause(NOW + WEEK, NOW + 2 * WEEK),))

    assert next_step(silence, NOW + WEEK) is None
    assert next_step(silence, NOW + 2 * WEEK) is Step.OWNER


def test_silence_begins_at_the_last_of_what_began_it():
    opened = StatusChange(AccountStatus.ACTIVE, NOW, "p-registrar", "Opened.")
    shut = StatusChange(AccountStatus.SUSPENDED, NOW + DAY, "p-registrar", "A break.")
    account = an_account(history=(opened, shut))

    assert begun(account, None) == NOW
    assert begun(account, NOW + DAY) == NOW + DAY
    assert begun(an_account(history=(opened,), kept_open_at=NOW + WEEK), NOW + DAY) == NOW + WEEK
    assert begun(an_account(), None) is None


def test_the_waits_are_three_numbers_of_days():
    assert read_waits("7, 14,28") == WAITS


@pytest.mark.parametrize("text", ["", "7,14", "7,14,28,1", "0,1,2", "7;14;28", "a,b,c", "٤,١,٢"])
def test_other_waits_are_refused_with_a_sentence(text):
    with pytest.raises(BadWaitsError, match="such as 7,14,28"):
        read_waits(text)


def test_moments_of_another_zone_count_the_same():
    early = datetime(2026, 3, 28, 0, tzinfo=UTC)

    assert counted(early, early + 2 * DAY, [Pause(early, early + DAY)]) == DAY
