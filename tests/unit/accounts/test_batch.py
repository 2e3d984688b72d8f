"""Many accounts at once: each line against the others, and all of them against the registry."""

from dataclasses import replace

import pytest

from local.force import MOORSHIRE, PEOPLE, accounts
from shared.accounts.batch import Batch, Standing
from shared.accounts.errors import Fault
from shared.accounts.registry import AccountStatus
from shared.accounts.sheet import Row
from shared.posts.names import AccountId, PlatformName
from shared.records.holdings import held_by, mailbox_key

TEAM, OTHER, LPT, CORPORATE = ALL = accounts({PlatformName("sandbox"): "https://sandbox.example"})
EVERYBODY = {person.person_id: person for person in PEOPLE}
EMPTY = Standing({}, EVERYBODY, {}, {})


def rows(*entries):
    return [Row(number, e.account_id, e, ()) for number, e in enumerate(entries, 2)]


def faults(entries, standing=EMPTY):
    batch = Batch(rows(*entries), MOORSHIRE, held_by)
    return [(line, fault.field) for line, fault in batch.faults(standing)]


def test_a_whole_force_goes_in_with_one_file_whatever_the_order_of_its_lines():
    assert faults(ALL) == []
    assert faults(reversed(ALL)) == []


def test_an_account_names_a_parent_of_the_file_or_of_the_registry():
    above = {each.account_id: each for each in (LPT, CORPORATE)}

    assert faults([TEAM]) == [(2, "parent")]
    assert faults([TEAM], replace(EMPTY, accounts=above)) == []


def test_a_parent_whose_own_line_cannot_be_read_is_told_once():
    broken = Row(2, LPT.account_id, None, (Fault("level", "Say which level."),))
    batch = Batch([broken, *rows(CORPORATE, TEAM)], MOORSHIRE, held_by)

    assert [fault.field for _, fault in batch.faults(EMPTY)] == ["level"]


TWICE = [
    ({"account_id": TEAM.account_id}, "account_id"),
    ({"email": TEAM.email.upper()}, "email"),
    ({"handles": (replace(TEAM.handles[0], name="LEEK-NPT"),)}, "handles"),
    ({"handles": (replace(TEAM.handles[0], name="@l\u0435ek-npt"),)}, "handles"),
    ({"reserved_names": TEAM.reserved_names}, "handles"),
]


@pytest.mark.parametrize(("same", "field"), TWICE)
def test_what_stands_on_two_lines_is_told_on_the_second_with_the_first(same, field):
    found = Batch(rows(*ALL[2:], TEAM, replace(OTHER, **same)), MOORSHIRE, held_by).faults(EMPTY)

    sentences = {(line, f.field): f.sentence for line, f in found}
    assert "stands on line 4 already" in sentences[5, field]


HELD = [
    ({TEAM.handles[0].platform + "#leek-npt": AccountId("elsewhere")}, "handles"),
    ({mailbox_key(TEAM.email): AccountId("elsewhere")}, "email"),
]


@pytest.mark.parametrize(("holders", "field"), HELD)
def test_what_another_account_of_the_registry_holds_is_refused(holders, field):
    assert faults(ALL, replace(EMPTY, holders=holders)) == [(2, field)]


def test_what_is_kept_for_the_account_itself_is_no_fault():
    holders = dict.fromkeys(held_by(TEAM), TEAM.account_id)

    assert faults(ALL, replace(EMPTY, holders=holders)) == []


def test_an_account_that_is_there_as_it_stands_is_no_fault_and_another_is():
    there = {each.account_id: each for each in ALL}
    moved = {**there, TEAM.account_id: replace(TEAM, title="Leek", area="Leek and Biddulph")}

    assert faults(ALL, replace(EMPTY, accounts=there)) == []
    [(_, fault)] = Batch(rows(*ALL), MOORSHIRE, held_by).faults(replace(EMPTY, accounts=moved))
    assert "title, area" in fault.sentence


def test_an_account_of_an_import_that_was_cut_short_waits_for_that_one():
    there = {TEAM.account_id: TEAM}
    cut = replace(EMPTY, accounts=there, unfinished={TEAM.account_id: "spring.csv"})

    [(line, fault)] = Batch(rows(*ALL), MOORSHIRE, held_by).faults(cut)

    assert (line, fault.field) == (2, "account_id")
    assert "spring.csv" in fault.sentence


@pytest.mark.parametrize("status", AccountStatus)
def test_only_an_account_that_speaks_or_spoke_needs_all_that_speaking_needs(status):
    bare = replace(TEAM, status=status, house_rules="")

    found = faults([bare, *ALL[1:]])

    speaks = status in {AccountStatus.ACTIVE, AccountStatus.SUSPENDED}
    assert found == ([(2, "house_rules")] if speaks else [])
