"""What becomes of the posts of a surgery: when they are due, when it is changed, moved, paused or
ended, and when a crash comes in between."""

import json
from datetime import date, datetime, time, timedelta

import pytest

from local.force import OFFICER
from shared.posts.life import State
from tests.workflows.force import WATCHED, a_force, clock_at
from tests.workflows.reminding import (
    WEEKLY,
    act,
    all_posts,
    days,
    letters,
    look,
    make,
    one,
    patch,
    posts_of,
)


@pytest.fixture(scope="module")
def force():
    with a_force(clock=clock_at(time(10), date(2027, 1, 11))) as force:
        force.stack.schedules.stop()
        yield force


def test_a_crash_between_post_and_series_makes_no_second_post(force):
    reminder, post = one(force)
    table = force.stack.tables.reminders
    row = table.get(reminder["reminder_id"])
    entry = json.loads(row.entry)
    # As if the process had died in between: the post is there, the series knows nothing of it.
    forgotten = json.dumps({**entry, "sent": []}, separators=(",", ":"), ensure_ascii=False)
    row.update([table.entry.set(forgotten), table.acts_at.set("2027-01-01T00:00:00.000000Z")])
    before = len(all_posts(force))

    look(force)

    assert len(all_posts(force)) == before
    [again] = posts_of(force, reminder).values()
    assert (again.post_id, again.version) == (post.post_id, 1)


def test_a_post_goes_out_when_it_is_due_and_not_before(force):
    _, post = one(force)
    force.until(post.post_id, State.CLEARED)
    force.stack.clock.turn_to(post.draft.not_before - timedelta(minutes=1))
    assert force.state(post.post_id) is State.CLEARED
    assert force.published(post.draft.text) == 0

    force.stack.clock.turn_to(post.draft.not_before + timedelta(seconds=1))

    assert force.until(post.post_id) is State.PUBLISHED


def test_its_posts_are_approved_as_any_other_and_never_in_advance(force):
    _, post = one(force, account=WATCHED)

    force.until(post.post_id, State.AWAITING_APPROVAL)
    force.decide(post.post_id, "approve")

    assert force.until(post.post_id, State.CLEARED) is State.CLEARED


def test_a_change_replaces_the_post_that_waits_and_somebody_is_asked_again(force):
    reminder, post = one(force, account=WATCHED)
    force.until(post.post_id, State.AWAITING_APPROVAL)

    heard = patch(force, reminder, place="Leek Market")

    assert heard.status == 200, heard.text
    assert heard.json()["revision"] == 2
    old, new = force.posts.history(post.post_id)
    assert old.state is State.SUPERSEDED
    assert new.draft.text.endswith("at Leek Market.")
    assert force.until(post.post_id, State.AWAITING_APPROVAL)
    assert len(all_posts(force)) == len({(p.post_id, p.version) for p in all_posts(force)})


def test_whoever_pauses_it_takes_back_what_waits_and_resuming_sends_it_in_again(force):
    reminder, post = one(force, account=WATCHED)
    force.until(post.post_id, State.AWAITING_APPROVAL)

    paused = act(force, reminder, "pause", why="The library is closed.")

    assert (paused.status, paused.json()["status"]) == (200, "paused")
    assert force.state(post.post_id) is State.WITHDRAWN
    look(force)
    assert force.state(post.post_id) is State.WITHDRAWN

    resumed = act(force, reminder, "resume")

    assert resumed.json()["status"] == "active"
    assert force.posts.get(post.post_id).version == 2
    assert force.until(post.post_id, State.AWAITING_APPROVAL)


def test_what_still_waits_for_approval_when_the_event_begins_is_taken_back(force):
    reminder, post = one(force, account=WATCHED, due_days=None, due_at=None, due_hours=1)
    force.until(post.post_id, State.AWAITING_APPROVAL)
    force.stack.clock.turn_to(datetime.fromisoformat(reminder["dates"][0]["starts_at"]))

    look(force)

    assert force.state(post.post_id) in {State.WITHDRAWN, State.EXPIRED}


def test_a_skipped_date_is_taken_back(force):
    reminder = make(force, **{**WEEKLY, **days(force, count=2)})
    day = reminder["dates"][0]["day"]
    post = posts_of(force, reminder)[date.fromisoformat(day)]

    heard = patch(force, reminder, skipped=[day])

    assert heard.status == 200, heard.text
    assert force.state(post.post_id) is State.WITHDRAWN
    assert heard.json()["dates"][0]["day"] != day


