"""Accounts and people: entered once, changed only from what was read, found by who they are."""

from dataclasses import replace

import pytest

from shared.accounts.registry import AccountStatus, PersonStatus
from shared.posts.names import AccountId, PersonId
from shared.records.accounts import Accounts
from shared.records.errors import (
    AlreadyExistsError,
    AmbiguousEmailError,
    ChangedError,
    NotFoundError,
)
from shared.records.outbox import Outbox
from shared.records.people import People
from tests.builders import a_pen, a_person, an_account, an_act, an_approver


@pytest.fixture
def accounts(store):
    return Accounts(store, a_pen())


@pytest.fixture
def people(store):
    return People(store, a_pen())


class TestAccounts:
    def test_an_entered_account_is_read_back_as_it_was(self, accounts, store):
        account = an_account(deputies=frozenset({PersonId("b"), PersonId("a")}), senior=True)

        accounts.enter(account, an_act("account.opened"))

        assert accounts.get(account.account_id) == account
        assert len(Outbox(store).pending(10)) == 1

    def test_an_id_is_entered_once(self, accounts):
        accounts.enter(an_account(), an_act())

        with pytest.raises(AlreadyExistsError):
            accounts.enter(an_account(title="Another"), an_act())

    def test_a_change_takes_the_place_of_what_was_read(self, accounts):
        before = an_account()
        accounts.enter(before, an_act())
        after = replace(before, status=AccountStatus.SUSPENDED)

        accounts.change(before, after, an_act("account.suspended"))

        assert accounts.get(before.account_id) == after

    def test_a_change_of_what_was_changed_meanwhile_is_refused(self, accounts, store):
        before = an_account()
        accounts.enter(before, an_act())
        accounts.change(before, replace(before, status=AccountStatus.CLOSED), an_act())

        with pytest.raises(ChangedError):
            accounts.change(before, replace(before, title="Renamed"), an_act())

        assert accounts.get(before.account_id).status is AccountStatus.CLOSED
        assert len(Outbox(store).pending(10)) == 2

    def test_all_accounts_come_by_id(self, accounts):
        for account_id in ("harbour", "abbey", "riverside"):
            accounts.enter(an_account(account_id), an_act())

        assert [account.account_id for account in accounts.all()] == [
            "abbey",
            "harbour",
            "riverside",
        ]

    @pytest.mark.parametrize("account_id", ["", "nobody", "x" * 5000, "\ud83d"])
    def test_an_account_nobody_opened_is_not_found(self, accounts, account_id):
        with pytest.raises(NotFoundError):
            accounts.get(AccountId(account_id))


class TestPeople:
    def test_an_entered_person_is_read_back_as_they_were(self, people):
        person = an_approver(duty=3)

        people.enter(person, an_act("person.entered"))

        assert people.get(person.person_id) == person
        assert people.all() == (person,)

    def test_an_id_is_entered_once(self, people):
        people.enter(a_person(), an_act())

        with pytest.raises(AlreadyExistsError):
            people.enter(a_person(), an_act())

    @pytest.mark.parametrize("typed", ["Ada@Force.Example", "ada@force.example"])
    def test_an_address_is_found_whatever_its_capitals(self, people, typed):
        person = a_person("ada", email="Ada@force.example")
        people.enter(person, an_act())

        assert people.by_email(typed) == person

    @pytest.mark.parametrize("email", ["", "nobody@force.example", "x" * 5000, "\ud83d"])
    def test_an_address_nobody_has_is_not_found(self, people, email):
        people.enter(a_person(email=""), an_act())

        with pytest.raises(NotFoundError):
            people.by_email(email)

    def test_two_people_with_one_address_are_not_guessed_between(self, people):
        for person_id in ("ada", "bo"):
            people.enter(a_person(person_id, email="shared@force.example"), an_act())

        with pytest.raises(AmbiguousEmailError) as refused:
            people.by_email("shared@force.example")

        assert set(refused.value.people) == {"ada", "bo"}

    def test_a_leaver_is_seen_to_have_left_at_once(self, people):
        before = a_person()
        people.enter(before, an_act())

        people.change(before, replace(before, status=PersonStatus.LEFT), an_act())

        assert people.by_email(before.email).status is PersonStatus.LEFT

    def test_a_new_address_takes_the_place_of_the_old(self, people):
        before = a_person(email="old@force.example")
        people.enter(before, an_act())
        after = replace(before, email="new@force.example")

        people.change(before, after, an_act())

        assert people.by_email("new@force.example") == after
        with pytest.raises(NotFoundError):
            people.by_email("old@force.example")

    def test_a_change_of_what_was_changed_meanwhile_is_refused(self, people):
        before = a_person()
        people.enter(before, an_act())
        people.change(before, replace(before, status=PersonStatus.LEFT), an_act())

        with pytest.raises(ChangedError):
            people.change(before, replace(before, mobile="+44"), an_act())


class TestDuty:
    def test_approvers_on_duty_come_in_the_order_they_are_asked_in_one_call(self, people, calls):
        for person_id, duty in (("third", 10), ("first", 0), ("second", 2)):
            people.enter(an_approver(person_id, duty=duty), an_act())
        people.enter(a_person(), an_act())
        calls.clear()

        on_duty = people.on_duty()

        assert [person.person_id for person in on_duty] == ["first", "second", "third"]
        assert on_duty[0] == an_approver("first")
        assert calls == ["Query"]

    @pytest.mark.parametrize(
        "status", [PersonStatus.AWAY, PersonStatus.SUSPENDED, PersonStatus.LEFT]
    )
    def test_whoever_is_not_active_is_not_asked(self, people, status):
        before = an_approver()
        people.enter(before, an_act())

        people.change(before, replace(before, status=status), an_act())

        assert people.on_duty() == ()
        assert people.get(before.person_id).duty == 0
