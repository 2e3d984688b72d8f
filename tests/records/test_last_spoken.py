"""When an account spoke last is found without reading all its posts."""

from datetime import timedelta

import pytest

from shared.posts.life import Outcome
from shared.posts.names import AccountId
from shared.records.known_to_speak import TOGETHER, KnownToSpeak
from shared.records.last_spoken import AT_ONCE, LastSpoken
from shared.records.published import LONGEST_WAY
from tests.builders import NOW
from tests.records.test_published import LEEK, RIVERSIDE, out

__all__ = ["out"]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ASKED = ("Query", "BatchGetItem", "BatchGetItem")
"""What one account's newest posts are found by: their keys, the posts, and what became of them."""

SENT, FAILED, WITHDRAWN = Outcome.SENT, Outcome.FAILED, Outcome.WITHDRAWN


@pytest.fixture
def spoken(store):
    def ask(account=RIVERSIDE, after=NOW + 900 * DAY):
        return LastSpoken(store).several({account: after}, NOW).get(account)

    return ask


@pytest.fixture
def mornings(store):
    """Asks of several accounts whether they spoke in the last two days, and on several days."""

    def ask(*accounts, at=NOW):
        return LastSpoken(store).several(dict.fromkeys(accounts, at - 2 * DAY), at)

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
    assert calls == ["BatchGetItem", *ASKED, "PutItem"]


def test_who_spoke_lately_enough_is_asked_nothing_more(out, spoken, calls):
    for _ in range(3 * AT_ONCE):
        out({"sandbox": SENT}, at=NOW)

    calls.clear()
    assert spoken(after=NOW - DAY) == NOW
    assert calls == ["BatchGetItem", *ASKED, "PutItem"]


def test_what_one_morning_found_the_next_does_not_ask(out, mornings, calls):
    out({"sandbox": SENT}, at=NOW)
    out({"sandbox": SENT}, at=NOW - DAY, account=LEEK)
    mornings(RIVERSIDE, LEEK)

    calls.clear()
    assert mornings(RIVERSIDE, LEEK) == {RIVERSIDE: NOW, LEEK: NOW - DAY}
    assert calls == ["BatchGetItem"]


def test_who_may_be_silent_by_what_is_known_is_asked_again_and_nobody_else(out, mornings, calls):
    out({"sandbox": SENT}, at=NOW)
    out({"sandbox": SENT}, at=NOW - DAY, account=LEEK)
    mornings(RIVERSIDE, LEEK)
    out({"sandbox": SENT}, at=NOW + HOUR, account=LEEK)

    calls.clear()
    found = mornings(RIVERSIDE, LEEK, at=NOW + DAY)

    assert found == {RIVERSIDE: NOW, LEEK: NOW + HOUR}
    assert calls == ["BatchGetItem", *ASKED, "PutItem"]


def test_who_spoke_exactly_as_long_ago_as_nobody_minds_is_asked_again(out, mornings):
    out({"sandbox": SENT}, at=NOW)
    mornings(RIVERSIDE)
    out({"sandbox": SENT}, at=NOW + HOUR)

    assert mornings(RIVERSIDE, at=NOW + 2 * DAY) == {RIVERSIDE: NOW + HOUR}


def test_many_accounts_are_read_together(out, mornings, calls):
    accounts = [AccountId(f"team-{number}") for number in range(5)]
    for account in accounts:
        out({"sandbox": SENT}, at=NOW, account=account)

    calls.clear()
    assert mornings(*accounts) == dict.fromkeys(accounts, NOW)
    asked = [*["Query"] * len(accounts), "BatchGetItem", "BatchGetItem"]
    assert calls == ["BatchGetItem", *asked, "PutItem"]


def test_one_whose_newest_did_not_go_out_is_looked_at_further_beside_the_others(out, mornings):
    out({"sandbox": SENT}, at=NOW - HOUR)
    for _ in range(AT_ONCE):
        out({"sandbox": FAILED}, at=NOW)
    out({"sandbox": SENT}, at=NOW, account=LEEK)

    assert mornings(RIVERSIDE, LEEK) == {RIVERSIDE: NOW - HOUR, LEEK: NOW}


def test_what_was_known_and_is_lost_is_found_again(store, out, mornings):
    out({"sandbox": SENT}, at=NOW)
    mornings(RIVERSIDE)
    for row in store.notices.scan():
        row.delete()

    assert mornings(RIVERSIDE) == {RIVERSIDE: NOW}


def test_of_more_accounts_than_one_row_holds_every_one_is_known(store):
    known = {AccountId(f"team-{number:04}"): NOW for number in range(TOGETHER + 1)}

    KnownToSpeak(store).keep(known, NOW)

    assert KnownToSpeak(store).read(len(known)) == known
    assert len(list(store.notices.scan())) == 2
