"""The invented force: nobody in it is real, and everybody can do what the demo asks of them."""

import re
from collections import Counter

import pytest

from local.force import DOMAIN, MOORSHIRE, PEOPLE, accounts, handle_name
from shared.accounts.faults import account_faults, opening_faults, person_faults
from shared.accounts.hierarchy import link_faults
from shared.accounts.registry import ApprovalMode, Level, Role
from shared.accounts.rights import DUTY_OFFICER, Right, may, may_post
from shared.posts.names import PlatformName

SERVICES = {
    PlatformName("sandbox"): "http://127.0.0.1:1",
    PlatformName("bluesky"): "http://127.0.0.1:2",
}
ACCOUNTS = accounts(SERVICES)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.person_id)
def test_a_telephone_number_is_from_the_range_kept_for_drama(person):
    assert re.fullmatch(r"\+447700900\d{3}", person.mobile)


@pytest.mark.parametrize("entry", [*PEOPLE, *ACCOUNTS], ids=lambda entry: entry.email)
def test_an_e_mail_address_is_the_forces_and_the_forces_domain_can_never_be_real(entry):
    name, _, domain = entry.email.partition("@")

    assert domain == DOMAIN
    assert DOMAIN.endswith(".example")
    assert re.fullmatch(r"[a-z]+(\.[a-z]+)?", name)


@pytest.mark.parametrize("field", ["person_id", "name", "email", "mobile"])
def test_no_two_people_share_anything(field):
    assert max(Counter(getattr(person, field) for person in PEOPLE).values()) == 1


def test_no_two_accounts_share_anything():
    for field in ("account_id", "title", "email"):
        assert len({getattr(account, field) for account in ACCOUNTS}) == len(ACCOUNTS)


def test_every_role_is_played_by_somebody():
    assert {person.role for person in PEOPLE} == set(Role)


def test_every_level_has_an_account_and_some_are_trusted_and_some_are_watched():
    assert {account.level for account in ACCOUNTS} == set(Level)
    modes = {account.approval_mode for account in ACCOUNTS}
    assert modes == {ApprovalMode.ALWAYS, ApprovalMode.FLAGGED}


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.account_id)
def test_an_account_is_owned_and_written_by_people_who_exist_and_may_post(account):
    people = {person.person_id: person for person in PEOPLE}

    for person_id in {account.owner, *account.members, *account.deputies}:
        assert may_post(people[person_id], account).allowed


def test_the_rota_has_one_approver_for_each_place_so_that_deputies_are_others():
    rota = sorted((p.duty, p) for p in PEOPLE if p.duty is not None)

    assert [duty for duty, _ in rota] == [0, 1, 2]
    assert all(may(person, Right.APPROVE).allowed for _, person in rota)


def test_what_is_grave_finds_a_senior_approver_and_a_senior_duty_officer():
    assert {person.duty for person in PEOPLE if person.senior} == {0, DUTY_OFFICER}


def test_an_account_has_a_voice_on_every_platform_that_is_served_and_nowhere_else():
    for account in ACCOUNTS:
        assert [(h.platform, h.service) for h in account.handles] == list(SERVICES.items())
    assert all(account.handles == () for account in accounts({}))


def test_no_two_accounts_have_the_same_name_on_a_platform():
    for platform in SERVICES:
        names = {handle_name(account.account_id, platform) for account in ACCOUNTS}
        assert len(names) == len(ACCOUNTS)


def test_the_registry_finds_no_fault_with_anybody():
    assert [fault for person in PEOPLE for fault in person_faults(person, MOORSHIRE)] == []


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.account_id)
def test_the_registry_finds_no_fault_with_an_account_and_lets_it_speak(account):
    assert account_faults(account, MOORSHIRE) == ()
    assert opening_faults(account) == ()
    assert link_faults(account, Everything()) == ()


class Everything:
    def account(self, account_id):
        return next((each for each in ACCOUNTS if each.account_id == account_id), None)

    def person(self, person_id):
        return next((each for each in PEOPLE if each.person_id == person_id), None)

    def person_with(self, email):
        return next((each for each in PEOPLE if each.email == email), None)
