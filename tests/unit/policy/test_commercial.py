"""Nothing that helps one bidder against another (policy.md N16)."""

import pytest

from shared.policy.rules.commercial import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import a_candidate, found

FIRING = [
    ("The lowest bid for the new vans was £1.2m.", "a bid"),
    ("Their quote came in at half of what we pay now.", "a quotation"),
    ("We're paying £89 a licence for this software!", "a price"),
    ("Between us, the preferred bidder is from Derby.", "who will win"),
    ("The contract isn't signed yet, but it's going to Bartlow.", "before it is signed"),
    ("We negotiated a 30% discount on the cameras.", "a discount"),
    ("Contract value: £400k over three years.", "a contract's value"),
    ("Tender scores are in and it's close.", "scores"),
    ("The day rate is £650 for each consultant.", "a rate"),
    ("The bids ranged from £2m to £3m.", "several bids"),
    ("Commercially sensitive, but wow, what a price.", "on its own showing"),
]
NOT_FIRING = [
    ("Contracts over £5,000 are listed: https://www.gov.uk/contracts-finder", "published"),
    ("The contract is worth £2m, see https://www.gov.uk/contracts-finder/9", "a value published"),
    ("Sealed bids close on 3 March.", "an invitation"),
    ("Quote incident 612 when you call.", "another kind of quote"),
    ("The price of a stolen bike is more than money.", "another kind of price"),
    ("A firm lost £48,000 to a false invoice.", "a crime"),
    ("Sign a contract with your teenager about their phone.", "another kind of contract"),
    ("Bids for the community fund are welcome.", "a fund"),
    ("We paid tribute to a colleague today.", "another kind of paying"),
    ("His bid for freedom lasted nine minutes.", "a figure of speech"),
    ("Rogue traders quoted her £4,000 for one tile.", "a crime, with a price"),
]


@pytest.mark.parametrize(("text", "why"), FIRING)
def test_what_a_bidder_must_not_learn_is_for_a_second_person(text, why):
    assert {one.severity for one in found(a_candidate(text), RULE)} == {Severity.REVIEW}, why


@pytest.mark.parametrize(("text", "why"), NOT_FIRING)
def test_what_is_published_or_no_business_may_stay(text, why):
    assert not found(a_candidate(text), RULE), why


@pytest.mark.parametrize(("text", "why"), FIRING)
def test_without_the_words_nothing_is_found(text, why):
    mended = text
    for one in sorted(found(a_candidate(text), RULE), key=lambda one: -one.start):
        assert one.suggestion.startswith(f"Leave out “{text[one.start : one.end]}”")
        mended = mended[: one.start] + mended[one.end :]

    assert not found(a_candidate(mended), RULE)


@pytest.mark.parametrize(("text", "why"), FIRING)
def test_with_the_page_that_has_told_it_it_is_free(text, why):
    assert not found(a_candidate(f"{text} https://www.gov.uk/contracts-finder/9"), RULE)
