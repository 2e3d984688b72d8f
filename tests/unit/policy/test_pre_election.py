"""Before an election nothing goes out that could favour anybody (policy.md B22)."""

import json
from datetime import date

import pytest

from shared.policy.errors import InvalidPackError
from shared.policy.pack import load
from shared.policy.rules.pre_election import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import PACK, TODAY, a_candidate, a_pack, found, pack_content

PERIOD = {"council-2026": {"first": "2026-11-01", "last": "2026-12-03"}}
BEFORE_ONE = a_pack(pre_election=PERIOD)

FIRING = [
    ("Great to walk round with Councillor Adeyemi tonight.", "a councillor shown in a good light"),
    ("Thank you to our MP for visiting the station.", "a visit"),
    ("The PCC opened our new hub.", "the commissioner"),
    ("Polling stations open at 7am on Thursday.", "neutral, but for whoever answers for elections"),
    ("Don't forget to vote for change.", "a call to vote"),
    ("The Prime Minister met our officers.", "the government"),
    ("More officers: a government promise kept.", "its promises"),
    ("The Labour candidate asked us about knife crime.", "a candidate"),
    ("We'll be at the hustings in Leek.", "an event"),
    ("Which CLLR said that?", "in capitals, shortened"),
]
NOT_FIRING = [
    ("Vote on our next three priorities at the Perton meeting.", "a vote on priorities"),
    ("The women's refuge needs volunteers.", "no politics"),
    ("Firefighters have voted on their pay.", "another vote"),
    ("Council leisure centre reopens on Monday.", "a council's building"),
    ("Candidates for PCSO posts can apply until Friday.", "another kind of candidate"),
    ("Kids' party at the station on Saturday.", "another kind of party"),
    ("Labour ward visits are limited.", "another kind of labour"),
    ("Minister Joy Pemberton will crown the Rose Queen.", "a minister of religion"),
    ("The mp3 is on our site.", "letters within a word"),
    ("Road closed at Leek.", "traffic"),
]


@pytest.mark.parametrize(("text", "why"), FIRING)
def test_politics_in_the_period_is_for_a_second_person(text, why):
    assert [one.severity for one in found(a_candidate(text), RULE, BEFORE_ONE)] == [
        Severity.REVIEW
    ], why


@pytest.mark.parametrize(("text", "why"), NOT_FIRING)
def test_everything_else_goes_on(text, why):
    assert not found(a_candidate(text), RULE, BEFORE_ONE), why


@pytest.mark.parametrize(("text", "why"), FIRING)
def test_outside_a_period_nothing_is_found(text, why):
    assert not found(a_candidate(text), RULE, PACK), why


@pytest.mark.parametrize(("text", "why"), FIRING)
def test_without_the_words_nothing_is_found(text, why):
    one = found(a_candidate(text), RULE, BEFORE_ONE)[0]

    assert one.suggestion.startswith(f"Leave out “{text[one.start : one.end]}”")
    assert not found(a_candidate(text[: one.start] + text[one.end :]), RULE, BEFORE_ONE)


@pytest.mark.parametrize(
    ("day", "fires"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), True),
        (date(2026, 12, 3), True),
        (date(2026, 12, 4), False),
    ],
)
def test_a_period_has_its_first_and_its_last_day(day, fires):
    pack = load(json.dumps({**pack_content(), "pre_election": PERIOD}).encode(), day)

    assert bool(found(a_candidate("Vote for us."), RULE, pack)) is fires


@pytest.mark.parametrize(
    ("first", "last"), [("2026-12-03", "2026-11-01"), ("2026-11-01", "2027-12-03")]
)
def test_a_period_that_cannot_be_meant_is_refused(first, last):
    wrong = {**pack_content(), "pre_election": {"x": {"first": first, "last": last}}}

    with pytest.raises(InvalidPackError, match=r"pre_election\.x\.last is before"):
        load(json.dumps(wrong).encode(), TODAY)
