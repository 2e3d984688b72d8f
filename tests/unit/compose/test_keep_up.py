"""The posts of a series stay in line with it, whatever breaks in between."""

from dataclasses import replace
from datetime import timedelta

import pytest

from compose.date_posts import post_id_for
from compose.keep_up import keep_up
from shared.accounts.incident import Board
from shared.accounts.registry import AccountStatus, PersonStatus, Role
from shared.posts.life import State, Urgency
from shared.posts.names import PersonId
from shared.posts.series import Standing, Status, coming
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
FIRST, SECOND, *_ = coming(REMINDER, NOW)
SOON = at("2026-11-10")
"""A day after the post for the second date is to be sent in."""


def a_force(*people, reminder=REMINDER, account=ACCOUNT):
    return a_series_desk(account, *(people or (AUTHOR, OWNER)), reminder=reminder)


def posts(ledger):
    return [row for key, row in ledger.rows.items() if key[0].__name__ == "Post"]


def post_of(ledger, reminder, day):
    return ledger.posts.get(reminder.sent_on(day).post_id)


def test_a_date_becomes_an_ordinary_submission_of_its_author():
    ledger, conductor, desk = a_force()

    after = keep_up(REMINDER, desk, SOON)

    [post] = posts(ledger)
    assert (post.author, post.state, post.submitted_at) == (AUTHOR.person_id, State.SUBMITTED, SOON)
    assert post.draft.text == "Meet us on Tuesday 17 November, 6pm to 7pm, at Leek Library."
    assert post.draft.not_before == at("2026-11-16", 17)
    assert post.urgency is Urgency.ROUTINE
    assert conductor.started == [(post.post_id, 1)]
    assert ledger.happened == ["post.submitted", "reminder.submitted"]
    assert after.sent_on(SECOND.day).post_id == post.post_id
    assert desk.reminders.get(REMINDER.reminder_id) == after


def test_a_date_that_is_near_goes_at_once_and_is_not_called_routine():
    ledger, _, desk = a_force()

    keep_up(REMINDER, desk, at("2026-11-02", 18))

    [post] = posts(ledger)
    assert post.draft.not_before is None
    assert post.urgency is Urgency.PROMPT


def test_running_again_sends_nothing_twice():
    ledger, conductor, desk = a_force()
    once = keep_up(REMINDER, desk, SOON)

    twice = keep_up(once, desk, SOON + timedelta(hours=1))

    assert twice == once
    assert len(posts(ledger)) == 1
    assert len(conductor.started) == 1


@pytest.mark.parametrize("later", [timedelta(), timedelta(hours=1), timedelta(days=2)])
def test_a_crash_after_the_post_and_before_the_series_makes_one_post(later):
    ledger, _, desk = a_force()
    keep_up(REMINDER, desk, SOON)
    desk.reminders.rows[REMINDER.reminder_id] = REMINDER  # as if it had never been written

    after = keep_up(REMINDER, desk, SOON + later)

    assert len(posts(ledger)) == 1
    assert after.sent_on(SECOND.day).post_id == posts(ledger)[0].post_id


def test_a_crash_is_made_good_even_when_the_post_goes_at_once_by_then():
    ledger, _, desk = a_force()
    keep_up(REMINDER, desk, SOON)
    desk.reminders.rows[REMINDER.reminder_id] = REMINDER

    after = keep_up(REMINDER, desk, SECOND.due_at + timedelta(minutes=1))
    again = keep_up(after, desk, SECOND.due_at + timedelta(minutes=2))

    assert len(posts(ledger)) == 1
    assert again == after


def test_two_runs_at_once_make_one_post():
    ledger, _, desk = a_force()
    keep_up(REMINDER, desk, SOON)

    with pytest.raises(ChangedError):
        keep_up(REMINDER, desk, SOON)

    assert len(posts(ledger)) == 1


def test_the_id_of_a_post_is_its_series_and_date_and_nothing_else():
    same = post_id_for(REMINDER, SECOND.day)
    other = replace(REMINDER, text="Other words.", author=OWNER.person_id, revision=9)

    assert post_id_for(other, SECOND.day) == same
    others = {
        post_id_for(REMINDER, FIRST.day),
        post_id_for(replace(REMINDER, reminder_id="01J0000000000000000000000S"), SECOND.day),
    }
    assert len(others | {same}) == 3
    assert len(same) == 26


