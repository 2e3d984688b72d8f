"""What is wrong with an entry: every fault at once, each by its field."""

from dataclasses import replace
from datetime import date

import pytest

from local.force import MOORSHIRE, OFFICER, PEOPLE, accounts
from shared.accounts.checklist import ADVISED, ASKS, REQUIRED, Item
from shared.accounts.faults import account_faults, opening_faults, person_faults
from shared.accounts.hierarchy import link_faults
from shared.accounts.registry import (
    AccountKind,
    AccountStatus,
    ApprovalMode,
    Handle,
    Leave,
    PersonStatus,
    ReservedName,
    TwoStep,
)
from shared.posts.names import AccountId, PersonId, PlatformName

SANDBOX = PlatformName("sandbox")
TEAM, _, LPT, CORPORATE = ALL = accounts({SANDBOX: "https://sandbox.example"})
DAY = date(2026, 11, 20)


def a_handle(name="@leek", platform="sandbox", service="https://sandbox.example"):
    return Handle(PlatformName(platform), name, service)


ACCOUNTS = [
    # whose entry, what is changed, the field that is at fault
    (TEAM, {"account_id": "Leek"}, "account_id"),
    (TEAM, {"account_id": "leek--npt"}, "account_id"),
    (TEAM, {"account_id": "a" * 65}, "account_id"),
    (TEAM, {"title": ""}, "title"),
    (TEAM, {"title": "x" * 101}, "title"),
    (TEAM, {"title": "Le\u200bek"}, "title"),
    (TEAM, {"area": " "}, "area"),
    (TEAM, {"purpose": ""}, "purpose"),
    (TEAM, {"audience": ""}, "audience"),
    (TEAM, {"email": "leek@gmail.com"}, "email"),
    (TEAM, {"force_page": "http://www.moorshire.police.example/leek"}, "force_page"),
    (TEAM, {"force_page": "https://leek.example/"}, "force_page"),
    (TEAM, {"force_page": "https://moorshire.police.example@evil.example/"}, "force_page"),
    (TEAM, {"force_page": "https://moorshire.police.example.evil.example/"}, "force_page"),
    (TEAM, {"force_page": "https://evilmoorshire.police.example/"}, "force_page"),
    (TEAM, {"force_page": "https://moorsh\u0456re.police.example/"}, "force_page"),
    (TEAM, {"house_rules": "javascript:alert(1)"}, "house_rules"),
    (TEAM, {"handles": (a_handle("le ek"),)}, "handles"),
    (TEAM, {"handles": (a_handle(platform="Sand Box"),), "two_step": ()}, "handles"),
    (TEAM, {"handles": (a_handle(service="http://sandbox.example"),)}, "handles"),
    (TEAM, {"handles": (a_handle(service="https://me@sandbox.example"),)}, "handles"),
    (TEAM, {"handles": (a_handle("@a"), a_handle("@b"))}, "handles"),
    (TEAM, {"reserved_names": (ReservedName(SANDBOX, "@LEEK-NPT"),)}, "handles"),
    (TEAM, {"reserved_names": (ReservedName(SANDBOX, ""),)}, "reserved_names"),
    (TEAM, {"two_step": (TwoStep(PlatformName("x"), DAY),)}, "two_step"),
    (TEAM, {"owner": PersonId("")}, "owner"),
    (TEAM, {"members": frozenset(map(PersonId, map(str, range(201))))}, "members"),
    (TEAM, {"approval_mode": ApprovalMode.NONE}, "approval_mode"),
    (LPT, {"approval_mode": ApprovalMode.NONE}, "approval_mode"),
    (TEAM, {"rhythm_hours": 0}, "rhythm_hours"),
    (TEAM, {"rhythm_hours": 745}, "rhythm_hours"),
    (TEAM, {"parent": None}, "parent"),
    (LPT, {"parent": None}, "parent"),
    (LPT, {"communications_manager": None}, "communications_manager"),
    (CORPORATE, {"parent": AccountId("leek-npt")}, "parent"),
]


@pytest.mark.parametrize(("account", "changed", "field"), ACCOUNTS)
def test_an_account_is_told_which_field_is_at_fault(account, changed, field):
    faults = account_faults(replace(account, **changed), MOORSHIRE)

    assert {fault.field for fault in faults} == {field}
    assert all(fault.sentence.endswith((".", ")")) for fault in faults)


