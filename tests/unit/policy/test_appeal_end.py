"""An appeal does not stay up when it is over (policy.md T07)."""

from dataclasses import replace

import pytest

from shared.policy.rules.appeal_end import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import a_candidate, found, words_found

PAGE = " https://www.staffordshire.police.uk/appeals/411"

FIRING = [
    ("Missing: a boy of 15, last seen at the bus station at 4pm. Ring 999.", "missing"),
    ("An 81-year-old woman was last seen in Leek at noon.", "missing, otherwise put"),
    ("Have you seen him? Grey cap, navy coat.", "a question"),
    ("Do you recognise this man? We'd like to speak to him.", "a picture"),
    ("We want to identify the two people in these images.", "a picture, otherwise put"),
    ("We're appealing for witnesses to a crash in Stone.", "witnesses"),
    ("A man is wanted in connection with a robbery in Hanley.", "wanted"),
    ("Does anyone know these two? Call 101.", "a short one"),
    ("We'd like to trace a muddy pick-up seen at Bardney.", "a vehicle"),
    ("Have you seen this bike? bit.ly/lostbike", "a link that is not ours ends nothing"),
]
NOT_FIRING = [
    ("Have you seen him? Latest here: https://www.staffordshire.police.uk/missing", "a page"),
    ("Missing from home since May: westmidlands.police.uk/missing", "another force's page"),
    ("Our missing walker has turned up safe.", "over"),
    ("Detectives wanted, no degree needed: staffordshire.police.uk/careers", "a vacancy"),
    ("Bikes are still going missing from balconies. Lock them.", "no appeal"),
    ("Our Christmas hamper appeal is open.", "another kind of appeal"),
    ("You have a right of appeal within 14 days.", "the law's"),
    ("They look for missing people, not for sunbathers.", "in general"),
    ("Witnesses have been told the trial has moved.", "witnesses of a trial"),
    ("Have you seen our new van?", "something else to see"),
]


@pytest.mark.parametrize(("text", "why"), FIRING)
def test_an_appeal_that_nothing_ends_is_told(text, why):
    assert [one.severity for one in found(a_candidate(text), RULE)] == [Severity.ADVISE], why


@pytest.mark.parametrize(("text", "why"), NOT_FIRING)
def test_appeals_with_a_page_and_what_is_no_appeal_are_free(text, why):
    assert not found(a_candidate(text), RULE), why


@pytest.mark.parametrize(("text", "why"), FIRING)
def test_with_the_page_it_is_free(text, why):
    assert found(a_candidate(text), RULE)[0].suggestion.startswith("Link to the appeal’s page")
    assert not found(a_candidate(text + PAGE), RULE)


@pytest.mark.parametrize(("text", "why"), FIRING)
def test_with_a_day_on_which_it_is_taken_down_it_is_free(text, why):
    assert not found(replace(a_candidate(text), expires=True), RULE)


@pytest.mark.parametrize("kind", ["reply", "reshare"])
def test_only_posts_of_ones_own_are_appeals(kind):
    assert not found(a_candidate("Have you seen him?", kind=kind), RULE)


def test_the_words_are_pointed_at():
    assert words_found(a_candidate("Hello. Have you seen him? Ring 999."), RULE) == [
        "Have you seen him"
    ]
