"""A regular surgery and what becomes of its posts: over both nights when the clocks change, over a
bank holiday, and when its author may no longer speak."""

from datetime import date, datetime, time, timedelta

import pytest

from local.force import OFFICER, PCSO, REGISTRAR
from shared.posts.life import State
from shared.posts.localtime import local
from tests.workflows.force import WATCHED, a_force, clock_at
from tests.workflows.reminding import (
    WEEKLY,
    act,
    all_posts,
    days,
    go_on,
    kept,
    letters,
    look,
    make,
    posts_of,
    standing,
    wall,
)


@pytest.mark.parametrize(
    ("begins", "night", "left_out"),
    [
        # The clocks go forward on Sunday 28 March, and Monday 29 March is Easter Monday.
        (date(2027, 3, 22), date(2027, 3, 28), {date(2027, 3, 29)}),
        # They go back on Sunday 31 October.
        (date(2027, 10, 25), date(2027, 10, 31), set()),
    ],
)
def test_over_the_night_the_clocks_change_every_post_is_due_at_its_time(begins, night, left_out):
    with a_force(clock=clock_at(time(10), begins)) as force:
        force.stack.schedules.stop()
        last = night + timedelta(days=8)
        span = {"first_day": str(begins), "last_day": str(last)}
        reminder = make(force, **span)
        while local(force.stack.clock.now()).date() <= last:
            go_on(force, reminder, days=2)
            look(force)
            look(force)

        posts = posts_of(force, reminder)
        wanted = {
            begins + timedelta(days=n)
            for n in range((last - begins).days + 1)
            if (begins + timedelta(days=n)).weekday() in {0, 6}
        }
        today = begins  # Monday itself has a surgery at six, and its post went out at once
        assert set(posts) == wanted - left_out
        for day, post in posts.items():
            assert post.version == 1
            assert post.author == OFFICER.person_id
            said = f"{day:%A} {day.day} {day:%B}, 6pm to 7pm, at Leek Library."
            assert post.draft.text == f"Meet your team on {said}"
            if day > today:
                due = wall(post.draft.not_before)
                assert due == datetime.combine(day - timedelta(days=1), time(17))
            assert force.until(post.post_id) is State.PUBLISHED
            assert force.published(post.draft.text) == 1
        assert len(all_posts(force)) == len(posts)
        assert standing(force, reminder)["status"] == "ended"


def test_where_its_author_is_suspended_it_stops_once_and_the_owner_takes_it_over():
    with a_force(clock=clock_at(time(10), date(2027, 1, 11))) as force:
        force.stack.schedules.stop()
        reminder = make(force, **{**WEEKLY, "account": WATCHED, **days(force, ahead=25)})
        path, why = f"/v1/people/{OFFICER.person_id}/status", "Under investigation."
        said = force.caller(REGISTRAR.person_id).post_json(
            path, {"status": "suspended", "why": why}
        )
        assert said.status == 200, said.text
        force.turn(days=21)

        look(force)
        look(force)

        stopped = kept(force, reminder)
        assert (stopped.status.value, stopped.standing.by) == ("paused", "bluelamp")
        assert stopped.sent == ()
        told = letters(force, "A reminder has stopped", reminder)
        assert [mail["To"] for mail in told] == [PCSO.email]

        taken = act(force, reminder, "resume", who=PCSO)
        assert (taken.status, taken.json()["author"]) == (200, PCSO.person_id), taken.text
        [post] = posts_of(force, reminder).values()
        assert post.author == PCSO.person_id
        assert force.until(post.post_id, State.AWAITING_APPROVAL)
