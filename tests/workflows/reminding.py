"""A surgery as the workflow tests make it, change it, and look what became of its posts."""

import json
from datetime import datetime, timedelta

from local.force import OFFICER
from shared.posts.life import State
from shared.posts.localtime import LONDON, local
from shared.records.reminder_entries import reminder_of
from tests.workflows.force import FREE

WORDS = "Meet your team on {day} {date}, {time}, at {place}."
SURGERY = {
    "account": FREE,
    "title": "Library surgery",
    "text": WORDS,
    "place": "Leek Library",
    "platforms": ["sandbox"],
    "pattern": "weekly",
    "weekdays": ["sunday", "monday"],
    "starts": "18:00",
    "ends": "19:00",
    "due_days": 1,
    "due_at": "17:00",
    "not_on_bank_holidays": True,
}


def wall(moment):
    return local(moment).replace(tzinfo=None)


def on(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def make(force, **changes):
    heard = force.officer.post_json("/v1/reminders", {**SURGERY, **changes})
    assert heard.status == 201, heard.text
    return heard.json()


def look(force):
    """The clock's hourly call."""
    return force.stack.call("SubmitReminders", {})


def standing(force, reminder):
    return force.officer.get(f"/v1/reminders/{reminder['reminder_id']}").json()


def kept(force, reminder):
    return reminder_of(force.stack.tables.reminders.get(reminder["reminder_id"]))


def posts_of(force, reminder):
    """The newest version of every post of the series, by the day it is about."""
    sent = kept(force, reminder).sent
    return {each.day: force.posts.get(each.post_id) for each in sent}


def all_posts(force):
    return list(force.stack.tables.posts.scan(consistent_read=True))


WEEKLY = {**SURGERY, "not_on_bank_holidays": False}


def days(force, ahead=4, count=1):
    """A series with so many dates, a week between them, the first one some days away: near enough
    for its post to be sent in at once, far enough for it to wait."""
    first = local(force.stack.clock.now()).date() + timedelta(days=ahead)
    last = first + timedelta(weeks=count - 1)
    weekday = f"{first:%A}".lower()
    return {"first_day": str(first), "last_day": str(last), "weekdays": [weekday]}


def one(force, **changes):
    """A series with one date, whose post was sent in at once; the series and that post."""
    reminder = make(force, **{**WEEKLY, **days(force), **changes})
    [post] = posts_of(force, reminder).values()
    return reminder, post


def patch(force, reminder, **changes):
    path = f"/v1/reminders/{reminder['reminder_id']}"
    kind = {"Content-Type": "application/json"}
    return force.officer._call("PATCH", path, json.dumps(changes).encode(), kind)


def act(force, reminder, deed, who=OFFICER, **body):
    caller = force.caller(who.person_id)
    return caller.post_json(f"/v1/reminders/{reminder['reminder_id']}/{deed}", body)


def letters(force, words, reminder):
    """The letters about one series with these words in the subject."""
    told = [mail for mail in force.stack.mailbox if words in mail["Subject"]]
    return [mail for mail in told if reminder["reminder_id"] in str(mail)]


def go_on(force, reminder, **by):
    """Turn the clock, and stop at whatever is due on the way: a post that is released much later
    than it was due would be held."""
    until = force.stack.clock.now() + timedelta(**by)
    for post in sorted(posts_of(force, reminder).values(), key=lambda each: each.post_id):
        due = post.draft.not_before
        if due and force.stack.clock.now() < due <= until:
            force.until(post.post_id, State.CLEARED)
            force.stack.clock.turn_to(due + timedelta(seconds=1))
        if due is None or due <= until:
            force.until(post.post_id)
    force.stack.clock.turn_to(until)
