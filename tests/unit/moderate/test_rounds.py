"""How long people may take and who is woken: never past what is due, nobody's night for nothing."""

from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderate.rounds import (
    IMMEDIATE,
    SHORTEST,
    STANDARD,
    STEPS,
    day_to_be_there,
    rounds,
    step_of,
)
from shared.accounts.routing import Step
from shared.posts.life import Urgency
from shared.posts.localtime import LONDON
from shared.posts.working_days import is_working
from tests.builders import NOW

ROUTINE, PROMPT, NOW_OR_NEVER = Urgency.ROUTINE, Urgency.PROMPT, Urgency.IMMEDIATE
moments = st.integers(-86_400, 400 * 86_400).map(lambda seconds: NOW + timedelta(seconds=seconds))
near = st.integers(0, 12_000_000).map(lambda ms: NOW + timedelta(milliseconds=ms))
urgencies = st.sampled_from(Urgency)


@settings(max_examples=200)
@given(now=moments | near, due=moments | near, urgency=urgencies)
def test_all_rounds_together_end_when_it_is_due_and_each_is_worth_asking(now, due, urgency):
    *lasting, last = rounds(now, due, urgency)

    assert last == 0
    assert all(isinstance(seconds, int) and seconds >= SHORTEST for seconds in lasting)
    assert len(lasting) in {0, 1, 4}
    assert sum(lasting) <= max((due - now).total_seconds(), 0)


@settings(max_examples=100)
@given(near, near, st.sampled_from([PROMPT, NOW_OR_NEVER]))
def test_more_room_never_means_less_time_to_decide(one, other, urgency):
    soon, late = sorted([one, other])

    assert sum(rounds(NOW, soon, urgency)) <= sum(rounds(NOW, late, urgency))


EXAMPLES = [
    ("without a time of its own", None, (3600, 1800, 1800, 1800, 0)),
    ("exactly room enough", timedelta(minutes=150), (3600, 1800, 1800, 1800, 0)),
    ("a day ahead, the first round waits", timedelta(days=1), (81_000, 1800, 1800, 1800, 0)),
    ("half the room, all shrink alike", timedelta(minutes=75), (1800, 900, 900, 900, 0)),
    ("just enough for four", timedelta(minutes=5), (120, 60, 60, 60, 0)),
    ("so little that one is left", timedelta(minutes=4), (240, 0)),
    ("too little for anybody", timedelta(seconds=59), (0,)),
    ("due now", timedelta(0), (0,)),
    ("due long ago", -timedelta(days=1), (0,)),
]


@pytest.mark.parametrize(("why", "ahead", "expected"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_the_rounds_of_prompt_posts(why, ahead, expected):
    assert rounds(NOW, None if ahead is None else NOW + ahead, PROMPT) == expected


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        (None, (600, 300, 300, 300, 0)),
        (timedelta(hours=1), (2700, 300, 300, 300, 0)),
        (timedelta(minutes=12, seconds=30), (300, 150, 150, 150, 0)),
    ],
)
def test_the_rounds_of_immediate_posts_at_any_hour(ahead, expected):
    for now in (NOW, at("2026-12-25T03:00"), at("2026-11-22T23:00")):
        assert rounds(now, None if ahead is None else now + ahead, NOW_OR_NEVER) == expected


# ── routine: in working time ─────────────────────────────────────────────────


def at(typed: str) -> datetime:
    """A moment on London's clock."""
    return datetime.fromisoformat(typed).replace(tzinfo=LONDON).astimezone(UTC)


def ends_of(sent: str, due: str | None = None, urgency=ROUTINE) -> list[str]:
    """When each round ends, on London's clock."""
    now = at(sent)
    *lasting, _ = rounds(now, at(due) if due else None, urgency)
    ends = (now + timedelta(seconds=seconds) for seconds in accumulate(lasting))
    return [f"{end.astimezone(LONDON):%a %d %b %H:%M}" for end in ends]


WORKING = [
    # why, sent, when the rounds end
    (
        "a working morning",
        "2026-11-20T09:00",
        ["Fri 20 Nov 10:00", "Fri 20 Nov 10:30", "Fri 20 Nov 11:00", "Fri 20 Nov 11:30"],
    ),
    (
        "Friday evening is asked about until Monday",
        "2026-11-20T20:00",
        ["Mon 23 Nov 10:00", "Mon 23 Nov 10:30", "Mon 23 Nov 11:00", "Mon 23 Nov 11:30"],
    ),
    (
        "half an hour before the weekend",
        "2026-11-20T16:30",
        ["Mon 23 Nov 09:30", "Mon 23 Nov 10:00", "Mon 23 Nov 10:30", "Mon 23 Nov 11:00"],
    ),
    (
        "the night on which the clocks go forward",
        "2026-03-27T18:00",
        ["Mon 30 Mar 10:00", "Mon 30 Mar 10:30", "Mon 30 Mar 11:00", "Mon 30 Mar 11:30"],
    ),
    (
        "the night on which they go back",
        "2026-10-25T01:30",
        ["Mon 26 Oct 10:00", "Mon 26 Oct 10:30", "Mon 26 Oct 11:00", "Mon 26 Oct 11:30"],
    ),
    (
        "before Easter",
        "2026-04-02T16:30",
        ["Tue 07 Apr 09:30", "Tue 07 Apr 10:00", "Tue 07 Apr 10:30", "Tue 07 Apr 11:00"],
    ),
    (
        "Christmas Eve, with a substitute day",
        "2026-12-24T16:00",
        ["Thu 24 Dec 17:00", "Tue 29 Dec 09:30", "Tue 29 Dec 10:00", "Tue 29 Dec 10:30"],
    ),
    (
        "the last evening of the year",
        "2026-12-31T23:59",
        ["Mon 04 Jan 10:00", "Mon 04 Jan 10:30", "Mon 04 Jan 11:00", "Mon 04 Jan 11:30"],
    ),
    (
        "the evening before a leap day",
        "2028-02-28T17:00",
        ["Tue 29 Feb 10:00", "Tue 29 Feb 10:30", "Tue 29 Feb 11:00", "Tue 29 Feb 11:30"],
    ),
]