def test_a_change_replaces_what_still_waits():
    ledger, _, desk = a_force()
    before = keep_up(REMINDER, desk, SOON)
    moved = replace(before, place="Leek Market")
    desk.reminders.rows[moved.reminder_id] = moved

    after = keep_up(moved, desk, SOON)

    old, new = ledger.posts.history(after.sent_on(SECOND.day).post_id)
    assert (old.state, new.state) == (State.SUPERSEDED, State.SUBMITTED)
    assert new.draft.text.endswith("at Leek Market.")
    assert keep_up(after, desk, SOON) == after


def test_what_went_out_is_left_as_it_is_and_never_tried_again():
    ledger, _, desk = a_force()
    before = keep_up(REMINDER, desk, SOON)
    post = post_of(ledger, before, SECOND.day)
    ledger.keep(replace(post, state=State.PUBLISHED))
    moved = replace(before, place="Leek Market")
    desk.reminders.rows[moved.reminder_id] = moved

    after = keep_up(moved, desk, SOON)

    assert after.sent_on(SECOND.day).final
    assert len(posts(ledger)) == 1
    assert ledger.happened[-1] == "reminder.date_closed"
    assert keep_up(after, desk, SOON) == after


def test_a_skipped_date_is_taken_back_and_comes_again_if_it_takes_place_after_all():
    ledger, _, desk = a_force()
    before = keep_up(REMINDER, desk, SOON)
    rule = replace(before.rule, skipped=frozenset({SECOND.day}))
    skipped = replace(before, rule=rule)
    desk.reminders.rows[skipped.reminder_id] = skipped

    without = keep_up(skipped, desk, SOON)
    assert post_of(ledger, without, SECOND.day).state is State.WITHDRAWN
    assert keep_up(without, desk, SOON) == without

    again = replace(without, rule=before.rule)
    desk.reminders.rows[again.reminder_id] = again
    after = keep_up(again, desk, SOON)
    post = post_of(ledger, after, SECOND.day)
    assert (post.version, post.state) == (2, State.SUBMITTED)


def test_what_still_waits_when_the_event_begins_is_taken_back():
    ledger, _, desk = a_force()
    before = keep_up(REMINDER, desk, SOON)

    after = keep_up(before, desk, SECOND.starts_at)

    post = post_of(ledger, after, SECOND.day)
    assert post.state is State.WITHDRAWN
    assert post.reason


def test_whoever_pauses_it_takes_back_what_waits_and_resuming_sends_it_in_again():
    ledger, _, desk = a_force()
    before = keep_up(REMINDER, desk, SOON)
    paused = replace(before, standing=Standing(Status.PAUSED, SOON, "sgt-lind", "Closed."))
    desk.reminders.rows[paused.reminder_id] = paused

    waiting = keep_up(paused, desk, SOON)
    assert post_of(ledger, waiting, SECOND.day).state is State.WITHDRAWN
    assert keep_up(waiting, desk, SOON) == waiting

    active = replace(waiting, standing=Standing(Status.ACTIVE, SOON, "pc-okafor"))
    desk.reminders.rows[active.reminder_id] = active
    after = keep_up(active, desk, SOON)
    assert post_of(ledger, after, SECOND.day).state is State.SUBMITTED


def test_whoever_takes_it_over_is_the_author_of_the_next_version():
    ledger, _, desk = a_force()
    before = keep_up(REMINDER, desk, SOON)
    taken = replace(before, author=OWNER.person_id, place="Leek Market")
    desk.reminders.rows[taken.reminder_id] = taken

    after = keep_up(taken, desk, SOON)

    old, new = ledger.posts.history(after.sent_on(SECOND.day).post_id)
    assert (old.author, old.state) == (AUTHOR.person_id, State.SUPERSEDED)
    assert (new.author, new.editor, new.state) == (OWNER.person_id, None, State.SUBMITTED)


def test_what_the_centre_changed_is_neither_of_them_s_to_approve():
    comms = a_person("comms-ray", role=Role.COMMS)
    ledger, _, desk = a_force(AUTHOR, OWNER, comms)
    before = keep_up(REMINDER, desk, SOON)
    edited = replace(before, editor=comms.person_id, place="Leek Market")
    desk.reminders.rows[edited.reminder_id] = edited

    after = keep_up(edited, desk, SECOND.due_at - timedelta(hours=1))
    post = post_of(ledger, after, SECOND.day)
    third = keep_up(after, desk, coming(REMINDER, SOON)[1].due_at - timedelta(days=7))
    first_of_its_own = post_of(ledger, third, coming(REMINDER, SOON)[1].day)

    assert (post.author, post.editor, post.version) == (AUTHOR.person_id, comms.person_id, 2)
    assert (first_of_its_own.author, first_of_its_own.editor) == (
        AUTHOR.person_id,
        comms.person_id,
    )


