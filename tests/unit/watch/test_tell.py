"""What stands is told every morning, what is due once, and all of it in one letter a person."""

from dataclasses import replace

import pytest

from shared.mail.digest import Matter
from shared.mail.errors import MailError
from tests.builders import NOW, an_account
from tests.unit.watch.mornings import DAY, LIND, RAY, Morning
from watch.morning.due import Due, act_of
from watch.morning.find_silent import find_silent
from watch.morning.tell import MOST_LINES, tell

KEYS = Matter("Keys need you", "Leek on x: refused", (LIND, RAY), "/registry/credentials")
LATE = replace(an_account(rhythm_hours=1), kept_open_at=NOW - DAY)


def comes(morning, standing, days=0):
    now = NOW + days * DAY
    return tell(morning.office(), find_silent(morning.desk(), morning.who(), now), now, standing)


def test_what_stands_comes_every_morning_and_what_is_due_once_in_the_same_letter():
    morning = Morning(LATE)

    assert [comes(morning, [KEYS], day) for day in (0, 1)] == [1, 0]
    assert morning.told == [LIND.email, RAY.email] * 2
    first, second = (mail["Subject"] for mail in morning.letters if mail["To"] == LIND.email)
    assert (first, second) == ("2 things to see to", "1 thing to see to")


def test_what_stands_is_told_once_a_morning_however_often_the_job_is_called():
    morning = Morning(an_account(kept_open_at=NOW))

    for _ in range(2):
        comes(morning, [KEYS])

    assert morning.told == [LIND.email, RAY.email]
    assert morning.happened == ["morning.told"]


def test_a_line_says_on_which_page_it_is_seen_to():
    morning = Morning(LATE)
    comes(morning, [KEYS])

    text = morning.letters[0].get_body(("plain",)).get_content()
    said = "Keys need you: Leek on x: refused (https://bluelamp.example/registry/credentials)"
    assert said in text


def test_what_has_its_day_is_told_beside_a_full_letter_and_what_may_wait_waits():
    morning, subject = Morning(), "person:p-lind"
    dues = [
        Due(
            f"due/{n}",
            Matter("Look", f"Number {n}", (LIND,)),
            act_of("due.told", subject, NOW, None, {}),
        )
        for n in range(MOST_LINES + 2)
    ]
    dues[-1] = replace(dues[-1], may_wait=False)

    assert tell(morning.office(), dues, NOW) == MOST_LINES + 1
    assert tell(morning.office(), dues, NOW + DAY) == 1
    [first, second] = (mail.get_body(("plain",)).get_content() for mail in morning.letters)
    assert f"Number {MOST_LINES + 1}" in first
    assert f"Number {MOST_LINES}" in second


def test_where_nothing_that_stands_could_be_told_the_alarm_rings():
    morning = Morning(an_account(kept_open_at=NOW))
    morning.fails = MailError("No.")

    with pytest.raises(MailError):
        comes(morning, [KEYS])


def test_where_nothing_stands_and_nothing_is_due_no_letter_leaves():
    morning = Morning(an_account(kept_open_at=NOW))

    assert (comes(morning, []), morning.letters) == (0, [])
