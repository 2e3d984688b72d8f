"""What only one account may hold: names on platforms and mailboxes, whoever writes at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from shared.accounts.registry import AccountStatus, Handle, ReservedName
from shared.posts.names import AccountId, PlatformName
from shared.records.account_entries import account_row
from shared.records.accounts import Accounts
from shared.records.errors import ChangedError, HeldError, InvalidCursorError
from shared.records.outbox import Outbox
from shared.records.people import People
from shared.records.person_entries import person_row
from tests.builders import a_pen, a_person, an_account, an_act

SANDBOX = PlatformName("sandbox")


@pytest.fixture
def accounts(store):
    return Accounts(store, a_pen())


def under(name):
    return (Handle(SANDBOX, name, "https://sandbox.example"),)


SAME = [
    {"handles": under("@RIVERSIDE.force.example")},
    {"handles": under("@river\u200bside.force.example")},
    {"handles": under("@r\u0456verside.force.example")},
    {"reserved_names": (ReservedName(SANDBOX, "riverside.force.example"),)},
    {"email": "Riverside@Force.Example"},
]


@pytest.mark.parametrize("same", SAME, ids=str)
def test_what_one_account_holds_no_other_is_entered_with(accounts, store, same):
    accounts.enter(an_account("riverside"), an_act())

    with pytest.raises(HeldError) as refused:
        accounts.enter(an_account("harbour", **same), an_act())

    assert refused.value.holder == "riverside"
    assert "riverside" in str(refused.value)
    assert [each.account_id for each in accounts.all()] == ["riverside"]
    assert len(Outbox(store).pending(10)) == 1


@pytest.mark.parametrize("same", SAME, ids=str)
def test_what_one_account_holds_no_other_changes_to(accounts, same):
    other = an_account("harbour")
    accounts.enter(an_account("riverside"), an_act())
    accounts.enter(other, an_act())

    with pytest.raises(HeldError):
        accounts.change(other, replace(other, **same), an_act())

    assert accounts.get(other.account_id) == other


def test_of_many_who_ask_for_one_name_at_once_one_gets_it(accounts):
    def ask(number):
        try:
            accounts.enter(an_account(f"team-{number}", handles=under("@leek")), an_act())
        except HeldError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(ask, range(8)))

    assert sum(got) == 1
    assert accounts.holder(SANDBOX, "@LEEK") == f"team-{got.index(True)}"


def test_what_is_given_up_another_may_have(accounts):
    before = an_account("riverside")
    accounts.enter(before, an_act())
    accounts.change(before, replace(before, email="new@force.example", handles=()), an_act())

    accounts.enter(an_account("harbour", email=before.email, handles=before.handles), an_act())

    assert accounts.mailbox_holder(before.email) == "harbour"
    assert accounts.holder(SANDBOX, before.handles[0].name) == "harbour"


def test_a_suspended_account_keeps_its_names_and_a_closed_one_gives_them_back(accounts):
    before = an_account("riverside")
    accounts.enter(before, an_act())
    suspended = replace(before, status=AccountStatus.SUSPENDED)
    accounts.change(before, suspended, an_act())
    assert accounts.mailbox_holder(before.email) == "riverside"

    accounts.change(suspended, replace(before, status=AccountStatus.CLOSED), an_act())

    assert accounts.mailbox_holder(before.email) is None
    accounts.enter(an_account("successor", email=before.email, handles=before.handles), an_act())


def test_a_mailbox_is_kept_for_a_team_before_its_account_is_there(accounts):
    accounts.allot("npt@force.example", AccountId("riverside"), an_act("mailbox.allotted"))

    with pytest.raises(HeldError):
        accounts.enter(an_account("harbour", email="NPT@force.example"), an_act())

    accounts.enter(an_account("riverside", email="npt@force.example"), an_act())
    with pytest.raises(HeldError):
        accounts.allot("npt@force.example", AccountId("harbour"), an_act())


@pytest.mark.parametrize("name", ["", "@nobody", "x" * 5000, "\ud83d"])
def test_a_name_nobody_holds_is_nobodys(accounts, name):
    assert accounts.holder(SANDBOX, name) is None
    assert accounts.mailbox_holder(name) is None


OLD_ACCOUNT = (
    '{"title":"Riverside","level":"neighbourhood","area":"Riverside","email":"r@force.example",'
    '"handles":[["sandbox","@r","https://sandbox.example"]],"owner":"sgt-lind","members":[],'
    '"deputies":[],"senior":false,"approval_mode":"flagged","status":"active"}'
)
OLD_PERSON = (
    '{"name":"Ada","email":"ada@force.example","mobile":"+447700900123","role":"officer",'
    '"status":"active","duty":null}'
)


def test_an_account_from_before_is_read_changed_and_spelled_as_it_was(accounts, store):
    store.accounts(account_id="riverside", entry=OLD_ACCOUNT).save()

    before = accounts.get(AccountId("riverside"))

    assert account_row(store, before).entry == OLD_ACCOUNT
    assert accounts.all() == (before,)
    after = replace(before, purpose="Speaks for Riverside.")
    accounts.change(before, after, an_act())
    assert accounts.get(before.account_id) == after


def test_a_person_from_before_is_read_changed_and_spelled_as_they_were(store):
    store.people(person_id="ada", email_key="ada@force.example", entry=OLD_PERSON).save()
    people = People(store, a_pen())

    before = people.by_email("ada@force.example")

    assert person_row(store, before).entry == OLD_PERSON
    people.change(before, replace(before, rank="PC"), an_act())
    assert people.get(before.person_id).rank == "PC"


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 99, 500])
def test_pages_lead_through_every_account_once_and_in_order(accounts, limit):
    names = [f"team-{number}" for number in range(7)]
    for name in reversed(names):
        accounts.enter(an_account(name), an_act())

    found, cursor = [], None
    while True:
        page = accounts.page(limit, cursor)
        assert len(page.entries) <= limit
        found += [each.account_id for each in page.entries]
        if (cursor := page.cursor) is None:
            break

    assert found == names


def test_pages_lead_through_everybody_once_and_in_order(store):
    people = People(store, a_pen())
    for name in ("cy", "ada", "bo"):
        people.enter(a_person(name), an_act())

    first = people.page(2)
    second = people.page(2, first.cursor)

    assert [p.person_id for p in (*first.entries, *second.entries)] == ["ada", "bo", "cy"]
    assert second.cursor is None


@pytest.mark.parametrize("cursor", ["!", "AA", "x" * 2000, "\u20ac", "cml2ZXJzaWRl="])
def test_a_cursor_nobody_gave_out_is_refused(accounts, cursor):
    with pytest.raises(InvalidCursorError):
        accounts.page(10, cursor)


def test_a_name_of_another_is_not_given_back_by_mistake(accounts, store):
    before = an_account("riverside")
    accounts.enter(before, an_act())
    store.handles(key="sandbox#riverside.force.example", account_id="harbour").save()

    with pytest.raises(ChangedError):
        accounts.change(before, replace(before, handles=()), an_act())

    assert accounts.holder(SANDBOX, "riverside.force.example") == "harbour"
