"""Reminders: kept with a leaf each time, listed by who and what they are for, found when due."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compose.reminder_told import act_on
from shared.posts.names import AccountId, ContentHash, PersonId, PlatformName, PostId, ReminderId
from shared.posts.reminders import (
    LAST,
    DaysBefore,
    HoursBefore,
    MonthlyByDay,
    MonthlyByWeekday,
    Moved,
    Rule,
    Weekly,
)
from shared.posts.series import Happened, Reminder, Sent, Standing, Status, coming
from shared.records.errors import (
    AlreadyExistsError,
    ChangedError,
    InvalidCursorError,
    KeyReusedError,
    NotFoundError,
)
from shared.records.outbox import Outbox
from shared.records.reminder_entries import reminder_of, reminder_row
from shared.records.reminders import Reminders
from shared.records.tables import tables
from tests.builders import a_pen
from tests.unit.compose.series_made import AHEAD, NOW, a_reminder

TABLES = tables("any-", "eu-west-2")
REMINDER = a_reminder()


@pytest.fixture
def reminders(store):
    return Reminders(store, a_pen(), AHEAD)


def act(reminder, happened=Happened.CREATED, at=NOW):
    return act_on(reminder, happened, at, {})


def entered(reminders, *kept):
    for each in kept:
        reminders.enter(each, act(each))
    return kept


def numbered(count, **changes):
    return tuple(
        a_reminder(reminder_id=ReminderId(f"01J000000000000000000000{n:02d}"), **changes)
        for n in range(count)
    )


def test_what_is_entered_is_read_back_with_one_leaf(reminders, store):
    entered(reminders, REMINDER)

    assert reminders.get(REMINDER.reminder_id) == REMINDER
    assert len(Outbox(store).pending(10)) == 1


def test_an_id_is_entered_once(reminders, store):
    entered(reminders, REMINDER)

    with pytest.raises(AlreadyExistsError):
        entered(reminders, replace(REMINDER, title="Another"))
    assert len(Outbox(store).pending(10)) == 1


def test_the_same_key_and_words_give_the_one_made_before(reminders, store):
    first, second = numbered(2)
    reminders.enter(first, act(first), "key")

    assert reminders.enter(second, act(second), "key") == first
    with pytest.raises(KeyReusedError):
        reminders.enter(replace(second, place="Elsewhere"), act(second), "key")
    assert len(Outbox(store).pending(10)) == 1


def test_a_key_is_its_users_own_and_forgotten_after_a_day(reminders):
    first, second, third = numbered(3)
    reminders.enter(first, act(first), "key")
    other = replace(second, author=PersonId("sgt-lind"))

    assert reminders.enter(other, act(other), "key") == other
    later = NOW + timedelta(hours=25)
    assert reminders.enter(third, act(third, at=later), "key") == third


def test_a_change_takes_the_place_of_what_was_read_and_of_nothing_else(reminders, store):
    entered(reminders, REMINDER)
    after = replace(REMINDER, place="Leek Market", author=PersonId("sgt-lind"), revision=2)
    reminders.change(REMINDER, after, act(after, Happened.CHANGED))

    with pytest.raises(ChangedError):
        reminders.change(REMINDER, replace(REMINDER, place="Elsewhere"), act(REMINDER))

    assert reminders.get(REMINDER.reminder_id) == after
    assert len(Outbox(store).pending(10)) == 2


def test_a_change_of_the_author_alone_is_a_change_too(reminders):
    entered(reminders, REMINDER)
    after = replace(REMINDER, author=PersonId("sgt-lind"))
    reminders.change(REMINDER, after, act(after))

    with pytest.raises(ChangedError):
        reminders.change(REMINDER, replace(REMINDER, place="Elsewhere"), act(REMINDER))


@pytest.mark.parametrize("reminder_id", ["01J0000000000000000000000Z", "", "\ud800", "x" * 2000])
def test_what_is_not_there_is_said_so(reminders, reminder_id):
    with pytest.raises(NotFoundError):
        reminders.get(ReminderId(reminder_id))


@pytest.mark.parametrize("size", [1, 2, 5, 99, 1000])
def test_a_list_pages_to_its_end_newest_first(reminders, size):
    mine = numbered(5)
    entered(reminders, *mine, a_reminder(author=PersonId("sgt-lind"), account=AccountId("other")))

    for listed, whose in (
        (reminders.by_author, REMINDER.author),
        (reminders.by_account, REMINDER.account),
    ):
        found, cursor = [], None
        while True:
            part = listed(whose, size, cursor)
            found += part.entries
            cursor = part.cursor
            if cursor is None:
                break
        assert found == list(reversed(mine))


def test_a_list_of_nobody_is_empty_and_a_cursor_of_nobody_refused(reminders):
    assert reminders.by_author(PersonId("nobody"), 20, None).entries == ()
    assert reminders.by_account(AccountId(""), 20, None).entries == ()
    with pytest.raises(InvalidCursorError):
        reminders.by_author(PersonId("nobody"), 20, "zzz")


def test_it_is_due_when_there_is_something_to_do_longest_waiting_first(reminders):
    soon, later = numbered(2)
    later = replace(later, rule=replace(later.rule, first_day=date(2026, 11, 10)))
    entered(reminders, later, soon)
    first = coming(later, NOW)[0].due_at - AHEAD

    assert reminders.due(NOW) == (soon.reminder_id,)
    assert reminders.due(first - timedelta(seconds=1)) == (soon.reminder_id,)
    assert reminders.due(first) == (soon.reminder_id, later.reminder_id)


def test_one_that_has_ended_is_never_due(reminders):
    entered(reminders, REMINDER)
    after = replace(REMINDER, standing=Standing(Status.ENDED, NOW, "pc-okafor"))
    reminders.change(REMINDER, after, act(after))

    assert reminders.due(NOW + timedelta(days=999)) == ()


# ── every shape comes back ───────────────────────────────────────────────────

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
DAYS = st.dates()
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
EVERY = st.integers(1, 12)
RULES = st.builds(
    Rule,
    pattern=st.one_of(
        st.builds(Weekly, st.frozensets(st.integers(0, 6)), EVERY),
        st.builds(MonthlyByWeekday, st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 6), EVERY),
        st.builds(MonthlyByDay, st.integers(1, 31), EVERY),
    ),
    first_day=DAYS,
    last_day=DAYS,
    starts=CLOCKS,
    due=st.builds(DaysBefore, st.integers(0, 14), CLOCKS)
    | st.builds(HoursBefore, st.integers(1, 72)),
    ends=st.none() | CLOCKS,
    skipped=st.frozensets(DAYS, max_size=3),
    moved=st.lists(st.builds(Moved, DAYS, DAYS, st.none() | CLOCKS), max_size=3).map(tuple),
    not_on_bank_holidays=st.booleans(),
)
MOMENTS = st.datetimes(max_value=NOW.replace(year=9000, tzinfo=None)).map(
    lambda at: at.replace(tzinfo=NOW.tzinfo)
)
REMINDERS = st.builds(
    Reminder,
    reminder_id=NAME.map(ReminderId),
    account=NAME.map(AccountId),
    author=NAME.map(PersonId),
    title=TEXT,
    text=TEXT,
    place=TEXT,
    platforms=st.lists(NAME.map(PlatformName), max_size=3).map(tuple),
    rule=RULES,
    created_at=MOMENTS,
    standing=st.builds(Standing, st.sampled_from(Status), MOMENTS, NAME, TEXT, told=st.booleans()),
    editor=st.none() | NAME.map(PersonId),
    revision=st.integers(1, 10**6),
    ending_told=st.booleans(),
    sent=st.lists(
        st.builds(
            Sent,
            DAYS,
            NAME.map(PostId),
            st.integers(1, 99),
            TEXT.map(ContentHash),
            final=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
)


@settings(suppress_health_check=list(HealthCheck))
@given(REMINDERS, st.none() | MOMENTS)
def test_every_reminder_comes_back_from_its_row_as_it_went_in(reminder, look):
    row = reminder_row(TABLES, reminder, look)

    assert reminder_of(TABLES.reminders.from_raw_data(row.serialize())) == reminder
