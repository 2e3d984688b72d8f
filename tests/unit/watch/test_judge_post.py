"""Nobody judges what went through their own hands, under whatever name; each step has its leaf."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from shared.accounts.registry import PersonStatus, Role
from shared.posts.names import AccountId, PersonId, PostId
from shared.samples.errors import NoSuchPostError, OwnPostError, WrongJudgementError
from shared.samples.sample import HEARD, Drawn, Means, Sample, Verdict
from tests.builders import NOW, a_person
from watch.sampling.judge_post import Wish, end_follow_up, judge_post, people_of

ASH, MOSS = a_person("pc-ash"), a_person("psd-moss", role=Role.PROFESSIONAL_STANDARDS)
SAMPLE = Sample(
    *(AccountId("leek"), "2026-10", NOW, 12, "share=10"),
    (Drawn(1, PostId("0" * 26), 1, frozenset({ASH.person_id})),),
)
TRAINING = Wish(1, Verdict.MINOR, "Too long.", Means.TRAINING, ASH.person_id, date(2026, 12, 1))


@dataclass
class Kept:
    """What was put on record."""

    acts: list = field(default_factory=list)

    def advance(self, before, after, act):
        self.acts.append(act)
        return after


def judged(wish, by=MOSS, known=(ASH, MOSS), kept=None):
    return judge_post(SAMPLE, wish, by, known, samples=kept or Kept(), now=NOW)


def test_a_judgement_is_on_record_with_what_follows():
    kept = Kept()

    after = judged(TRAINING, kept=kept)
    done = end_follow_up(after, 1, " Taught. ", MOSS, samples=kept, now=NOW + HEARD)

    assert done.is_over
    first, last = kept.acts
    assert (first.type, first.reason, first.actor) == ("sample.looked_at", "minor", "psd-moss")
    assert first.payload["follow_up"]["who"] == "pc-ash"
    assert first.payload["post"] == f"post:{'0' * 26}@v1"
    assert (last.type, last.payload["note"]) == ("sample.followed_up", "Taught.")


def test_nobody_judges_their_own_post_under_another_name():
    twin = replace(MOSS, person_id=PersonId("psd-2"), email=ASH.email)

    with pytest.raises(OwnPostError):
        judged(TRAINING, by=twin)
    with pytest.raises(OwnPostError):
        judged(TRAINING, by=ASH)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"who": None}, "who"),
        ({"who": PersonId("nobody")}, "who"),
        ({"until": None}, "until"),
        ({"means": None}, "means"),
        ({"means": None, "who": None}, "means"),
    ],
)
def test_what_follows_has_somebody_and_a_day(changes, field):
    with pytest.raises(WrongJudgementError) as caught:
        judged(replace(TRAINING, **changes))

    assert caught.value.field == field


def test_somebody_who_left_is_given_nothing_to_do():
    left = replace(ASH, status=PersonStatus.LEFT)

    with pytest.raises(WrongJudgementError):
        judged(TRAINING, known=(left, MOSS))


def test_whom_judging_has_to_know_of():
    assert people_of(SAMPLE, TRAINING) == {"pc-ash"}
    with pytest.raises(NoSuchPostError):
        people_of(SAMPLE, replace(TRAINING, number=2))
