"""While a critical incident is declared, local accounts hold their posts (policy.md I01-I04)."""

import pytest

from shared.policy.rules.critical_incident import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import a_candidate, found

CALM = "The youth club is open as usual tonight."
LPT = {"account_level": "lpt"}
SENIOR = "@StaffsPolice"

FIRING = [
    ({}, "a neighbourhood officer's original, harmless as it is"),
    ({"author_role": "pcso"}, "a PCSO's"),
    ({"author_role": "comms"}, "communications staff from a team's account"),
    ({"author_role": "comms", **LPT}, "communications staff from an LPT's account"),
    (LPT, "an officer from an LPT's account"),
    ({"kind": "correction"}, "a correction is a post of its own"),
    ({"kind": "reshare", "reshare_of": "@leekcourier"}, "a newspaper passed on"),
    ({"kind": "reshare", "reshare_of": "@StaffordLPT"}, "the LPT's account is not senior"),
    (
        {"kind": "reshare", "reshare_of": "@StaffsPolice1", "author_role": "lpt_commander"},
        "a name that passes for the force's, even by a commander",
    ),
    (
        {"kind": "reshare", "reshare_of": "@potteries_gossip", "account_level": "corporate"},
        "gossip, even from the force's own account",
    ),
    ({"kind": "reshare", "reshare_of": None}, "a reshare of nobody knows whom"),
]
NOT_FIRING = [
    ({"author_role": "lpt_commander", **LPT}, "the commander speaks"),
    ({"author_role": "lpt_commander"}, "the commander speaks, from whichever account"),
    ({"author_role": "corporate", "account_level": "corporate"}, "the force speaks"),
    ({"author_role": "comms", "account_level": "corporate"}, "the force's account, by its staff"),
    ({"author_role": "corporate", **LPT}, "the duty officer speaks for an LPT"),
    ({"kind": "reshare", "reshare_of": SENIOR}, "the force passed on"),
    ({"kind": "reshare", "reshare_of": "@moorlandslptcmdr"}, "a commander passed on, in any case"),
    ({"kind": "reply"}, "replies are left to people"),
    ({"critical_incident": False}, "no incident here"),
    ({"critical_incident": False, "kind": "reshare", "reshare_of": "@leekcourier"}, "nor now"),
]


def during(text=CALM, **changes):
    return a_candidate(text, **{"critical_incident": True, **changes})


@pytest.mark.parametrize(("changes", "why"), FIRING)
def test_whoever_is_no_commander_holds_back(changes, why):
    assert [one.severity for one in found(during(**changes), RULE)] == [Severity.BLOCK], why


@pytest.mark.parametrize(("changes", "why"), NOT_FIRING)
def test_commanders_speak_and_senior_accounts_may_be_passed_on(changes, why):
    assert not found(during(**changes), RULE), why


def test_an_incident_spoken_of_is_not_one_declared():
    words = "This is a critical incident, please keep away."

    assert not found(a_candidate(words), RULE)


@pytest.mark.parametrize(("changes", "why"), FIRING)
def test_a_senior_post_passed_on_instead_is_free(changes, why):
    one = found(during(**changes), RULE)[0]

    assert one.suggestion.startswith("Reshare a post of a senior account")
    assert not found(during(**{**changes, "kind": "reshare", "reshare_of": SENIOR}), RULE)


def test_the_whole_post_is_held():
    one = found(during(), RULE)[0]

    assert (one.start, one.end) == (0, len(CALM))
    assert one.source.startswith("I01")
