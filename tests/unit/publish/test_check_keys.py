"""Keys are tried before a post needs them, and what is newly refused rings once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from publish.check_keys import ENOUGH, Desk, check_keys
from publish.credentials import CredentialsError
from shared.accounts.acts import Happened
from shared.accounts.custody import CHECK_EVERY, ROTATE_AFTER, Check, Custody, Use
from shared.accounts.registry import AccountStatus
from shared.platforms.base import (
    NotSentError,
    SignInError,
    UnreachableError,
    UnsupportedError,
)
from shared.posts.names import AccountId, PersonId, PlatformName
from tests.builders import NOW, a_draft, a_post, an_account

SANDBOX = PlatformName("sandbox")
ACCOUNT = an_account()


def a_custody(account="riverside", **changes):
    """Keys that were set and never tried."""
    who = PersonId("p-registrar")
    due = (NOW + ROTATE_AFTER).date()
    kept = Custody(AccountId(account), SANDBOX, frozenset({who}), who, due, set_at=NOW)
    return replace(kept, **changes)


class Custodies:
    """Custody in memory, with every act; `racing` has new keys set meanwhile."""

    def __init__(self, *kept, racing=False):
        self.kept, self.acts, self.racing, self.written = list(kept), [], racing, []

    def all(self):
        return tuple(self.kept)

    def change_each(self, changes):
        changes = list(changes)
        self.written.append(len(changes))
        for before, after, act in () if self.racing else changes:
            self.kept[self.kept.index(before)] = after
            self.acts += [act.type] if act else []
        return [not self.racing for _ in changes]


class Posts:
    """Posts that go out soon."""

    def __init__(self, *soon):
        self.soon = soon

    def stalled(self, before):
        return self.soon


class Snapshots:
    """Accounts in memory."""

    def __init__(self, *accounts):
        self.accounts = {each.account_id: each for each in accounts}

    def read(self, accounts):
        return Snapshots(*(self.accounts[key] for key in accounts if key in self.accounts))


class Opened:
    """A platform whose look ends in an error, or in nothing found."""

    def __init__(self, error=None, cause=None):
        self.error, self.cause, self.tried = error, cause, []

    def __call__(self, account, name):
        self.tried.append(f"{account.account_id}/{name}")
        if isinstance(self.error, CredentialsError):
            raise self.error
        return self

    def prepare(self, draft, key, now):
        return key

    def find(self, frozen):
        if self.error:
            raise self.error from self.cause


def a_desk(custodies, opened, posts=(), accounts=(ACCOUNT,)):
    return Desk(custodies, Posts(*posts), Snapshots(*accounts), opened, lambda: "01J")


@pytest.mark.parametrize(
    ("error", "cause", "check", "rings"),
    [
        (None, None, Check.GOOD, False),
        (UnreachableError("No."), SignInError("Wrong password."), Check.REFUSED, True),
        (SignInError("Wrong password."), None, Check.REFUSED, True),
        (CredentialsError("No keys."), None, Check.MISSING, True),
        (UnreachableError("No."), None, Check.NO_ANSWER, False),
        (NotSentError("No."), None, Check.NO_ANSWER, False),
        (UnsupportedError("No adapter."), None, Check.NO_ANSWER, False),
    ],
)
def test_what_comes_of_signing_in_is_on_record_and_rings_once(error, cause, check, rings):
    custodies, opened = Custodies(a_custody()), Opened(error, cause)

    first = check_keys(a_desk(custodies, opened), NOW)
    again = check_keys(a_desk(custodies, opened), NOW + CHECK_EVERY)

    assert custodies.kept[0].check is check
    assert first.newly_bad == (("riverside/sandbox",) if rings else ())
    assert again.newly_bad == ()
    assert (first.tried, again.tried) == (1, 1)
    assert custodies.acts == [Happened.KEYS_CHECKED]


def test_whose_keys_will_be_tried_is_said_beforehand():
    closed, expected = an_account("closed", status=AccountStatus.CLOSED), []
    custodies = Custodies(a_custody(), a_custody("closed"))
    desk = a_desk(custodies, Opened(), (), [ACCOUNT, closed])

    check_keys(replace(desk, expect=expected.extend), NOW)

    assert expected == [(ACCOUNT, SANDBOX)]


def test_what_was_found_is_written_for_several_together():
    count = 2 * ENOUGH + 3
    names = [f"account-{number:03}" for number in range(count)]
    custodies = Custodies(*map(a_custody, names))

    checked = check_keys(a_desk(custodies, Opened(), (), list(map(an_account, names))), NOW)

    assert checked.tried == count
    assert custodies.written == [ENOUGH, ENOUGH, 3]
    assert {each.check for each in custodies.kept} == {Check.GOOD}


def test_a_fault_that_is_no_platforms_loses_nothing_of_what_was_found_before_it():
    names = [f"account-{number:03}" for number in range(3)]
    custodies, opened = Custodies(*map(a_custody, names)), Opened()

    def breaks_at_the_last(account, name):
        if account.account_id == names[-1]:
            raise TimeoutError("The secrets cannot be read.")
        return opened(account, name)

    desk = a_desk(custodies, breaks_at_the_last, (), list(map(an_account, names)))
    with pytest.raises(TimeoutError):
        check_keys(desk, NOW)

    assert [each.check for each in custodies.kept] == [Check.GOOD, Check.GOOD, Check.UNTRIED]


def test_keys_are_tried_once_a_day():
    opened = Opened()

    check_keys(a_desk(Custodies(a_custody(checked_at=NOW)), opened), NOW + CHECK_EVERY / 2)

    assert opened.tried == []


def test_a_post_that_goes_out_soon_has_its_keys_tried_again_and_first():
    draft = a_draft(account="riverside", platforms=(SANDBOX,))
    soon, opened = a_post(draft=draft), Opened()
    other = a_custody("elsewhere")
    custodies = Custodies(other, a_custody(checked_at=NOW - timedelta(hours=1)))

    check_keys(a_desk(custodies, opened, [soon], [ACCOUNT, an_account("elsewhere")]), NOW)

    assert opened.tried == ["riverside/sandbox", "elsewhere/sandbox"]


@pytest.mark.parametrize(
    "account", [an_account(status=AccountStatus.SUSPENDED), an_account(handles=())]
)
def test_who_may_not_speak_there_is_not_signed_in(account):
    opened = Opened()

    assert check_keys(a_desk(Custodies(a_custody()), opened, (), [account]), NOW).tried == 0
    assert opened.tried == []


def test_keys_that_were_set_meanwhile_are_not_told_to_be_bad():
    custodies = Custodies(a_custody(), racing=True)

    checked = check_keys(a_desk(custodies, Opened(SignInError("Wrong."))), NOW)

    assert checked.newly_bad == ()


# ── when keys end ────────────────────────────────────────────────────────────

END = NOW + timedelta(days=40)


def told(desk, at):
    return replace(desk, ends={"riverside/sandbox": at}.get)


def test_an_end_that_the_platform_tells_is_kept_with_a_leaf():
    custodies = Custodies(a_custody(check=Check.GOOD))

    check_keys(told(a_desk(custodies, Opened()), END), NOW)

    assert custodies.kept[0].ends_at == END
    assert custodies.acts == [Happened.KEYS_CHECKED]


def test_the_same_end_told_a_little_otherwise_is_no_news():
    custodies = Custodies(a_custody(check=Check.GOOD, ends_at=END))

    check_keys(told(a_desk(custodies, Opened()), END + timedelta(minutes=2)), NOW)

    assert custodies.kept[0].ends_at == END
    assert custodies.acts == []


def test_a_platform_that_tells_no_end_leaves_the_one_that_is_known():
    custodies = Custodies(a_custody(check=Check.GOOD, ends_at=END))

    check_keys(a_desk(custodies, Opened()), NOW)

    assert custodies.kept[0].ends_at == END


def test_an_end_that_moves_does_not_ring_for_keys_that_were_refused_before():
    custodies = Custodies(a_custody(check=Check.REFUSED))

    checked = check_keys(told(a_desk(custodies, Opened(SignInError("Wrong."))), END), NOW)

    assert checked.newly_bad == ()
    assert custodies.kept[0].ends_at == END


def test_keys_that_only_read_are_not_for_this_room_to_try():
    opened = Opened()

    assert check_keys(a_desk(Custodies(a_custody(use=Use.READ)), opened), NOW).tried == 0
    assert opened.tried == []
