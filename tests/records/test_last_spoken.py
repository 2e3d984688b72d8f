"""When an account spoke last is found without reading all its posts."""

from datetime import timedelta

import pytest

from shared.posts.life import Outcome
from shared.records.last_spoken import AT_ONCE, LastSpoken
from shared.records.published import LONGEST_WAY
from tests.builders import NOW
from tests.records.test_published import LEEK, RIVERSIDE, out

__all__ = ["out"]

DAY = timedelta(days=1)
SENT, FAILED, WITHDRAWN = Outcome.SENT, Outcome.FAILED, Outcome.WITHDRAWN


@pytest.fixture
def spoken(store):
    def ask(account=RIVERSIDE, enough=NOW + 900 * DAY):
        return LastSpoken(store).of(account, enough)

    return ask


def test_an_account_that_never_spoke_has_no_such_moment(out, spoken):
    out({"sandbox": FAILED})
    out({"sandbox": SENT}, account=LEEK)

    assert spoken() is None


def test_the_newest_that_went_out_counts_whatever_became_of_it_since(out, spoken):
    out({"sandbox": SENT}, at=NOW)
    out({"sandbox": WITHDRAWN}, at=NOW + DAY)
    out({"sandbox": FAILED}, at=NOW + 2 * DAY)

    assert spoken() == NOW + DAY


def test_one_that_was_made_long_before_it_went_out_is_found_behind_newer_ones(out, spoken):
    out({"sandbox": SENT}, sent_in=NOW - LONGEST_WAY + DAY, at=NOW + DAY)
    for _ in range(AT_ONCE):
        out({"sandbox": SENT}, at=NOW)

    assert spoken() == NOW + DAY


def test_behind_what_was_made_so_long_before_that_it_cannot_be_newer_nobody_looks(
    out, spoken, calls
):
    for before in (2, 1):
        for _ in range(AT_ONCE):
            out({"sandbox": SENT}, at=NOW - before * (LONGEST_WAY + DAY))
    out({"sandbox": SENT}, at=NOW)

    calls.clear()
    assert spoken() == NOW
    assert calls == ["Query", "BatchGetItem", "BatchGetItem", "Query"]


def test_who_spoke_lately_enough_is_asked_nothing_more(out, spoken, calls):
    for _ in range(3 * AT_ONCE):
        out({"sandbox": SENT}, at=NOW)

    calls.clear()
    assert spoken(enough=NOW - DAY) == NOW
    assert calls == ["Query", "BatchGetItem", "BatchGetItem"]
