"""A silent account: its owner is told, then whoever is above, the centre, and it may close."""

from dataclasses import replace

import pytest

from shared.accounts.incident import Board
from shared.accounts.registry import AccountStatus, Leave, Level, PersonStatus, Role, StatusChange
from shared.mail.errors import MailError
from tests.builders import NOW, a_person, an_account, an_approver, an_incident
from tests.unit.watch.mornings import DAY, LIND, RAY, Morning
from watch.morning.tell import NobodyToTellError

BOSS, WEB = a_person("insp-vale"), a_person("web-tansley", role=Role.REGISTRAR)
ABOVE = an_account("valley", level=Level.LPT, owner=BOSS.person_id, title="Valley")
OPENED = StatusChange(AccountStatus.ACTIVE, NOW, WEB.person_id, "Opened.")
TEAM = an_account(parent="valley", rhythm_hours=48, history=(OPENED,))
EVERYBODY = (LIND, RAY, BOSS, WEB)


def a_morning(*, people=EVERYBODY, team=TEAM, board=None):
    above = replace(ABOVE, status=AccountStatus.SUSPENDED)  # it is not what this is about
    return Morning(team, above, people=people, board=board or Board())


def mornings(morning, first, last):
    return [(day, str(mail["To"])) for day in range(first, last + 1) for mail in came(morning, day)]


def came(morning, day):
    before = len(morning.letters)
    morning.comes(day)
    return morning.letters[before:]


def test_each_step_is_told_once_after_a_further_silence():
    morning = a_morning()

    told = mornings(morning, 0, 120)

    assert told[:3] == [(2, LIND.email), (9, BOSS.email), (23, RAY.email)]
    assert told[3:] == [(51, RAY.email), (51, WEB.email)]
    assert morning.happened == [
        "inactivity.owner_told",
        "inactivity.above_told",
        "inactivity.centre_told",
        "inactivity.closure_proposed",
    ]
    proposed = morning.accounts.rows["riverside"].closure_proposed
    assert (proposed.at, proposed.silent_since) == (NOW + 51 * DAY, NOW)


def test_the_letter_says_since_when_and_how_often_people_expect_a_post():
    morning = a_morning()
    morning.comes(2)

    text = morning.letters[0].get_body(("plain",)).get_content().replace("\n", " ")
    assert "Riverside Neighbourhood Team, silent since Friday 20 November 2026" in text
    assert "people expect a post every 2 days" in text


def test_a_new_post_begins_anew_and_what_was_proposed_falls():
    morning = a_morning()
    mornings(morning, 0, 51)
    morning.spoken.at["riverside"] = NOW + 52 * DAY

    told = mornings(morning, 52, 54)

    assert morning.accounts.rows["riverside"].closure_proposed is None
    assert morning.happened[4:] == ["inactivity.spoke_again", "inactivity.owner_told"]
    assert told == [(54, LIND.email)]


def test_what_was_proposed_falls_with_a_new_post_though_silence_may_last_longer_by_now():
    morning = a_morning()
    morning.spoken.at["riverside"] = NOW + DAY
    mornings(morning, 1, 52)
    assert morning.accounts.rows["riverside"].closure_proposed is not None
    morning.accounts.rows["riverside"] = replace(
        morning.accounts.rows["riverside"], rhythm_hours=24 * 90
    )
    morning.spoken.at["riverside"] = NOW + 53 * DAY

    morning.comes(54)

    assert morning.accounts.rows["riverside"].closure_proposed is None


def test_what_reached_nobody_is_told_the_next_morning_and_is_on_record_once():
    morning = a_morning()
    morning.fails = MailError("No.")
    with pytest.raises(MailError):
        morning.comes(2)
    morning.fails = None

    assert mornings(morning, 3, 4) == [(3, LIND.email)]
    assert morning.happened == ["inactivity.owner_told"]


def test_while_an_incident_lasts_nobody_is_told_and_its_time_does_not_count():
    incident = an_incident(declared_at=NOW + DAY, stood_down_at=NOW + 4 * DAY)
    morning = a_morning(board=Board(1, (incident,)))

    assert mornings(morning, 0, 6) == [(5, LIND.email)]


def test_an_owner_on_leave_is_not_written_to_and_whoever_stands_in_is():
    helper = a_person("pc-holt")
    gone = replace(LIND, leave=(Leave(NOW.date(), (NOW + 9 * DAY).date(), helper.person_id),))
    morning = a_morning(people=(gone, helper, RAY, BOSS, WEB))

    assert mornings(morning, 2, 3) == [(2, helper.email)]


def test_where_the_team_has_left_whoever_is_above_is_told_first():
    left = replace(LIND, status=PersonStatus.LEFT)

    assert mornings(a_morning(people=(left, RAY, BOSS, WEB)), 2, 3) == [(2, BOSS.email)]


def test_where_nobody_is_above_the_centre_is_told():
    alone = replace(TEAM, parent=None)

    assert mornings(a_morning(team=alone), 2, 9) == [(2, LIND.email), (9, RAY.email)]


def test_one_of_which_nothing_is_known_counts_from_when_it_was_noticed():
    morning = a_morning(team=replace(TEAM, history=()))

    assert mornings(morning, 10, 12) == [(12, LIND.email)]
    assert morning.happened == ["inactivity.noticed", "inactivity.owner_told"]


@pytest.mark.parametrize("status", set(AccountStatus) - {AccountStatus.ACTIVE})
def test_only_an_account_that_may_speak_is_expected_to(status):
    assert mornings(a_morning(team=replace(TEAM, status=status)), 0, 60) == []


def test_one_that_was_kept_open_is_silent_from_then_on_only():
    kept = replace(TEAM, kept_open_at=NOW + 30 * DAY)

    assert mornings(a_morning(team=kept), 30, 32) == [(32, LIND.email)]


def test_somebody_who_owns_several_gets_one_letter():
    other = replace(TEAM, account_id="leek", title="Leek")
    morning = Morning(TEAM, other, people=EVERYBODY)

    assert morning.comes(2) == 2
    assert morning.told == [LIND.email]


def test_an_entry_that_somebody_works_on_just_now_is_proposed_the_next_morning():
    morning = a_morning()
    mornings(morning, 0, 50)
    changed = replace(TEAM, title="Other")
    stale = morning.who()
    morning.accounts.rows["riverside"] = changed
    morning.who = lambda: stale

    assert morning.comes(51) == 0
    del morning.who
    assert morning.comes(52) == 1


def test_where_nobody_is_on_duty_the_alarm_rings_and_the_others_are_told():
    idle = replace(RAY, duty=None)
    other = replace(TEAM, account_id="leek", owner=an_approver("nobody").person_id, parent=None)
    morning = Morning(TEAM, other, people=(LIND, idle))

    with pytest.raises(NobodyToTellError, match="silence/leek"):
        morning.comes(2)
    assert morning.told == [LIND.email]


def test_a_morning_that_comes_twice_tells_nothing_twice():
    morning = a_morning()

    assert (morning.comes(2), morning.comes(2), morning.comes(2)) == (1, 0, 0)
