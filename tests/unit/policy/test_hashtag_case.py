"""A hashtag shows where its words begin (policy.md B19)."""

import pytest

from shared.policy.rules.hashtag_case import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import a_candidate, a_pack, found, pack_content, words_found

FIRING = [
    ("Belt up. #staysafe", "#StaySafe"),
    ("Belt up. #STAYSAFE", "#StaySafe"),
    ("#streetpastors out tonight", "#StreetPastors"),
    ("Lock it or lose it #rural #ruralcrime", "#RuralCrime"),
    ("#roadsafety and #knifecrime", "#RoadSafety and #KnifeCrime"),
    ("#ＳＴＡＹＳＡＦＥ", "#StaySafe"),
    ("Join us #neighbourhoodwatch", "#NeighbourhoodWatch"),
    ("Slow down #drinkdrive, #fatalcrash.", "#DrinkDrive and #FatalCrash"),
    ("(#hatecrime)", "#HateCrime"),
]
NOT_FIRING = [
    ("#StaySafe", "as it should be"),
    ("#staySafe", "the words can be told"),
    ("#stay_safe", "an underscore parts the words"),
    ("#football #weekend #fireworks", "one word each, though made of two"),
    ("#police #leek #snow", "single words"),
    ("#staffordshire #hanley", "places"),
    ("#A518 #M6", "roads"),
    ("#fb", "too short to be two"),
    ("staysafe", "no tag"),
    ("https://www.police.uk/#staysafe", "within an address"),
    ("#staysafe2", "not letters alone"),
    ("&#staysafe", "a character reference"),
    ("#oops", "one word"),
]


@pytest.mark.parametrize(("text", "better"), FIRING)
def test_words_run_together_are_told_apart(text, better):
    one = found(a_candidate(text), RULE)[0]

    assert one.suggestion == f"Begin each word with a capital: {better}."
    assert one.severity is Severity.ADVISE


@pytest.mark.parametrize(("text", "why"), NOT_FIRING)
def test_single_words_and_tags_with_capitals_may_stay(text, why):
    assert not found(a_candidate(text), RULE), why


@pytest.mark.parametrize(("text", "better"), FIRING)
def test_the_tags_as_suggested_are_no_longer_found(text, better):
    assert not found(a_candidate(better), RULE)


def test_the_tags_are_pointed_at():
    candidate = a_candidate("Now #roadsafety and then #knifecrime too")

    assert words_found(candidate, RULE) == ["#roadsafety and then #knifecrime"]


def test_a_force_adds_words_of_its_own():
    terms = pack_content()["terms"]
    terms["hashtag-words"]["phrases"].append("hanley")

    assert found(a_candidate("#hanleypolice"), RULE, a_pack(terms=terms))
    assert not found(a_candidate("#hanleypolice"), RULE)
