"""Mainly the force's own accounts are reshared (policy.md N22)."""

import pytest

from shared.policy.rules.reshare_source import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import PACK, a_candidate, a_pack, found

FIRING = [
    ("@leekcourier", "a newspaper"),
    ("@potteries_gossip", "gossip"),
    ("@dashcamdeals", "a shop"),
    ("@StaffsPolice1", "a name that passes for the force's"),
    ("@StaffsPol", "a part of its name"),
    ("@BurtonCollegeSU", "a students' union that nobody put on the list"),
    ("@metoffice_fans", "behind a partner's name"),
    ("someone.example", "a name without @"),
]
NOT_FIRING = [
    ({"reshare_of": "@StaffsPolice"}, "the force"),
    ({"reshare_of": "@staffspolice"}, "the force, in any case"),
    ({"reshare_of": "@BurtonLPTCmdr"}, "a commander"),
    ({"reshare_of": "@StaffordLPT"}, "an LPT, which is a partner though not senior"),
    ({"reshare_of": "@StaffsFireRescue"}, "the fire service"),
    ({"reshare_of": " @metoffice "}, "the Met Office, with spaces"),
    ({"reshare_of": "@leekcourier", "kind": "reply"}, "a reply is no reshare"),
    ({"reshare_of": None}, "nobody knows whose"),
    ({"reshare_of": None, "kind": "original"}, "an original"),
]


def reshared(handle, **changes):
    return a_candidate("Lost dog.", **{"kind": "reshare", "reshare_of": handle, **changes})


@pytest.mark.parametrize(("handle", "why"), FIRING)
def test_strangers_reshared_are_pointed_out(handle, why):
    assert [one.severity for one in found(reshared(handle), RULE)] == [Severity.ADVISE], why


@pytest.mark.parametrize(("changes", "why"), NOT_FIRING)
def test_the_force_and_its_partners_may_be_reshared(changes, why):
    assert not found(reshared(changes["reshare_of"], **changes), RULE), why


@pytest.mark.parametrize("instead", ["@StaffsPolice", "@StaffsFireRescue"])
def test_the_force_or_a_partner_instead_is_free(instead):
    one = found(reshared("@leekcourier"), RULE)[0]

    assert one.message == "@leekcourier is neither an account of the force nor one of a partner."
    assert one.suggestion.startswith("Reshare a post of the force or of a partner")
    assert not found(reshared(instead), RULE)


def test_a_force_names_its_own_partners():
    pack = a_pack(partners=["@leekcourier"])

    assert not found(reshared("@LeekCourier"), RULE, pack)
    assert found(reshared("@metoffice"), RULE, pack)


def test_the_registrys_senior_accounts_are_the_forces():
    assert not found(reshared("@NewCmdr"), RULE, PACK.with_senior(["@NewCmdr"]))
