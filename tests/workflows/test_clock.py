"""The clock, turned: both nights on which the clocks change, holidays, the leap day.

Each test has a force of its own, started at a moment of its own: a clock only ever goes forward.
"""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from local.clock import Clock
from local.demo.caller import Caller
from local.force import COMMS, DEPUTY, OFFICER
from shared.identity.session import COOKIE
from shared.posts.life import State
from shared.posts.localtime import LONDON
from tests.unit.policy.candidates import pack_content
from tests.workflows.asking import Asked
from tests.workflows.force import FREE, WATCHED, a_force

SENT = 303
pytestmark = pytest.mark.timeout(240)  # days are turned, and every day has its jobs


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def london(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@contextmanager
def a_force_at(moment):
    with a_force(clock=Clock(moment - datetime.now(UTC))) as force:
        with_the_policy_of(force, moment.year)
        yield force


def with_the_policy_of(force, year):
    """Two people put next year's policy in force, as they have to every year."""
    comms, deputy = force.caller(COMMS.person_id), force.caller(DEPUTY.person_id)
    lasting = {"review_by": f"{year + 1}-03-31", "expires": f"{year + 1}-03-31"}
    pack = {**pack_content(), **lasting, "version": f"{year}.01"}
    sent = comms.post_json("/v1/policies", {"pack": pack, "why": "The policy of the year."})
    assert sent.status == 201, sent.text
    heard = deputy.post_json(f"{sent.headers['location']}/approval", {})
    assert heard.status == 200, heard.text


def browser_of(force, person):
    return Caller(force.stack.url, cookies={COOKIE: force.stack.open_session(person.person_id)})


def type_in(force, text, day, clock, account=FREE, **more):
    """Send the form as an officer fills it in; what was heard."""
    officer = browser_of(force, OFFICER)
    fields = officer.get("/posts/new").fields()
    typed = {"text": text, "account": account, "platforms": "sandbox", "date": day, "time": clock}
    return officer.post_form("/posts/new", {**fields, **typed, "act": "send", **more})


def post_of(heard):
    assert heard.status == SENT, heard.text
    return heard.headers["location"].rpartition("/")[2]


def went_out_at(force, text):
    [posted] = [post for post in force.stack.sandbox.posts if post.text == text]
    return posted.created_at


def turn_to(force, moment):
    """Turn the clock, if it has not come to this moment by itself."""
    force.turn(seconds=max(0.0, (moment - force.stack.clock.now()).total_seconds()))


# ── the nights on which the clocks change ────────────────────────────────────


def test_in_the_hour_that_comes_twice_a_post_goes_out_once_at_its_second_coming():
    typed = {
        "00:59": utc("2027-10-30 23:59"),
        "01:00": utc("2027-10-31 01:00"),
        "01:30": utc("2027-10-31 01:30"),
        "01:59": utc("2027-10-31 01:59"),
        "02:00": utc("2027-10-31 02:00"),
    }
    with a_force_at(london("2027-10-30 15:00")) as force:
        posts = {}
        for clock in typed:
            posts[clock] = post_of(type_in(force, f"At {clock}.", "2027-10-31", clock))
            force.until(posts[clock], State.CLEARED)
        shown = browser_of(force, OFFICER).get(f"/posts/{posts['01:30']}").text
        assert "01:30 GMT on Sunday 31 October 2027" in shown

        turn_to(force, utc("2027-10-31 00:30"))  # 01:30 for the first time
        force.until(posts["00:59"])
        for clock, due in typed.items():
            turn_to(force, due)
            assert force.until(posts[clock]) is State.PUBLISHED
        force.turn(hours=3)
        force.stack.call("ResumeStalled", {})

        for clock, due in typed.items():
            assert force.published(f"At {clock}.") == 1
            assert went_out_at(force, f"At {clock}.") >= due


def test_in_the_hour_that_is_missing_nothing_can_be_scheduled_and_around_it_all_goes_out():
    with a_force_at(london("2027-03-27 15:00")) as force:
        for clock in ("01:00", "01:30", "01:59"):
            heard = type_in(force, f"At {clock}.", "2027-03-28", clock)
            assert heard.status == 422
            assert f"There is no {clock} that night: the clocks go forward." in heard.text
            assert "Enter 02:00 or later." in heard.text
        before = post_of(type_in(force, "Just before.", "2027-03-28", "00:59"))
        after = post_of(type_in(force, "Just after.", "2027-03-28", "02:00"))
        for post_id in (before, after):
            force.until(post_id, State.CLEARED)

        for post_id, due in (
            (before, utc("2027-03-28 00:59")),
            (after, utc("2027-03-28 01:00")),
        ):
            turn_to(force, due)
            assert force.until(post_id) is State.PUBLISHED
            assert went_out_at(force, force.posts.get(post_id).draft.text) >= due
        assert [post.text for post in force.stack.sandbox.posts] == ["Just before.", "Just after."]


# ── holidays ─────────────────────────────────────────────────────────────────


def test_a_routine_post_waits_over_easter_and_the_change_of_the_clocks_and_a_prompt_one_does_not():
    with a_force_at(london("2027-03-25 16:30")) as force:
        post_id = force.submit("Surgery next week.", WATCHED, urgency="routine")
        letter = force.letter(post_id)
        deadline = london("2027-03-30 09:30")  # half an hour on Thursday, half on Tuesday
        assert abs((force.approvals.get(post_id, 1).ends_at - deadline).total_seconds()) < 120

        turn_to(force, london("2027-03-26 12:00"))  # Good Friday
        prompt = force.submit("The road over the tops is closed.", WATCHED)
        force.letter(prompt)
        force.turn(minutes=61)
        force.letter(prompt, count=2)
        for moment in (
            "2027-03-28 12:00",  # Easter Sunday; the clocks went forward at night
            "2027-03-29 12:00",  # Easter Monday
            "2027-03-30 09:25",
        ):
            turn_to(force, london(moment))
            assert force.state(post_id) is State.AWAITING_APPROVAL
            assert force.letters(post_id) == [letter]
        turn_to(force, london("2027-03-30 09:32"))

        reminder = force.letter(post_id, count=2)
        assert "Thank you" in Asked(force, post_id, reminder).open().send().text
        assert force.until(post_id) is State.PUBLISHED


# ── the leap day ─────────────────────────────────────────────────────────────


def test_the_leap_day_is_a_day_like_any_other():
    with a_force_at(london("2028-02-28 16:30")) as force:
        posts = {
            due: post_of(type_in(force, text, day, clock))
            for text, day, clock, due in (
                ("The first.", "29/02/2028", "00:00", "2028-02-29 00:00"),
                ("The second.", "2028-02-29", "23:59", "2028-02-29 23:59"),
                ("The third.", "1/3/2028", "00:00", "2028-03-01 00:00"),
            )
        }
        for day in ("30/02/2028", "29/02/2029"):
            heard = type_in(force, "No such day.", day, "09:00")
            assert heard.status == 422
            assert "Enter a real date" in heard.text
        asked = force.submit("Surgery next week.", WATCHED, urgency="routine")
        force.letter(asked)
        ends_at = force.approvals.get(asked, 1).ends_at
        assert abs((ends_at - london("2028-02-29 09:30")).total_seconds()) < 120

        for due, post_id in posts.items():
            turn_to(force, london(due))
            assert force.until(post_id) is State.PUBLISHED
            assert went_out_at(force, force.posts.get(post_id).draft.text) >= london(due)
        assert force.turn_until(asked, 3600) is State.EXPIRED
