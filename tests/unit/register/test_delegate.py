"""Handing one's approvals over: by oneself, to another approver, for days to come."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from register.delegate import delegate, end_delegation
from register.desk import REFUSE, Desk
from register.errors import NoDelegationError, NotThatPersonError
from shared.accounts.acts import Happened
from shared.accounts.errors import IncompletePersonError
from shared.accounts.force import Force
from shared.accounts.registry import Delegation, PersonStatus, Role
from shared.identity.session import NotAllowedError
from shared.posts.names import PersonId
from tests.builders import NOW, a_person, an_approver
from tests.unit.fakes import Ledger

RAY, SOL = an_approver("comms-ray"), an_approver("comms-sol", duty=None)
OFFICER, REGISTRAR = a_person("pc-okafor"), a_person("web-ada", role=Role.REGISTRAR)
TODAY, DAY = date(2026, 11, 20), timedelta(days=1)
COURSE = Delegation(SOL.person_id, TODAY + DAY, TODAY + 3 * DAY, "On a course.")


def a_desk(*people):
    ledger = Ledger().keep(RAY, SOL, OFFICER, REGISTRAR, *people)
    return ledger, Desk(ledger.accounts, ledger.people, None, Force("force.example"), REFUSE, print)


def hand_over(desk, found=COURSE, by=RAY, whose=RAY, now=NOW):
    return delegate(whose.person_id, found, by=by, desk=desk, now=now)


def take_back(desk, first_day, now=NOW):
    return end_delegation(RAY.person_id, first_day, by=RAY, desk=desk, now=now)


def test_an_approver_hands_their_approvals_over_and_it_is_on_record():
    ledger, desk = a_desk()

    after = hand_over(desk)

    assert ledger.people.get(RAY.person_id) == after == replace(RAY, delegations=(COURSE,))
    assert ledger.happened == [Happened.DELEGATED.value]
    (act,) = ledger.acts
    assert (act.actor, act.subject, act.reason) == ("comms-ray", "person:comms-ray", COURSE.why)
    assert act.payload == {
        "to": "comms-sol",
        "first_day": "2026-11-21",
        "last_day": "2026-11-23",
    }


@pytest.mark.parametrize("by", [SOL, REGISTRAR, OFFICER])
def test_nobody_hands_over_for_somebody_else_not_even_the_registrar(by):
    ledger, desk = a_desk()

    with pytest.raises(NotAllowedError):
        hand_over(desk, by=by)
    assert ledger.acts == []


@pytest.mark.parametrize("who", [OFFICER, REGISTRAR])
def test_whoever_approves_nothing_has_nothing_to_hand_over(who):
    _, desk = a_desk()

    with pytest.raises(NotAllowedError, match="Only communications staff"):
        hand_over(desk, by=who, whose=who)


USELESS = [
    ("nobody", None),
    ("no approver", a_person("comms-jo")),
    ("suspended", an_approver("comms-jo", status=PersonStatus.SUSPENDED)),
    ("the same person under a second address", replace(RAY, person_id=PersonId("comms-jo"))),
]


@pytest.mark.parametrize(("why", "jo"), USELESS, ids=[row[0] for row in USELESS])
def test_only_another_approver_can_be_asked_instead(why, jo):
    ledger, desk = a_desk(*([jo] if jo else []))

    with pytest.raises(NotThatPersonError, match="name another approver"):
        hand_over(desk, replace(COURSE, to=PersonId("comms-jo")))
    assert ledger.acts == []


FAULTS = [
    # what is wrong, the field that is told
    ({"to": RAY.person_id}, "to"),
    ({"why": " "}, "why"),
    ({"last_day": TODAY}, "last_day"),
    ({"first_day": TODAY - DAY}, "first_day"),
    ({"last_day": TODAY + 402 * DAY}, "last_day"),
]


@pytest.mark.parametrize(("wrong", "field"), FAULTS)
def test_what_cannot_be_is_told_field_by_field(wrong, field):
    _, desk = a_desk()

    with pytest.raises(IncompletePersonError) as refused:
        hand_over(desk, replace(COURSE, **wrong))
    assert [fault.field for fault in refused.value.faults] == [field]


@pytest.mark.parametrize("shift", [-2, 0, 2])
def test_no_day_is_handed_over_twice(shift):
    _, desk = a_desk()
    hand_over(desk, replace(COURSE, first_day=TODAY + 4 * DAY, last_day=TODAY + 6 * DAY))
    days = {"first_day": TODAY + (4 + shift) * DAY, "last_day": TODAY + (6 + shift) * DAY}

    with pytest.raises(IncompletePersonError, match="already"):
        hand_over(desk, replace(COURSE, **days))


def test_days_before_and_after_may_be_handed_over_too_and_stand_in_their_order():
    _, desk = a_desk()
    later = replace(COURSE, first_day=TODAY + 4 * DAY, last_day=TODAY + 6 * DAY)
    hand_over(desk, later)

    assert hand_over(desk).delegations == (COURSE, later)


# ── taken back early ─────────────────────────────────────────────────────────


def test_what_has_not_begun_is_gone_without_a_trace_but_its_leaves():
    ledger, desk = a_desk()
    hand_over(desk)

    assert take_back(desk, COURSE.first_day).delegations == ()
    assert ledger.happened == [Happened.DELEGATED.value, Happened.DELEGATION_ENDED.value]


def test_what_holds_already_ended_yesterday_and_they_are_asked_again_from_now_on():
    _, desk = a_desk()
    hand_over(desk)

    after = take_back(desk, COURSE.first_day, NOW + 2 * DAY)

    assert after.delegations == (replace(COURSE, last_day=COURSE.first_day),)


@pytest.mark.parametrize("at", [NOW + 4 * DAY, NOW + 40 * DAY])
def test_what_is_over_cannot_be_ended(at):
    _, desk = a_desk()
    hand_over(desk)

    with pytest.raises(NoDelegationError):
        take_back(desk, COURSE.first_day, at)


def test_what_never_was_cannot_be_ended():
    _, desk = a_desk()

    with pytest.raises(NoDelegationError):
        take_back(desk, COURSE.first_day)


def test_the_day_is_londons():
    _, desk = a_desk()
    summer = NOW.replace(month=6, day=30, hour=23, minute=30)

    with pytest.raises(IncompletePersonError):
        hand_over(desk, replace(COURSE, first_day=date(2026, 6, 30)), now=summer)
    assert hand_over(desk, replace(COURSE, first_day=date(2026, 7, 1)), now=summer).delegations