def test_a_corporate_account_may_do_without_approval():
    trusted = replace(CORPORATE, approval_mode=ApprovalMode.NONE)

    assert account_faults(trusted, MOORSHIRE) == ()


def test_every_fault_is_told_at_once():
    broken = replace(TEAM, title="", email="leek@gmail.com", parent=None, owner=PersonId(""))

    fields = {fault.field for fault in account_faults(broken, MOORSHIRE)}

    assert fields == {"title", "email", "parent", "owner"}


@pytest.mark.parametrize("item", Item)
def test_an_account_speaks_without_what_is_advised_and_not_without_what_is_required(item):
    faults = opening_faults(replace(TEAM, checklist=frozenset(Item) - {item}))

    assert bool(faults) is (item in REQUIRED)
    assert item in REQUIRED ^ ADVISED
    assert all(ASKS[item] in fault.sentence for fault in faults)


def test_every_handle_needs_its_own_two_step_verification():
    second = a_handle("leek.test", "bluesky", "https://pds.example")

    faults = opening_faults(replace(TEAM, handles=(*TEAM.handles, second)))

    assert [fault.field for fault in faults] == ["two_step"]
    assert "bluesky" in faults[0].sentence


def test_an_internal_account_needs_no_name_on_any_platform():
    silent = replace(TEAM, handles=(), two_step=())

    assert [fault.field for fault in opening_faults(silent)] == ["handles"]
    assert opening_faults(replace(silent, kind=AccountKind.INTERNAL_ONLY)) == ()


PEOPLES = [
    ({"name": ""}, "name"),
    ({"email": "asha@gmail.com"}, "email"),
    ({"email": ""}, "email"),
    ({"mobile": ""}, "mobile"),
    ({"mobile": "07700 900101"}, "mobile"),
    ({"mobile": "+44"}, "mobile"),
    ({"mobile": "+4477009001011234"}, "mobile"),
    ({"person_id": "P Officer"}, "person_id"),
    ({"rank": "P\u200bC"}, "rank"),
    ({"leave": (Leave(DAY, date(2026, 11, 1)),)}, "leave"),
    ({"leave": (Leave(DAY, DAY, OFFICER.person_id),)}, "leave"),
    ({"senior": True}, "senior"),
]


@pytest.mark.parametrize(("changed", "field"), PEOPLES)
def test_a_person_is_told_which_field_is_at_fault(changed, field):
    faults = person_faults(replace(OFFICER, **changed), MOORSHIRE)

    assert {fault.field for fault in faults} == {field}


class Known:
    def __init__(self, accounts=ALL, people=PEOPLE):
        self._accounts = {each.account_id: each for each in accounts}
        self._people = {each.person_id: each for each in people}

    def account(self, account_id):
        return self._accounts.get(account_id)

    def person(self, person_id):
        return self._people.get(person_id)

    def person_with(self, email):
        return next((each for each in self._people.values() if each.email == email), None)


LINKS = [
    ({"parent": AccountId("nowhere")}, "parent"),
    ({"parent": AccountId("force")}, "parent"),
    ({"parent": AccountId("cheadle-npt")}, "parent"),
    ({"owner": PersonId("nobody")}, "owner"),
    ({"members": frozenset({PersonId("nobody")})}, "members"),
    ({"deputies": frozenset({PersonId("nobody")})}, "deputies"),
    ({"communications_manager": PersonId("nobody")}, "communications_manager"),
    ({"email": OFFICER.email}, "email"),
]


@pytest.mark.parametrize(("changed", "field"), LINKS)
def test_what_an_account_speaks_of_has_to_be_there_and_of_the_right_level(changed, field):
    faults = link_faults(replace(TEAM, **changed), Known())

    assert [fault.field for fault in faults] == [field]


def test_nobody_who_left_holds_an_account_unless_it_is_closed():
    left = [replace(p, status=PersonStatus.LEFT) for p in PEOPLE]

    faults = link_faults(TEAM, Known(people=left))

    assert {fault.field for fault in faults} == {"owner", "members"}
    assert link_faults(replace(TEAM, status=AccountStatus.CLOSED), Known(people=left)) == ()


def test_a_closed_account_is_nobodys_parent():
    closed = [replace(a, status=AccountStatus.CLOSED) for a in ALL]

    assert [fault.field for fault in link_faults(TEAM, Known(accounts=closed))] == ["parent"]
