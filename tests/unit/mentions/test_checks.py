"""Who hears that nobody looked: the owner first, whoever is above after two days, each once."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import AccountStatus, StatusChange
from shared.mentions.checks import Whom, days_asked, missed
from shared.posts.names import AccountId, PersonId
from tests.builders import NOW, an_account

ABOVE = an_account("moors", owner=PersonId("insp-above"))
BELOW = an_account("leek", owner=PersonId("pc-own"), parent=AccountId("moors"))
ALONE = an_account("alone", owner=PersonId("pc-alone"))
ACCOUNTS = {each.account_id: each for each in (ABOVE, BELOW, ALONE)}
DAYS = days_asked(NOW)
YESTERDAY, BEFORE, EARLIER = DAYS
ALL = {(account, day) for account in ACCOUNTS for day in DAYS}


def told(done, accounts=ACCOUNTS):
    return [
        each.whom
        for each in missed(accounts.values(), done, DAYS)
        if each.account.account_id == "leek"
    ]


def without(*days):
    return {each for each in ALL if each[0] != "leek" or each[1] not in days}


def test_nobody_hears_anything_where_somebody_looked():
    assert missed(ACCOUNTS.values(), ALL, DAYS) == ()


def test_the_owner_hears_of_the_first_day_and_whoever_is_above_of_the_second():
    assert told(without(YESTERDAY)) == [Whom.OWNER]
    assert told(without(YESTERDAY, BEFORE)) == [Whom.SUPERVISOR]
    assert told(without(*DAYS)) == []
    assert told(without(BEFORE, EARLIER)) == []
    assert told(without(YESTERDAY, EARLIER)) == [Whom.OWNER]


def test_an_account_that_was_not_open_then_was_not_missed():
    change = StatusChange(AccountStatus.ACTIVE, NOW - timedelta(days=1), "web", "Opened.")
    closed = an_account("leek", status=AccountStatus.SUSPENDED)
    new = an_account("leek", history=(change,))

    assert told(set(), {AccountId("leek"): closed}) == []
    assert told(set(), {AccountId("leek"): new}) == []


def test_yesterday_is_londons():
    assert days_asked(datetime(2026, 7, 1, 22, 59, tzinfo=UTC))[0] == date(2026, 6, 30)
    assert days_asked(datetime(2026, 7, 1, 23, 0, tzinfo=UTC))[0] == date(2026, 7, 1)


@given(st.sets(st.sampled_from(sorted(ALL))))
def test_of_one_account_and_day_one_person_hears_at_most(done):
    found = missed(ACCOUNTS.values(), done, DAYS)

    assert len({each.account.account_id for each in found}) == len(found)
    assert all((each.account.account_id, each.day) not in done for each in found)
