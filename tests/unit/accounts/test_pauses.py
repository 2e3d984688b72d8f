"""Nobody expects a post while an incident lasts, or while nobody of the team is there."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from shared.accounts.incident import Board
from shared.accounts.pauses import pauses
from shared.accounts.registry import Leave, PersonStatus, StatusChange
from shared.accounts.silence import counted
from shared.posts.localtime import LONDON
from tests.builders import NOW, a_person, an_account, an_incident

DAY = timedelta(days=1)
LIND, OKAFOR = a_person("sgt-lind"), a_person("pc-okafor")
RIVERSIDE = an_account()


def silent(*people, board=None, days=10, account=RIVERSIDE, now=NOW):
    since = now - days * DAY
    team = {person.person_id: person for person in people}
    found = pauses(account, team, board or Board(), since=since, now=now, zone=LONDON)
    return counted(since, now, found)


def away(person, first, last, cover=None):
    return replace(person, leave=(Leave(first, last, cover),))


def test_while_somebody_is_there_every_day_counts():
    gone = away(LIND, date(2026, 11, 12), date(2026, 11, 14))

    assert silent(gone, OKAFOR) == 10 * DAY


def test_days_on_which_the_whole_team_is_on_leave_do_not_count():
    first, last = date(2026, 11, 12), date(2026, 11, 14)

    assert silent(away(LIND, first, last), away(OKAFOR, first, last)) == 7 * DAY


def test_whoever_stands_in_is_there():
    first, last = date(2026, 11, 12), date(2026, 11, 14)
    helper = a_person("pc-holt")

    assert silent(away(LIND, first, last, "pc-holt"), away(OKAFOR, first, last), helper) == 10 * DAY


def test_a_team_that_has_left_is_no_pause():
    left = [replace(each, status=PersonStatus.LEFT) for each in (LIND, OKAFOR)]

    assert silent(*left) == 10 * DAY
    assert silent() == 10 * DAY


def test_who_came_back_was_away_all_the_same():
    back = tuple(
        StatusChange(status, NOW - days * DAY, "p-registrar", "Why.")
        for status, days in ((PersonStatus.AWAY, 8), (PersonStatus.ACTIVE, 5))
    )
    alone = an_account(members=frozenset())

    assert silent(replace(LIND, history=back), account=alone) == 7 * DAY


def test_an_incident_that_reaches_the_account_does_not_count_and_one_that_lasts_pauses_now():
    over = an_incident(declared_at=NOW - 5 * DAY, stood_down_at=NOW - 3 * DAY)
    lasting = an_incident(declared_at=NOW - DAY)
    drill = replace(over, drill=True)
    exempt = replace(over, exempt=frozenset({RIVERSIDE.account_id}))

    assert silent(LIND, board=Board(1, (over,))) == 8 * DAY
    assert silent(LIND, board=Board(1, (over, lasting))) == 7 * DAY
    assert silent(LIND, board=Board(1, (drill,))) == 10 * DAY
    assert silent(LIND, board=Board(1, (exempt,))) == 10 * DAY


def test_a_day_on_which_the_clocks_change_counts_as_long_as_it_is():
    now = datetime(2026, 10, 27, 12, tzinfo=UTC)
    night = away(LIND, date(2026, 10, 25), date(2026, 10, 25))
    alone = an_account(members=frozenset())

    assert silent(night, account=alone, now=now) == 10 * DAY - timedelta(hours=25)
