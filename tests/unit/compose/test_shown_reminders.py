"""What the pages of reminders are told."""

from dataclasses import replace
from datetime import date, time

import pytest

from compose.reminder_forms import empty_form, form_fields
from compose.shown_reminders import pattern_words, reminder_view, reminders_view
from shared.posts.names import AccountId
from shared.posts.reminders import (
    LAST,
    HoursBefore,
    MonthlyByDay,
    MonthlyByWeekday,
    Moved,
    Weekly,
)
from shared.posts.series import Sent, Standing, Status, coming
from tests.builders import a_post_id
from tests.unit.compose.series_made import ACCOUNT, AUTHOR, NOW, a_reminder

REMINDER = a_reminder()
NAMES = {"pc-okafor": "PC Okafor"}
TITLES = {ACCOUNT.account_id: ACCOUNT.title}


def facts(reminder=REMINDER):
    view = reminder_view(reminder, ACCOUNT, NAMES, NOW, may_keep=True, may_change=True)
    return {fact.name: fact.lines for fact in view.facts}


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (Weekly(frozenset({1})), "Every week on Tuesday"),
        (Weekly(frozenset({0, 4}), 2), "Every 2 weeks on Monday, Friday"),
        (MonthlyByDay(31), "Every month on day 31"),
        (MonthlyByWeekday(LAST, 1, 2), "Every 2 months on the last Tuesday"),
        (MonthlyByWeekday(2, 6), "Every month on the second Sunday"),
    ],
)
def test_a_pattern_is_said_in_words(pattern, words):
    assert pattern_words(pattern) == words


def test_a_reminder_shows_what_it_says_and_its_next_dates():
    shown = facts()

    assert shown["When"] == (
        "Every 2 weeks on Tuesday",
        "18:00 to 19:00",
        "3 November 2026 to 31 March 2027",
    )
    assert shown["Post due"] == ("the day before, at 17:00",)
    assert len(shown["Next dates"]) == 5
    assert shown["Next dates"][0] == (
        "Tuesday 3 November 2026, 18:00 to 19:00; "
        "its post is due at 17:00 on Monday 2 November 2026"
    )
    assert shown["Its posts are by"] == ("PC Okafor",)


def test_exceptions_and_hours_are_shown_too():
    shown = facts(
        a_reminder(
            due=HoursBefore(2),
            ends=None,
            skipped=frozenset({date(2026, 11, 17)}),
            moved=(Moved(date(2026, 12, 1), date(2026, 12, 2), time(10)),),
            not_on_bank_holidays=True,
        )
    )

    assert shown["Post due"] == ("2 hours before it begins",)
    assert shown["When"][1:] == (
        "From 18:00",
        "3 November 2026 to 31 March 2027, not on bank holidays",
    )
    assert shown["Not on"] == ("17 November 2026",)
    assert shown["Moved"] == ("1 December 2026 to 2 December 2026",)


def test_the_posts_that_were_sent_in_can_be_reached():
    first = coming(REMINDER, NOW)[0]
    post_id = a_post_id()
    known = REMINDER.with_sent(Sent(first.day, post_id, 1, "words"))

    view = reminder_view(known, ACCOUNT, NAMES, NOW, may_keep=False, may_change=False)

    assert f"/posts/{post_id}" in [way.address for way in view.ways]
    assert view.forms == ()


@pytest.mark.parametrize(
    ("status", "acts"),
    [
        (Status.ACTIVE, ["pause", "end"]),
        (Status.PAUSED, ["resume", "end"]),
        (Status.ENDED, []),
    ],
)
def test_only_what_can_be_done_is_offered(status, acts):
    stands = replace(REMINDER, standing=Standing(status, NOW, "bluelamp", "Why it stands so."))

    view = reminder_view(stands, ACCOUNT, NAMES, NOW, may_keep=True, may_change=True)

    assert [form.act for form in view.forms] == acts
    assert view.notice == "Why it stands so."
    assert any("/change" in way.address for way in view.ways) is bool(acts)


def test_a_list_leads_on_within_the_same_account():
    other = replace(ACCOUNT, account_id=AccountId("cheadle"), title="Cheadle")

    mine = reminders_view((REMINDER,), "a+b=", TITLES, (ACCOUNT, other), None)
    theirs = reminders_view((), "next", TITLES, (ACCOUNT, other), ACCOUNT.account_id)

    assert mine.more == "/reminders?cursor=a%2Bb%3D"
    assert [way.address for way in mine.ways] == [
        "/reminders?account=riverside",
        "/reminders?account=cheadle",
    ]
    assert theirs.more == "/reminders?account=riverside&cursor=next"
    assert theirs.ways[0].address == "/reminders"
    assert mine.rows[0].hint.startswith("Riverside Neighbourhood Team. Every 2 weeks on Tuesday")


def test_the_form_offers_the_accounts_and_their_platforms():
    fields = {each.name: each for each in form_fields(empty_form(date(2026, 11, 2)), (ACCOUNT,))}
    fixed = {each.name for each in form_fields({}, (), fixed=ACCOUNT)}

    assert [option.value for option in fields["account"].options] == ["riverside"]
    assert [option.value for option in fields["platforms"].options] == ["sandbox"]
    assert fields["first_day"].values == ("2026-11-02",)
    assert "account" not in fixed
    assert AUTHOR.person_id not in fixed
