"""What kind of everyday post this is: shown, never a finding (policy.md U19–U26)."""

import pytest

from shared.policy.check import check
from shared.policy.everyday import TOLD, Everyday, everyday
from tests.unit.policy.candidates import PACK, a_candidate, candidate_from, corpus_posts

KINDS = [
    ("Surgery at Leek library, Tuesday 2pm.", Everyday.MEETING),
    ("Come and meet your team on Saturday.", Everyday.MEETING),
    ("The parish meeting is on Thursday at seven.", Everyday.MEETING),
    ("Stopped a van on the A53: no insurance, now seized.", Everyday.STOP_CHECK),
    ("Forty vehicles stopped on Friday night.", Everyday.STOP_CHECK),
    ("Road closed at Stone, use another route.", Everyday.TRAFFIC),
    ("Delays on the M6: one lane is closed.", Everyday.TRAFFIC),
    ("Yellow warning for snow tonight.", Everyday.WEATHER),
    ("Met Office: fog until ten.", Everyday.WEATHER),
    ("Out with the council's wardens in Hanley.", Everyday.PARTNERS),
    ("A joint patrol with British Transport Police.", Everyday.PARTNERS),
    ("You told us about off-road bikes, so we were there.", Everyday.LOCAL_ISSUE),
    ("Speeding in Cheddleton came top of your list.", Everyday.LOCAL_ISSUE),
    ("Our spring newsletter is out.", Everyday.NEWSLETTER),
    ("Read the newsletter: road closures, surgeries, priorities.", Everyday.NEWSLETTER),
    ("Happy birthday to PD Pickle.", None),
    ("The speed of the river is deadly.", None),
    ("A man was charged today.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_kind_is_told_by_its_words(text, kind):
    assert everyday(a_candidate(text), PACK) is kind


@pytest.mark.parametrize(
    ("handle", "kind"), [("@StaffsPolice", Everyday.HIGHER_POST), ("@leekcourier", None)]
)
def test_a_post_of_a_senior_account_passed_on_is_a_kind_of_its_own(handle, kind):
    passed_on = a_candidate("Surgery at two.", kind="reshare", reshare_of=handle)

    assert everyday(passed_on, PACK) is kind


def test_a_reply_is_of_no_kind():
    assert everyday(a_candidate("Road closed, sorry.", kind="reply"), PACK) is None


def test_every_kind_has_words_for_people():
    assert set(TOLD) == set(Everyday)


def test_a_kind_is_no_finding():
    posts = [candidate_from(post) for post in corpus_posts()[:200]]

    for post in posts:
        everyday(post, PACK)
        assert not {one.rule for one in check(post, PACK).findings} & set(Everyday)