@pytest.mark.parametrize(("why", "sent", "ends"), WORKING, ids=[row[0] for row in WORKING])
def test_a_routine_post_is_asked_about_in_working_time(why, sent, ends):
    assert ends_of(sent) == ends


DUE = [
    # why, sent, due, when the rounds end
    (
        "on Sunday: people are reminded before they go home on Friday",
        "2026-11-19T12:00",
        "2026-11-22T10:00",
        ["Fri 20 Nov 15:30", "Fri 20 Nov 16:00", "Fri 20 Nov 16:30", "Sun 22 Nov 10:00"],
    ),
    (
        "on a working day: as ever, until it is due",
        "2026-11-19T12:00",
        "2026-11-20T12:00",
        ["Fri 20 Nov 10:30", "Fri 20 Nov 11:00", "Fri 20 Nov 11:30", "Fri 20 Nov 12:00"],
    ),
    (
        "before anybody is back at work: asked about as a prompt one",
        "2026-11-20T20:00",
        "2026-11-22T10:00",
        ["Sun 22 Nov 08:30", "Sun 22 Nov 09:00", "Sun 22 Nov 09:30", "Sun 22 Nov 10:00"],
    ),
]


@pytest.mark.parametrize(("why", "sent", "due", "ends"), DUE, ids=[row[0] for row in DUE])
def test_a_routine_post_with_a_time_is_asked_about_until_then(why, sent, due, ends):
    assert ends_of(sent, due) == ends


@settings(max_examples=100)
@given(now=moments)
def test_every_reminder_of_a_routine_post_comes_while_people_are_at_work(now):
    *lasting, _ = rounds(now, None, ROUTINE)
    ends = [now + timedelta(seconds=seconds) for seconds in accumulate(lasting)]

    # The end of a working day is still part of it.
    assert all(is_working(end - timedelta(seconds=1)) for end in ends)


# ── whom a round is addressed to ─────────────────────────────────────────────

NIGHTS = [
    # when the round begins, how long it lasts, whether only the duty officer is woken
    ("2026-11-20T21:59", 3600, False),
    ("2026-11-20T22:00", 3600, True),
    ("2026-11-21T03:00", 1800, True),
    ("2026-11-21T06:59", 3600, True),
    ("2026-11-21T06:59", 3660, False),
    ("2026-11-21T07:00", 1800, False),
    ("2026-11-20T23:00", 12 * 3600, False),
    ("2026-11-20T23:00", 7 * 3600, True),
    ("2026-03-29T00:30", 1800, True),
    ("2026-03-29T00:30", 6 * 3600 + 1800, False),
    ("2026-10-25T00:30", 6 * 3600 + 1800, True),
    ("2026-10-24T22:30", 10 * 3600 + 1800, False),
]


@pytest.mark.parametrize(("begins", "seconds", "woken"), NIGHTS)
@pytest.mark.parametrize("number", range(4))
def test_through_the_night_a_prompt_post_wakes_the_duty_officer_alone(
    begins, seconds, woken, number
):
    step = step_of(number, seconds, PROMPT, at(begins))

    assert step is (Step.NIGHT if woken else STEPS[number])


@pytest.mark.parametrize("hour", range(24))
def test_an_immediate_post_asks_everybody_on_duty_at_every_hour(hour):
    now = at(f"2026-11-22T{hour:02}:30")

    steps = [step_of(number, 300, NOW_OR_NEVER, now) for number in range(len(IMMEDIATE))]

    assert steps == [Step.AT_ONCE, Step.AT_ONCE, Step.LAST, Step.LAST]


@pytest.mark.parametrize("hour", range(24))
def test_a_routine_post_goes_by_the_rota_whenever_it_was_sent(hour):
    now = at(f"2026-11-22T{hour:02}:30")

    steps = [step_of(number, 1800, ROUTINE, now) for number in range(len(STANDARD))]

    assert steps == list(STEPS)


def test_further_rounds_than_there_are_steps_ask_everybody_on_duty():
    assert {step_of(9, 1800, urgency, NOW) for urgency in Urgency} == {Step.LAST}


@pytest.mark.parametrize(
    ("urgency", "asked", "there"),
    [
        (ROUTINE, "2026-11-20T20:00", date(2026, 11, 23)),
        (ROUTINE, "2026-11-20T08:59", date(2026, 11, 20)),
        (ROUTINE, "2026-11-20T12:00", date(2026, 11, 20)),
        (ROUTINE, "2026-12-25T12:00", date(2026, 12, 29)),
        (PROMPT, "2026-11-21T12:00", date(2026, 11, 21)),
        (NOW_OR_NEVER, "2026-07-01T00:30", date(2026, 7, 1)),
    ],
)
def test_whoever_is_asked_has_to_be_there_when_work_begins(urgency, asked, there):
    assert day_to_be_there(urgency, at(asked)) == there
