"""Making, changing, pausing, resuming and ending a series: by whom, and what is refused."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from compose.errors import MayNotChangeError, MayNotPostError
from compose.keep_reminder import (
    change,
    changed,
    end,
    make,
    new_reminder,
    pause,
    preview,
    resume,
)
from compose.reminder_errors import (
    BlockedReminderError,
    InvalidReminderError,
    ReminderEndedError,
)
from compose.reminder_hands import may_change, may_keep
from compose.reminder_reading import Wished
from shared.accounts.registry import AccountStatus, PersonStatus, Role
from shared.posts.acts import SYSTEM
from shared.posts.errors import InvalidDraftError
from shared.posts.names import PlatformName
from shared.posts.reminders import Weekly
from shared.posts.series import Standing, Status
from shared.records.errors import ChangedError, KeyReusedError
from tests.builders import a_person, an_approver
from tests.unit.compose.series_made import (
    ACCOUNT,
    AUTHOR,
    NOW,
    OWNER,
    a_keeper,
    a_reminder,
    a_series_desk,
)

REMINDER = a_reminder()
COMMS = an_approver()
BLOCKED = "See you on {date}. #a #b #c #d #e #f"


def wished(**changes):
    said = {
        name: getattr(REMINDER, name)
        for name in ("account", "title", "text", "place", "platforms", "rule")
    }
    return Wished(**{**said, **changes})


def stopped(status, by=SYSTEM):
    return replace(REMINDER, standing=Standing(status, NOW, by, "Why.", told=False))


def test_what_is_wished_for_is_kept_with_everything_it_says():
    ledger, _, desk = a_series_desk()
    reminder = new_reminder(wished(), AUTHOR, REMINDER.reminder_id, NOW)

    kept = make(reminder, a_keeper(desk))

    assert kept == reminder == REMINDER
    assert desk.reminders.get(REMINDER.reminder_id) == REMINDER
    [act] = ledger.acts
    assert (act.type, act.actor, act.account) == ("reminder.created", "pc-okafor", "riverside")
    assert act.subject == f"reminder:{REMINDER.reminder_id}"
    assert act.payload["text"] == REMINDER.text
    assert act.payload["rule"]["starts"] == "18:00"


def test_its_next_five_dates_are_shown_before_it_is_kept():
    ledger, _, desk = a_series_desk()

    shown = preview(REMINDER, a_keeper(desk))

    assert [each.day for each in shown.dates] == [
        date(2026, 11, 3),
        date(2026, 11, 17),
        date(2026, 12, 1),
        date(2026, 12, 15),
        date(2026, 12, 29),
    ]
    assert shown.text.startswith("Meet us on Tuesday 3 November")
    assert shown.verdict.outcome in {"clear", "review"}
    assert ledger.acts == []


def test_the_same_key_twice_makes_one_and_other_words_are_refused():
    _, _, desk = a_series_desk()
    first = new_reminder(wished(), AUTHOR, "01J0000000000000000000000A", NOW)
    second = new_reminder(wished(), AUTHOR, "01J0000000000000000000000B", NOW)
    other = new_reminder(wished(place="Elsewhere"), AUTHOR, "01J0000000000000000000000C", NOW)

    make(first, a_keeper(desk), "once")

    assert make(second, a_keeper(desk), "once") == first
    with pytest.raises(KeyReusedError):
        make(other, a_keeper(desk), "once")


@pytest.mark.parametrize(
    ("person", "account"),
    [
        (a_person("pc-else"), ACCOUNT),
        (a_person(status=PersonStatus.SUSPENDED), ACCOUNT),
        (a_person(status=PersonStatus.AWAY), ACCOUNT),
        (a_person(role=Role.AUDITOR), ACCOUNT),
        (AUTHOR, replace(ACCOUNT, status=AccountStatus.SUSPENDED)),
    ],
)
def test_who_may_not_post_for_the_account_makes_changes_and_resumes_nothing(person, account):
    ledger, _, desk = a_series_desk(reminder=REMINDER)
    keeper = a_keeper(desk, person, account)

    for deed in (
        lambda: make(REMINDER, keeper),
        lambda: change(REMINDER, changed(REMINDER, wished(), keeper), keeper),
        lambda: resume(stopped(Status.PAUSED), "", keeper),
        lambda: preview(REMINDER, keeper),
    ):
        with pytest.raises(MayNotPostError) as told:
            deed()
        assert str(told.value).endswith(".")
    assert ledger.acts == []


@pytest.mark.parametrize(
    ("change_of", "error"),
    [
        ({"text": "{when}"}, InvalidReminderError),
        ({"place": ""}, InvalidReminderError),
        ({"rule": replace(REMINDER.rule, pattern=Weekly(frozenset()))}, InvalidReminderError),
        ({"platforms": (PlatformName("x"),)}, InvalidDraftError),
        ({"text": BLOCKED}, BlockedReminderError),
    ],
)
def test_what_can_make_no_posts_is_refused_before_anything_is_kept(change_of, error):
    ledger, _, desk = a_series_desk(reminder=REMINDER)
    bad = new_reminder(wished(**change_of), AUTHOR, REMINDER.reminder_id, NOW)

    with pytest.raises(error) as told:
        make(bad, a_keeper(desk))
    keeper = a_keeper(desk)
    with pytest.raises(error):
        change(REMINDER, changed(REMINDER, wished(**change_of), keeper), keeper)

    assert str(told.value)
    assert ledger.acts == []


def test_a_change_is_on_record_with_all_it_says():
    ledger, _, desk = a_series_desk(reminder=REMINDER)
    keeper = a_keeper(desk)

    change(REMINDER, changed(REMINDER, wished(place="Leek Market"), keeper), keeper)

    kept = desk.reminders.get(REMINDER.reminder_id)
    assert (kept.place, kept.author, kept.editor, kept.revision) == (
        "Leek Market",
        AUTHOR.person_id,
        None,
        2,
    )
    [act] = ledger.acts
    assert (act.type, act.actor) == ("reminder.changed", AUTHOR.person_id)
    assert act.payload["place"] == "Leek Market"


def test_what_the_centre_changes_stays_its_author_s_and_says_who_changed_it():
    ledger, _, desk = a_series_desk(AUTHOR, COMMS, reminder=REMINDER)
    keeper = a_keeper(desk, COMMS)

    after = change(REMINDER, changed(REMINDER, wished(place="Leek Market"), keeper), keeper)
    back = changed(after, wished(), a_keeper(desk))

    assert (after.author, after.editor) == (AUTHOR.person_id, COMMS.person_id)
    assert ledger.acts[0].actor == COMMS.person_id
    assert (back.author, back.editor) == (AUTHOR.person_id, None)


def test_a_colleague_changes_and_resumes_it_only_where_its_author_may_not_post():
    gone = replace(AUTHOR, status=PersonStatus.LEFT)
    paused = stopped(Status.PAUSED)
    _, _, desk = a_series_desk(AUTHOR, reminder=REMINDER)
    keeper = a_keeper(desk, OWNER)
    for deed in (lambda: changed(REMINDER, wished(), keeper), lambda: resume(paused, "", keeper)):
        with pytest.raises(MayNotChangeError):
            deed()

    _, _, without = a_series_desk(gone, reminder=paused)
    taker = a_keeper(without, OWNER)

    taken = changed(paused, wished(), taker)
    assert (taken.author, taken.editor) == (OWNER.person_id, None)
    assert resume(paused, "", taker).author == OWNER.person_id
    assert may_change(REMINDER, OWNER, ACCOUNT, None)


def test_words_are_judged_as_its_author_s_whoever_looks_at_them():
    _, _, desk = a_series_desk(AUTHOR, COMMS, reminder=REMINDER)
    judged = []

    def verdict(candidate, _):
        judged.append(candidate.author_role)
        return preview(REMINDER, a_keeper(a_series_desk()[2])).verdict

    watched = replace(desk, desk=Watched(desk.desk, verdict))
    preview(REMINDER, a_keeper(watched, COMMS))

    assert set(judged) == {AUTHOR.role.value}


@dataclass
class Watched:
    """A desk whose verdicts are watched."""

    desk: object
    verdict: object

    def __getattr__(self, name):
        return getattr(self.desk, name)


def test_a_later_last_day_is_told_of_again():
    told = replace(REMINDER, ending_told=True)
    later = replace(REMINDER.rule, last_day=date(2027, 6, 30))
    keeper = a_keeper(a_series_desk()[2])

    assert changed(told, wished(), keeper).ending_told
    assert not changed(told, wished(rule=later), keeper).ending_told


def test_a_change_of_what_was_changed_meanwhile_is_refused():
    _, _, desk = a_series_desk(reminder=REMINDER)
    keeper = a_keeper(desk)
    change(REMINDER, changed(REMINDER, wished(place="Leek Market"), keeper), keeper)

    with pytest.raises(ChangedError):
        change(REMINDER, changed(REMINDER, wished(place="Elsewhere"), keeper), keeper)


def test_it_is_paused_resumed_and_ended_each_with_its_leaf():
    ledger, _, desk = a_series_desk(reminder=REMINDER)
    keeper = a_keeper(desk)

    paused = pause(REMINDER, "The library is closed.", keeper)
    resumed = resume(paused, "", keeper)
    ended = end(resumed, "It moved to Cheadle.", keeper)

    assert [each.status.value for each in (paused, resumed, ended)] == ["paused", "active", "ended"]
    assert ledger.happened == ["reminder.paused", "reminder.resumed", "reminder.ended"]
    assert [act.reason for act in ledger.acts] == [
        "The library is closed.",
        None,
        "It moved to Cheadle.",
    ]
    assert paused.standing.told


def test_what_stands_so_already_is_left_alone():
    ledger, _, desk = a_series_desk(reminder=REMINDER)
    keeper = a_keeper(desk)
    paused, ended = stopped(Status.PAUSED, "sgt-lind"), stopped(Status.ENDED)

    assert resume(REMINDER, "", keeper) == REMINDER
    assert pause(paused, "", keeper) == paused
    assert end(ended, "", keeper) == ended
    assert ledger.acts == []


def test_what_the_clock_paused_can_be_paused_by_a_person_who_takes_back_what_waits():
    paused = stopped(Status.PAUSED)
    _, _, desk = a_series_desk(reminder=paused)

    assert pause(paused, "", a_keeper(desk)).standing.by == AUTHOR.person_id


def test_nothing_follows_the_end():
    ended = stopped(Status.ENDED)
    _, _, desk = a_series_desk(reminder=ended)
    keeper = a_keeper(desk)

    for deed in (
        lambda: pause(ended, "", keeper),
        lambda: resume(ended, "", keeper),
        lambda: change(ended, changed(ended, wished(), keeper), keeper),
    ):
        with pytest.raises(ReminderEndedError):
            deed()


def test_words_that_would_be_blocked_are_not_resumed():
    blocked = replace(stopped(Status.PAUSED), text=BLOCKED)
    _, _, desk = a_series_desk(reminder=blocked)

    with pytest.raises(BlockedReminderError):
        resume(blocked, "", a_keeper(desk))


def test_a_series_of_a_suspended_account_can_still_be_stopped_by_its_team():
    account = replace(ACCOUNT, status=AccountStatus.SUSPENDED)
    _, _, desk = a_series_desk(reminder=REMINDER)

    assert end(REMINDER, "", a_keeper(desk, account=account)).status is Status.ENDED


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (AUTHOR, True),
        (OWNER, True),
        (an_approver(), True),
        (a_person("pc-else"), False),
        (a_person(role=Role.AUDITOR), False),
        (a_person(status=PersonStatus.LEFT), False),
    ],
)
def test_its_team_and_the_centre_keep_the_reminders_of_an_account(person, may):
    _, _, desk = a_series_desk(reminder=REMINDER)

    assert may_keep(person, ACCOUNT) is may
    if not may:
        with pytest.raises(MayNotPostError):
            pause(REMINDER, "", a_keeper(desk, person))
