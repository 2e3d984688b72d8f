"""Lives of accounts and people: which status may follow which, and that every step is told."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.force import accounts
from shared.accounts.errors import (
    IncompleteAccountError,
    IncompletePersonError,
    NotReverifiedError,
    RegistryError,
    UnlawfulAccountStepError,
    UnlawfulPersonStepError,
)
from shared.accounts.life import (
    ACCOUNT_MAY_BECOME,
    PERSON_MAY_BECOME,
    SHUT_OUT,
    account_becomes,
    person_becomes,
)
from shared.accounts.registry import AccountStatus, PersonStatus, StatusChange
from shared.posts.names import PlatformName
from tests.builders import NOW, a_person, an_account

COMPLETE = accounts({PlatformName("sandbox"): "https://sandbox.example"})[0]
SAID = {"at": NOW, "by": "p-registrar", "why": "Asked for by the area commander."}


@pytest.mark.parametrize(("now", "wanted"), [*product(AccountStatus, AccountStatus)])
def test_an_account_takes_the_steps_of_the_table_and_no_other(now, wanted):
    account = replace(COMPLETE, status=now)

    if wanted in ACCOUNT_MAY_BECOME[now]:
        after = account_becomes(account, wanted, **SAID)
        assert after.status is wanted
        assert after.history == (*account.history, StatusChange(wanted, *SAID.values()))
    else:
        with pytest.raises(UnlawfulAccountStepError):
            account_becomes(account, wanted, **SAID)


def test_closed_is_final():
    assert ACCOUNT_MAY_BECOME[AccountStatus.CLOSED] == frozenset()


@given(st.lists(st.sampled_from(AccountStatus), max_size=12))
def test_whatever_is_tried_closed_stays_closed_and_history_only_grows(wanted):
    account = replace(COMPLETE, status=AccountStatus.REQUESTED, history=())
    for status in wanted:
        was_closed = account.status is AccountStatus.CLOSED
        try:
            after = account_becomes(account, status, **SAID)
        except RegistryError:
            continue
        assert not was_closed
        assert after.history[:-1] == account.history
        assert after.history[-1].status is after.status
        account = after


def test_an_account_that_lacks_what_it_needs_may_not_speak_and_is_told_all_of_it():
    with pytest.raises(IncompleteAccountError) as refused:
        account_becomes(an_account(status=AccountStatus.APPROVED), AccountStatus.ACTIVE, **SAID)

    fields = {fault.field for fault in refused.value.faults}
    assert fields == {
        *("purpose", "audience", "force_page", "house_rules"),
        *("checklist", "two_step", "review_date"),
    }


@pytest.mark.parametrize("why", ["", "  ", "\n"])
def test_no_step_is_taken_without_a_reason(why):
    said = {**SAID, "why": why}

    with pytest.raises(IncompleteAccountError):
        account_becomes(COMPLETE, AccountStatus.SUSPENDED, **said)
    with pytest.raises(IncompletePersonError):
        person_becomes(a_person(), PersonStatus.SUSPENDED, **said)


@pytest.mark.parametrize(("now", "wanted"), [*product(PersonStatus, PersonStatus)])
def test_a_person_takes_the_steps_of_the_table_and_no_other(now, wanted):
    person = a_person(status=now, reverified_at=NOW)

    if wanted in PERSON_MAY_BECOME[now]:
        after = person_becomes(person, wanted, **SAID)
        assert after.status is wanted
        assert after.history == (StatusChange(wanted, *SAID.values()),)
    else:
        with pytest.raises(UnlawfulPersonStepError):
            person_becomes(person, wanted, **SAID)


@pytest.mark.parametrize("lost", sorted(SHUT_OUT))
@pytest.mark.parametrize("verified", [None, -1, 0])
def test_whoever_was_shut_out_returns_only_with_their_e_mail_verified_anew(lost, verified):
    at = verified if verified is None else NOW + timedelta(days=verified)
    shut_out = person_becomes(a_person(reverified_at=at), lost, **SAID)

    with pytest.raises(NotReverifiedError):
        person_becomes(shut_out, PersonStatus.ACTIVE, **SAID)

    back = replace(shut_out, reverified_at=NOW + timedelta(minutes=1))
    assert person_becomes(back, PersonStatus.ACTIVE, **SAID).status is PersonStatus.ACTIVE
