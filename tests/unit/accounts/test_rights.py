"""Who may do what: every role, every standing, every act, and the reason for each no."""

import pytest

from shared.accounts.registry import AccountStatus, PersonStatus, Role
from shared.accounts.rights import (
    READING,
    RIGHTS,
    WHY_NOT,
    WRITERS,
    Right,
    may,
    may_post,
    may_publish_urgently,
    may_read_everything,
)
from shared.posts.names import PersonId
from tests.builders import a_person, an_account

ME = "me"
OWN = {
    "its owner": an_account(owner=PersonId(ME), members=frozenset()),
    "a member": an_account(members=frozenset({PersonId(ME)})),
    "a deputy": an_account(members=frozenset(), deputies=frozenset({PersonId(ME)})),
}
SOMEBODY_ELSES = an_account(members=frozenset({PersonId("else")}))

ROLES = [
    # role, posts for any account, approves, reads everything
    (Role.OFFICER, False, False, False),
    (Role.PCSO, False, False, False),
    (Role.LPT_COMMANDER, False, False, False),
    (Role.COMMS, True, True, True),
    (Role.CORPORATE, True, True, True),
    (Role.REGISTRAR, False, False, True),
    (Role.AUDITOR, False, False, True),
    (Role.PROFESSIONAL_STANDARDS, False, False, True),
]


def test_the_table_names_every_role():
    assert {row[0] for row in ROLES} == set(Role)


@pytest.mark.parametrize(("role", "posts", "approves", "reads"), ROLES)
def test_a_role_may_do_what_its_line_says_and_no_more(role, posts, approves, reads):
    person = a_person(ME, role=role)

    assert may_post(person, SOMEBODY_ELSES).allowed is posts
    assert may(person, Right.APPROVE).allowed is approves
    assert may_read_everything(person) is reads


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("standing", OWN)
def test_those_who_write_post_for_their_own_account_and_those_who_look_into_things_do_not(
    role, standing
):
    answer = may_post(a_person(ME, role=role), OWN[standing])

    assert answer.allowed is (role in WRITERS)
    assert answer.allowed or "does not post" in answer.reason


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("status", PersonStatus)
def test_every_cell_of_the_table(right, role, status):
    answer = may(a_person(ME, role=role, status=status), right)

    reads = status is PersonStatus.AWAY and right in READING
    assert answer.allowed is (role in RIGHTS[right] and (status is PersonStatus.ACTIVE or reads))


def test_the_table_has_a_line_and_a_sentence_for_every_right():
    assert set(RIGHTS) == set(WHY_NOT) == set(Right)


@pytest.mark.parametrize("status", sorted(set(PersonStatus) - {PersonStatus.ACTIVE}))
def test_only_an_active_person_acts_whatever_their_role(status):
    for role in Role:
        person = a_person(ME, role=role, status=status)

        assert not may_post(person, OWN["its owner"]).allowed
        assert not may(person, Right.APPROVE).allowed


@pytest.mark.parametrize("status", sorted(set(AccountStatus) - {AccountStatus.ACTIVE}))
def test_only_an_active_account_speaks_not_even_through_the_centre(status):
    account = an_account(owner=PersonId(ME), status=status)

    for role in Role:
        answer = may_post(a_person(ME, role=role), account)

        assert not answer.allowed
        assert status.value in answer.reason or role not in WRITERS


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("status", PersonStatus)
@pytest.mark.parametrize(("duty", "senior"), [(None, False), (1, False), (2, False), (None, True)])
def test_a_commander_and_of_the_centre_the_duty_officer_or_a_senior_publish_at_once(
    role, status, duty, senior
):
    answer = may_publish_urgently(a_person(ME, role=role, status=status, duty=duty, senior=senior))

    of_the_centre = role in {Role.COMMS, Role.CORPORATE} and (duty == 2 or senior)
    able = of_the_centre or role is Role.LPT_COMMANDER
    assert answer.allowed is (able and status is PersonStatus.ACTIVE)
    assert bool(answer.reason) is not answer.allowed


def test_every_no_has_a_sentence_for_the_person_who_asked_and_yes_has_none():
    asked = [
        *(
            may_post(a_person(ME, role=r, status=s), SOMEBODY_ELSES)
            for r in Role
            for s in PersonStatus
        ),
        *(may(a_person(ME, role=r), Right.APPROVE) for r in Role),
        *(may_post(a_person(ME), an_account(status=status)) for status in AccountStatus),
    ]

    for answer in asked:
        assert bool(answer.reason) is not answer.allowed
        assert answer.allowed or answer.reason.endswith(".")
