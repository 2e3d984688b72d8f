"""Whoever searched by hand says where and on which day, of what is searched by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.accounts.registry import AccountStatus
from shared.impostors.errors import InvalidCaseError
from shared.impostors.hand_searches import HandSearch
from tests.builders import NOW, a_person, an_account
from watch.impostors.search_by_hand import hand_searches, search_by_hand

DAY, TODAY = timedelta(days=1), NOW.date()
LEEK, ASH = an_account("leek-npt"), a_person("pc-ash")


class Kept:
    """Searches as they are kept, in memory."""

    def __init__(self):
        self.last = {}

    def several(self, targets):
        return {target: self.last.get(target, HandSearch(*target)) for target in targets}

    def keep(self, before, searched_on, by, at):
        after = tuple(replace(each, searched_on=searched_on, by=by) for each in before)
        self.last |= {(each.account, each.platform): each for each in after}
        return after


@pytest.fixture
def kept():
    return Kept()


def search(kept, *platforms, on=TODAY, account=LEEK):
    return search_by_hand(account, platforms, on, ASH, searches=kept, now=NOW)


def test_several_places_are_searched_on_one_day(kept):
    made = search(kept, "facebook", "youtube")

    assert {(each.platform, each.searched_on, each.by) for each in made} == {
        ("facebook", TODAY, ASH.person_id),
        ("youtube", TODAY, ASH.person_id),
    }
    [known] = hand_searches([LEEK], kept).values()
    assert {each.platform for each in known if not each.is_due(TODAY)} == {"facebook", "youtube"}


@pytest.mark.parametrize("platforms", [(), ("sandbox",), ("facebook", "nowhere")])
def test_somewhere_else_is_not_searched_by_hand(kept, platforms):
    with pytest.raises(InvalidCaseError) as caught:
        search(kept, *platforms)

    assert (caught.value.field, kept.last) == ("platforms", {})


@pytest.mark.parametrize("on", [None, TODAY + DAY, TODAY - 2 * DAY])
def test_a_day_is_neither_to_come_nor_before_the_last_time(kept, on):
    search(kept, "facebook", on=TODAY - DAY)

    with pytest.raises(InvalidCaseError) as caught:
        search(kept, "facebook", "tiktok", on=on)

    assert caught.value.field == "searched_on"
    assert {each.searched_on for each in kept.last.values()} == {TODAY - DAY}


def test_for_an_account_that_is_closed_nobody_searches(kept):
    closed = replace(LEEK, status=AccountStatus.CLOSED)

    assert hand_searches([closed], kept) == {}
    with pytest.raises(InvalidCaseError):
        search(kept, "facebook", account=closed)
