"""Every hour: what is due is sent in, who has to know is told once, what is over ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from compose.submit_reminders import ClockDesk, RemindersLeftError, submit_reminders
from shared.accounts.registry import AccountStatus, PersonStatus
from shared.mail.errors import UnsentMailError
from shared.posts.series import Status, coming
from shared.records.errors import ChangedError, UnavailableError
from tests.builders import a_person
from tests.unit.compose.series_made import (
    ACCOUNT,
    AUTHOR,
    NOW,
    OWNER,
    a_reminder,
    a_series_desk,
    at,
)

REMINDER = a_reminder()
_, SECOND, *_ = coming(REMINDER, NOW)
SOON = at("2026-11-10")
SUSPENDED = a_person(status=PersonStatus.SUSPENDED)
HOUR = timedelta(hours=1)


class Mail:
    """Letters that left, unless the mail service has a fault."""

    def __init__(self):
        self.sent, self.fault = [], None

    def __call__(self, message):
        if self.fault:
            raise self.fault
        self.sent.append(message)
        return "id"

    def to(self):
        return [message["To"] for message in self.sent]


def a_clock(*people, reminder=REMINDER, account=ACCOUNT):
    ledger, _, series = a_series_desk(account, *(people or (AUTHOR, OWNER)), reminder=reminder)
    mail = Mail()
    desk = ClockDesk(series, "https://bluelamp.example", "b@police.example", mail)
    return ledger, desk, mail


def standing(desk):
    return desk.series.reminders.get(REMINDER.reminder_id)


def test_what_is_due_is_sent_in_and_nothing_else_is_looked_at():
    ledger, desk, mail = a_clock()

    done = submit_reminders(desk, SOON)
    again = submit_reminders(desk, SOON + HOUR)

    assert (done.looked, done.paused, done.ended) == (1, 0, 0)
    assert again.looked == 0
    assert ledger.happened == ["post.submitted", "reminder.submitted"]
    assert mail.sent == []


def test_author_and_owner_are_told_once_why_it_stopped():
    account = replace(ACCOUNT, status=AccountStatus.SUSPENDED)
    ledger, desk, mail = a_clock(account=account)

    done = submit_reminders(desk, SOON)
    submit_reminders(desk, SOON + HOUR)

    assert done.paused == 1
    assert sorted(mail.to()) == sorted([AUTHOR.email, OWNER.email])
    text = str(mail.sent[0])
    assert "Riverside Neighbourhood Team cannot post now." in text
    assert f"https://bluelamp.example/reminders/{REMINDER.reminder_id}" in text
    assert ledger.happened == ["reminder.paused", "reminder.pause_told"]
    assert standing(desk).standing.told


def test_who_has_no_access_any_more_gets_no_letter():
    _, desk, mail = a_clock(SUSPENDED, OWNER)

    submit_reminders(desk, SOON)

    assert mail.to() == [OWNER.email]


def test_where_nobody_of_them_has_access_the_mailbox_of_the_team_is_told():
    _, desk, mail = a_clock(SUSPENDED, replace(OWNER, status=PersonStatus.LEFT))

    submit_reminders(desk, SOON)

    assert mail.to() == [ACCOUNT.email]


def test_a_letter_that_does_not_leave_rings_and_is_tried_again():
    _, desk, mail = a_clock(SUSPENDED, OWNER)
    mail.fault = UnsentMailError("busy")

    with pytest.raises(RemindersLeftError) as told:
        submit_reminders(desk, SOON)
    assert REMINDER.reminder_id in str(told.value)
    assert standing(desk).status is Status.PAUSED

    mail.fault = None
    submit_reminders(desk, SOON + HOUR)
    submit_reminders(desk, SOON + 2 * HOUR)
    assert mail.to() == [OWNER.email]


def test_its_author_is_told_once_two_weeks_before_it_ends():
    short = a_reminder(last_day=date(2026, 12, 31))
    ledger, desk, mail = a_clock(reminder=short)

    submit_reminders(desk, at("2026-12-17"))
    assert mail.sent == []
    submit_reminders(desk, at("2026-12-18"))
    submit_reminders(desk, at("2026-12-18", 10))

    assert mail.to() == [AUTHOR.email]
    assert "Thursday 31 December 2026" in str(mail.sent[0])
    assert ledger.happened.count("reminder.ending_told") == 1


def test_it_ends_after_its_last_day():
    ledger, desk, _ = a_clock(reminder=a_reminder(last_day=date(2026, 12, 31)))
    submit_reminders(desk, at("2026-12-20"))

    before = submit_reminders(desk, at("2026-12-31", 23, 59))
    after = submit_reminders(desk, at("2027-01-01", 0))
    never = submit_reminders(desk, at("2027-01-02", 0))

    assert (before.ended, after.ended, never.looked) == (0, 1, 0)
    assert ledger.happened[-1] == "reminder.ended"
    assert standing(desk).status is Status.ENDED


def test_a_paused_series_ends_too():
    _, desk, _ = a_clock(SUSPENDED, OWNER, reminder=a_reminder(last_day=date(2026, 12, 31)))
    submit_reminders(desk, SOON)

    assert submit_reminders(desk, at("2027-01-01", 0)).ended == 1


def test_one_that_cannot_be_looked_after_keeps_no_other_from_it(monkeypatch):
    ledger, desk, _ = a_clock()
    kept = desk.series.reminders
    bad = replace(REMINDER, reminder_id="01J0000000000000000000000A")
    kept.rows[bad.reminder_id], kept.looks[bad.reminder_id] = bad, NOW
    real = kept.get

    def sometimes(reminder_id):
        if reminder_id == bad.reminder_id:
            raise UnavailableError("GetItem")
        return real(reminder_id)

    monkeypatch.setattr(kept, "get", sometimes)

    with pytest.raises(RemindersLeftError) as told:
        submit_reminders(desk, SOON)

    assert bad.reminder_id in str(told.value)
    assert REMINDER.reminder_id not in str(told.value)
    assert standing(desk).sent_on(SECOND.day)
    assert "reminder.submitted" in ledger.happened


def test_what_somebody_changes_at_that_moment_is_left_for_the_next_hour(monkeypatch):
    ledger, desk, _ = a_clock()

    def changed(*_):
        raise ChangedError("reminder", REMINDER.reminder_id, "was changed by somebody else")

    with monkeypatch.context() as busy:
        busy.setattr(desk.series.reminders, "change", changed)
        assert submit_reminders(desk, SOON).looked == 0

    assert submit_reminders(desk, SOON + HOUR).looked == 1
    assert ledger.happened.count("post.submitted") == 1


def test_what_waits_when_the_event_begins_is_taken_back_by_the_clock():
    ledger, desk, _ = a_clock()
    submit_reminders(desk, SOON)

    submit_reminders(desk, SECOND.starts_at)

    assert "post.withdrawn" in ledger.happened
    assert "reminder.taken_back" in ledger.happened