def test_a_moved_date_is_said_anew(force):
    reminder, post = one(force)
    day = date.fromisoformat(reminder["dates"][0]["day"])
    later = day + timedelta(days=2)

    heard = patch(force, reminder, moved=[f"{day} {later} 10:00"])

    assert heard.status == 200, heard.text
    new = force.posts.get(post.post_id)
    assert new.version == 2
    assert f"{later:%A} {later.day} {later:%B}, 10am to 11am" in new.draft.text


def test_its_author_is_told_two_weeks_before_it_ends(force):
    reminder = make(force, **{**WEEKLY, **days(force, ahead=3, count=5)})  # 31 days from today
    force.turn(days=17)
    look(force)
    assert letters(force, "ends in two weeks", reminder) == []
    force.turn(days=1)

    look(force)
    look(force)

    [letter] = letters(force, "ends in two weeks", reminder)
    assert letter["To"] == OFFICER.email


def test_every_act_is_a_leaf(force):
    reminder, _ = one(force)
    patch(force, reminder, title="Another name")
    act(force, reminder, "pause", why="Why.")
    act(force, reminder, "resume")
    act(force, reminder, "end", why="It is over.")

    about = f"reminder:{reminder['reminder_id']}"
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    leaves = sorted((row.leaf_id, json.loads(bytes(row.envelope))) for row in rows)
    assert [leaf["type"] for _, leaf in leaves if leaf["subject"] == about] == [
        "reminder.created",
        "reminder.submitted",
        "reminder.changed",
        "reminder.paused",
        "reminder.taken_back",
        "reminder.resumed",
        "reminder.submitted",
        "reminder.ended",
        "reminder.taken_back",
    ]


def test_on_the_pages_its_dates_are_seen_before_it_is_kept_and_nothing_needs_a_script(force):
    officer = force.officer
    new = "/reminders/new"
    typed = {
        **{name: str(value) for name, value in WEEKLY.items() if isinstance(value, str)},
        **{name: str(value) for name, value in days(force, ahead=30, count=9).items()},
        "platforms": "sandbox",
        "title": "Surgery of the pages",
        "due_days": "1",
    }
    typed["weekdays"] = days(force, ahead=30)["weekdays"][0]
    before = officer.get("/v1/reminders").json()["reminders"]

    wrong = officer.post_form(new, {**hidden(officer.get(new)), **typed, "text": "{when}"})
    assert wrong.status == 422
    assert "“{when}” cannot be filled" in wrong.text
    unseen = officer.post_form(new, {**hidden(officer.get(new)), **typed, "act": "save"})
    assert unseen.status == 200
    assert unseen.text.count("the post is due at") == 5
    other = {**hidden(unseen), **typed, "act": "save", "place": "Leek Market"}
    assert "the post is due at" in officer.post_form(new, other).text
    assert officer.get("/v1/reminders").json()["reminders"] == before
    assert "<script" not in unseen.text

    save = {**hidden(unseen), **typed, "act": "save"}
    saved, twice = officer.post_form(new, save), officer.post_form(new, save)

    assert saved.status == twice.status == 303
    assert saved.headers["location"] == twice.headers["location"]
    here = saved.headers["location"]
    page = officer.get(here)
    assert "Surgery of the pages" in page.text
    assert "Every week on" in page.text
    assert "Surgery of the pages" in officer.get("/reminders").text

    change = officer.get(f"{here}/change")
    shown = officer.post_form(f"{here}/change", {**hidden(change), **typed, "title": "Other"})
    kept = {**hidden(shown), **typed, "title": "Other", "act": "save"}
    assert officer.post_form(f"{here}/change", kept).status == 303
    assert officer.post_form(f"{here}/change", kept).status == 303  # a second click
    older = officer.post_form(f"{here}/change", {**hidden(change), **typed, "title": "Older"})
    assert older.status == 409
    assert "Somebody changed it meanwhile" in older.text
    assert "Other" in officer.get(here).text

    act = {"csrf": hidden(officer.get(here))["csrf"], "act": "end", "why": "It moved."}
    assert officer.post_form(here, {**act, "csrf": "forged"}).status == 403
    assert officer.post_form(here, act).status == 303
    assert "It moved." in officer.get(here).text


def hidden(page):
    """The hidden fields of the page's own form, as a browser would send them back."""
    return page.fields()