@pytest.mark.parametrize(
    ("people", "account", "why"),
    [
        ((a_person(status=PersonStatus.SUSPENDED), OWNER), ACCOUNT, "author"),
        ((a_person(status=PersonStatus.LEFT), OWNER), ACCOUNT, "author"),
        ((a_person(status=PersonStatus.AWAY), OWNER), ACCOUNT, "author"),
        ((a_person(role=Role.AUDITOR), OWNER), ACCOUNT, "author"),
        ((OWNER,), ACCOUNT, "author"),
        ((AUTHOR, OWNER), replace(ACCOUNT, members=frozenset()), "author"),
        ((AUTHOR, OWNER), replace(ACCOUNT, status=AccountStatus.SUSPENDED), "account"),
        ((AUTHOR, OWNER), replace(ACCOUNT, status=AccountStatus.CLOSED), "account"),
        ((AUTHOR, OWNER), replace(ACCOUNT, handles=()), "draft"),
    ],
)
def test_where_nobody_may_speak_the_series_is_paused_and_somebody_has_to_be_told(
    people, account, why
):
    ledger, _, desk = a_force(*people, account=account)

    after = keep_up(REMINDER, desk, SOON)

    assert after.status is Status.PAUSED
    assert after.standing.why.endswith((".", "none"))
    assert not after.standing.told
    assert posts(ledger) == []
    assert ledger.happened == ["reminder.paused"]
    assert ledger.acts[0].reason == why


def test_what_the_check_blocks_is_on_record_and_pauses_the_series():
    blocked = a_reminder(text="{date} #a #b #c #d #e #f")
    ledger, conductor, desk = a_force(reminder=blocked)

    after = keep_up(blocked, desk, SOON)

    [post] = posts(ledger)
    assert post.state is State.BLOCKED
    assert after.status is Status.PAUSED
    assert "The policy check blocks its words." in after.standing.why
    assert conductor.started == []
    assert ledger.happened == ["post.blocked", "reminder.submitted", "reminder.paused"]


def test_mended_words_are_the_next_version_of_what_was_blocked():
    blocked = a_reminder(text="{date} #a #b #c #d #e #f")
    ledger, _, desk = a_force(reminder=blocked)
    paused = keep_up(blocked, desk, SOON)
    mended = replace(
        paused, text="See you on {date}.", standing=Standing(Status.ACTIVE, SOON, "pc-okafor")
    )
    desk.reminders.rows[mended.reminder_id] = mended

    after = keep_up(mended, desk, SOON)

    post = post_of(ledger, after, SECOND.day)
    assert (post.version, post.state) == (2, State.SUBMITTED)


def test_while_an_incident_lasts_nothing_is_sent_in_and_nothing_is_paused(monkeypatch):
    ledger, _, desk = a_force()
    with monkeypatch.context() as silence:
        silence.setattr(Board, "silencing", lambda *_: "an incident")
        assert keep_up(REMINDER, desk, SOON) == REMINDER

    assert posts(ledger) == []
    assert keep_up(REMINDER, desk, SOON).sent


def test_a_conductor_that_does_not_answer_loses_nothing():
    from shared.conductor.executions import NoAnswerError

    ledger, _, desk = a_series_desk(
        ACCOUNT, AUTHOR, OWNER, reminder=REMINDER, fault=NoAnswerError("x")
    )

    after = keep_up(REMINDER, desk, SOON)

    assert post_of(ledger, after, SECOND.day).state is State.SUBMITTED


def test_an_author_who_sent_in_a_better_version_by_hand_keeps_it():
    ledger, _, desk = a_force()
    before = keep_up(REMINDER, desk, SOON)
    post = post_of(ledger, before, SECOND.day)
    ledger.keep(replace(post, state=State.RETURNED), replace(post, version=2))

    assert keep_up(before, desk, SOON) == before


def test_a_database_that_does_not_answer_is_said_so(monkeypatch):
    ledger, _, desk = a_force()

    def silent(*_, **__):
        raise UnavailableError("TransactWriteItems")

    monkeypatch.setattr(ledger.posts, "submit", silent)

    with pytest.raises(UnavailableError):
        keep_up(REMINDER, desk, SOON)

    assert desk.reminders.get(REMINDER.reminder_id) == REMINDER
    assert PersonId(REMINDER.author)
