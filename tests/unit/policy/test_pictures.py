"""What the check says of pictures: credits that are owed, people who were not asked."""

import pytest

from shared.policy.circumstances import candidate_of
from shared.policy.verdict import Severity
from shared.posts.content import Media
from tests.builders import a_draft, a_person, an_account
from tests.unit.policy.candidates import a_candidate, found

LEA = "Photo: Ada Lea, CC BY 4.0"
WORDS = "The road is open again."


def test_a_credit_that_is_owed_and_not_given_asks_for_a_second_person():
    [one] = found(a_candidate(WORDS, credits=(LEA, LEA)), "copyright")

    assert one.severity is Severity.REVIEW
    assert LEA in one.suggestion
    assert (one.start, one.end) == (0, len(WORDS))


@pytest.mark.parametrize("credits_owed", [(), (LEA,)])
def test_a_credit_in_the_words_is_enough(credits_owed):
    assert found(a_candidate(f"{WORDS} {LEA}", credits=credits_owed), "copyright") == []


def test_people_who_were_not_asked_are_told_by_the_picture():
    [one] = found(a_candidate(WORDS, unasked=(1, 3)), "image-consent")

    assert one.message == "Picture 1 and 3 shows people who were not asked."
    assert one.severity is Severity.REVIEW


def test_a_draft_tells_what_its_pictures_owe():
    plain = Media("ab", "media/ab", "image/jpeg", "A lorry.")
    owing = Media("ab", "media/ab", "image/jpeg", "A lorry.", LEA, unasked=True)

    candidate = candidate_of(a_draft(media=(plain, owing)), a_person(), an_account())

    assert (candidate.credits, candidate.unasked) == ((LEA,), (2,))
