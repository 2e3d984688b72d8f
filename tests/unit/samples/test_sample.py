"""A sample is over when each post was looked at by somebody else, and all that follows is done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import booleans, integers, sampled_from

from shared.posts.names import AccountId, PersonId, PostId
from shared.samples.coverage import coverage, coverage_by_month
from shared.samples.errors import (
    LookedAtError,
    NoFollowUpError,
    NoSuchPostError,
    OwnPostError,
    SampleError,
    WrongJudgementError,
)
from shared.samples.sample import (
    HEARD,
    Done,
    Drawn,
    FollowUp,
    Judgement,
    Means,
    Sample,
    Verdict,
    follow_up,
    look_at,
)
from tests.builders import NOW

ASH, LEE, STANDARDS = PersonId("pc-ash"), PersonId("comms-lee"), PersonId("psd-moss")
TRAINING = FollowUp(Means.TRAINING, ASH, date(2026, 12, 18))
DONE = Done(LEE, NOW + HEARD, "They were taught.")
FINE = Judgement(Verdict.FINE, "", STANDARDS, NOW)
SERIOUS = Judgement(Verdict.SERIOUS, "A joke about a victim.", STANDARDS, NOW, TRAINING)


def a_sample(posts=3):
    drawn = (Drawn(n, PostId(f"{n:026}"), 1, frozenset({ASH, LEE})) for n in range(1, posts + 1))
    return Sample(AccountId("leek-npt"), "2026-10", NOW, 31, "share=10", tuple(drawn))


def test_each_post_is_looked_at_once():
    after = look_at(a_sample(), 2, FINE)

    assert [each.number for each in after.unseen] == [1, 3]
    with pytest.raises(LookedAtError, match="psd-moss"):
        look_at(after, 2, FINE)
    with pytest.raises(NoSuchPostError):
        look_at(after, 4, FINE)


@pytest.mark.parametrize("hand", [ASH, LEE])
def test_nobody_looks_at_what_they_wrote_or_approved(hand):
    with pytest.raises(OwnPostError):
        look_at(a_sample(), 1, Judgement(Verdict.FINE, "", hand, NOW))


@pytest.mark.parametrize(
    ("judgement", "field", "why"),
    [
        (Judgement(Verdict.MINOR, " ", STANDARDS, NOW), "reason", "no reason"),
        (Judgement(Verdict.SERIOUS, "Bad.", STANDARDS, NOW), "means", "nothing follows"),
        (Judgement(Verdict.FINE, "", STANDARDS, NOW, TRAINING), "means", "fine, and yet"),
        (
            Judgement(
                *(Verdict.MINOR, "Bad.", STANDARDS, NOW),
                FollowUp(Means.TRAINING, ASH, NOW.date() - timedelta(days=1)),
            ),
            "until",
            "a day that is over",
        ),
    ],
)
def test_a_judgement_that_does_not_fit_names_its_field(judgement, field, why):
    with pytest.raises(WrongJudgementError) as caught:
        look_at(a_sample(), 1, judgement)

    assert caught.value.field == field, why


def test_a_follow_up_is_done_once_and_with_words():
    after = look_at(a_sample(1), 1, SERIOUS)
    assert (after.unseen, after.is_over) == ((), False)

    with pytest.raises(WrongJudgementError):
        follow_up(after, 1, replace(DONE, note=" "))
    done = follow_up(after, 1, DONE)

    assert done.is_over
    with pytest.raises(NoFollowUpError):
        follow_up(done, 1, DONE)
    with pytest.raises(NoFollowUpError):
        follow_up(a_sample(), 1, DONE)


def test_what_is_serious_is_not_done_before_professional_standards_heard_of_it():
    soon = replace(DONE, at=NOW + HEARD - timedelta(seconds=1))
    minor = replace(SERIOUS, verdict=Verdict.MINOR)

    with pytest.raises(WrongJudgementError, match="tomorrow morning"):
        follow_up(look_at(a_sample(1), 1, SERIOUS), 1, soon)
    assert follow_up(look_at(a_sample(1), 1, minor), 1, soon).is_over


def test_an_account_that_published_nothing_has_nothing_to_look_at():
    assert a_sample(0).is_over


def test_the_counts_of_a_month():
    one = follow_up(look_at(look_at(a_sample(), 1, SERIOUS), 2, FINE), 1, DONE)

    found = coverage([one, look_at(a_sample(1), 1, SERIOUS), a_sample(0)])

    assert (found.samples, found.published, found.drawn, found.looked_at) == (3, 93, 4, 3)
    assert found.verdicts == {"fine": 1, "minor": 0, "serious": 2}
    assert (found.open, found.done) == (1, 1)


def test_each_month_has_counts_of_its_own_and_the_newest_stands_first():
    stoke = replace(look_at(a_sample(), 1, SERIOUS), account=AccountId("stoke"))
    before = replace(look_at(a_sample(1), 1, FINE), month="2026-09")

    found = coverage_by_month([before, a_sample(2), stoke])

    assert list(found) == ["2026-10", "2026-09"]
    assert found == {"2026-10": coverage([a_sample(2), stoke]), "2026-09": coverage([before])}
    assert coverage_by_month([]) == {}


class SampleLife(RuleBasedStateMachine):
    """Whatever people send in whatever order, nothing that was said is lost or said by a hand."""

    def __init__(self):
        super().__init__()
        self.sample, self.said = a_sample(), {}

    @rule(
        number=integers(0, 4),
        verdict=sampled_from(Verdict),
        by=sampled_from([ASH, STANDARDS]),
        more=booleans(),
    )
    def looks(self, number, verdict, by, more):
        wanted = TRAINING if more else None
        try:
            self.sample = look_at(
                self.sample, number, Judgement(verdict, "Because.", by, NOW, wanted)
            )
        except SampleError:
            return
        assert number not in self.said
        self.said[number] = verdict

    @rule(number=integers(0, 4))
    def does(self, number):
        try:
            self.sample = follow_up(self.sample, number, DONE)
        except SampleError:
            return
        assert self.said[number] is not Verdict.FINE

    @invariant()
    def nothing_is_lost(self):
        found = {p.number: p.judgement for p in self.sample.posts if p.judgement}
        assert {number: each.verdict for number, each in found.items()} == self.said
        assert all(each.by is STANDARDS for each in found.values())
        assert len(self.sample.unseen) + len(found) == 3


TestSampleLife = SampleLife.TestCase
