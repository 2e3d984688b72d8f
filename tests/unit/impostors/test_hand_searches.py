"""What only a person can search has its turn every quarter of a year, account by account."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.accounts.registry import AccountStatus, Handle
from shared.impostors.hand_searches import (
    EVERY,
    HandSearch,
    asking,
    is_searched_for,
    platforms_by_hand,
)
from shared.impostors.places import by_hand
from shared.posts.names import AccountId, PersonId, PlatformName
from tests.builders import an_account

TODAY, DAY = date(2026, 11, 20), timedelta(days=1)
LEEK, ASH = AccountId("leek-npt"), PersonId("pc-ash")
X, FACEBOOK, TIKTOK = map(PlatformName, ("x", "facebook", "tiktok"))


def searched(platform, on=TODAY):
    return HandSearch(LEEK, platform, on, ASH if on else None)


def test_where_a_program_searches_for_an_account_nobody_has_to():
    silent = an_account(handles=())
    speaks = an_account(handles=(Handle(X, "leek", "https://api.x.example"),))

    assert set(platforms_by_hand(silent)) - set(platforms_by_hand(speaks)) == {X}
    assert {FACEBOOK, TIKTOK} <= set(platforms_by_hand(speaks))
    assert PlatformName("sandbox") not in platforms_by_hand(speaks)


def test_every_search_that_is_asked_for_has_a_link_to_make_it_by():
    account = an_account(handles=())

    words = " ".join(each.words for each in by_hand(account))

    for platform in platforms_by_hand(account):
        assert f"search {platform} " in words.lower()


@pytest.mark.parametrize("status", AccountStatus)
def test_only_for_accounts_in_use_does_anybody_search(status):
    wanted = {AccountStatus.ACTIVE, AccountStatus.SUSPENDED}

    assert is_searched_for(an_account(status=status)) == (status in wanted)


def test_what_was_searched_is_asked_for_again_only_when_its_time_is_over():
    both = [searched(FACEBOOK), searched(TIKTOK)]

    assert asking(both, TODAY + EVERY - DAY) is None
    found = asking(both, TODAY + EVERY)
    assert found is not None
    assert found.platforms == (FACEBOOK, TIKTOK)


def test_in_a_quarter_of_a_year_it_is_asked_for_once_until_somebody_searches():
    both = [searched(FACEBOOK), searched(TIKTOK)]

    names = [asking(both, TODAY + EVERY + number * DAY).name for number in range(181)]

    assert len(set(names[:90])) == 1
    assert len(set(names)) == 3
    again = [replace(each, searched_on=TODAY + EVERY) for each in both]
    assert asking(again, TODAY + EVERY) is None


def test_what_becomes_due_besides_is_told_with_what_was_due_before():
    first, both = [searched(FACEBOOK), searched(TIKTOK, TODAY + DAY)], TODAY + EVERY + DAY

    before, after = asking(first, TODAY + EVERY), asking(first, both)

    assert (before.platforms, after.platforms) == ((FACEBOOK,), (FACEBOOK, TIKTOK))
    assert before.name != after.name


def test_what_nobody_ever_searched_is_asked_for_at_once_and_in_each_quarter():
    never = [searched(FACEBOOK, None)]

    names = {asking(never, TODAY + number * DAY).name for number in range(365)}

    assert len(names) == 5  # the quarters that these days lie in
    assert asking([], TODAY) is None


def test_one_that_was_searched_does_not_hide_one_that_never_was():
    mixed = [searched(FACEBOOK), searched(TIKTOK, None)]

    now, later = asking(mixed, TODAY), asking(mixed, TODAY + EVERY)

    assert (now.platforms, later.platforms) == ((TIKTOK,), (FACEBOOK, TIKTOK))
    assert now.name != later.name
