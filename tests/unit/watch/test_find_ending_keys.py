"""Keys that the platform ends are told of once to the web team, in the morning's letter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.accounts.custody import ROTATE_AFTER, Custody, Use
from shared.accounts.registry import AccountStatus, Role
from shared.posts.names import AccountId, PlatformName
from tests.builders import NOW, a_person, an_account
from tests.unit.watch.mornings import DAY, LIND, RAY
from tests.unit.watch.mornings import Morning as AnyMorning
from watch.morning.find_ending_keys import find_ending_keys
from watch.morning.tell import NobodyToTellError, tell

REGISTRAR = a_person("p-web", role=Role.REGISTRAR)
SOON = NOW + 10 * DAY


def keys(**changes):
    due, who = (NOW + ROTATE_AFTER).date(), REGISTRAR.person_id
    linkedin = PlatformName("linkedin")
    kept = Custody(AccountId("riverside"), linkedin, frozenset({who}), who, due, set_at=NOW)
    return replace(kept, **changes)


class Morning(AnyMorning):
    def __init__(self, custody, *accounts, people=(LIND, RAY, REGISTRAR)):
        super().__init__(*accounts, people=people)
        self.custody = custody

    def comes(self, days=0):
        now = NOW + days * DAY
        return tell(self.office(), find_ending_keys([self.custody], self.who(), now), now)


def test_keys_that_end_within_two_weeks_are_told_to_the_web_team_once():
    morning = Morning(keys(ends_at=SOON))

    assert [morning.comes(days) for days in (-5, -4, 0, 11)] == [0, 1, 0, 0]
    assert morning.told == [REGISTRAR.email]
    assert morning.happened == ["credential.end_told"]
    text = " ".join(morning.letters[0].get_body(("plain",)).get_content().split())
    assert "they end on Monday 30 November 2026" in text
    assert "https://bluelamp.example/registry/credentials" in text


def test_what_has_ended_before_anybody_was_told_is_told_all_the_same():
    morning = Morning(keys(ends_at=NOW - DAY))

    assert morning.comes() == 1
    assert "they ended on" in morning.letters[0].get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    "custody",
    [
        keys(),
        keys(ends_at=NOW + 15 * DAY),
        keys(ends_at=SOON, begun_at=NOW),
        keys(ends_at=SOON, set_at=None),
    ],
)
def test_what_ends_later_is_not_known_to_end_or_is_being_replaced_is_not_told(custody):
    assert Morning(custody).comes() == 0


def test_the_keys_of_a_closed_or_unknown_account_end_in_silence():
    closed = an_account(status=AccountStatus.CLOSED)

    assert Morning(keys(ends_at=SOON), closed).comes() == 0
    assert Morning(keys(ends_at=SOON, account_id=AccountId("gone"))).comes() == 0


def test_a_platform_that_tells_another_moment_is_no_second_notice_and_new_keys_are():
    morning = Morning(keys(ends_at=SOON))
    morning.comes()

    morning.custody = keys(ends_at=SOON + timedelta(minutes=3))
    assert morning.comes(1) == 0
    morning.custody = keys(ends_at=SOON, set_at=NOW + DAY)
    assert morning.comes(2) == 1


def test_keys_that_only_read_are_told_of_too():
    assert Morning(keys(use=Use.READ, ends_at=SOON)).comes() == 1


def test_without_a_web_team_the_alarm_rings():
    with pytest.raises(NobodyToTellError):
        Morning(keys(ends_at=SOON), people=(LIND, RAY)).comes()
