"""A few tales of every platform and fault; `make chaos-platforms` tells a thousand of each."""

from datetime import timedelta

import pytest

from shared.platforms.timeline import TimelinePlatform
from shared.posts.life import Outcome
from tests.chaos.every import PLAYS, tell_all
from tests.chaos.stages import GoToSocialStage, strict
from tests.chaos.tale import LATE, Ending, Tale
from tests.chaos.thread_tale import Part, ThreadTale, verdict_of
from tests.chaos.verdict import Verdict, verdict

FEW = 12
REAL = "Bluesky (real server)"


@pytest.mark.parametrize("platform", [name for name in PLAYS if not name.startswith(REAL)])
def test_no_tale_ends_as_none_may(platform):
    assert [told.wrong for told in tell_all(platform, FEW, seed=1) if told.wrong] == []


@pytest.mark.pds
@pytest.mark.timeout(900)  # the first run builds the server
@pytest.mark.parametrize("platform", [name for name in PLAYS if name.startswith(REAL)])
def test_no_tale_of_a_real_bluesky_server_ends_as_none_may(platform):
    assert [told.wrong for told in tell_all(platform, FEW, seed=1) if told.wrong] == []


def test_a_platform_that_is_not_given_its_time_is_caught_with_two_posts(monkeypatch):
    monkeypatch.setattr(TimelinePlatform, "settles_after", timedelta(0))

    with strict(GoToSocialStage) as stage:
        found = {verdict(Tale(stage, LATE, seed).told()) for seed in range(20)}

    assert Verdict.DOUBLE in found


def test_a_thread_there_is_caught_with_a_part_that_stands_twice(monkeypatch):
    monkeypatch.setattr(TimelinePlatform, "settles_after", timedelta(0))

    with strict(GoToSocialStage) as stage:
        found = {verdict_of(ThreadTale(stage, LATE, seed).told()) for seed in range(20)}

    assert Verdict.DOUBLE in found


PARTS = [
    # of each part what is on record, how often it stands, whether under the part before it
    ([Part(Outcome.SENT, None, 1), Part(Outcome.SENT, None, 1)], Verdict.SENT),
    ([Part(Outcome.SENT, None, 1), Part(Outcome.SENT, None, 2)], Verdict.DOUBLE),
    ([Part(Outcome.SENT, None, 1), Part(Outcome.SENT, None, 0)], Verdict.FALSE_SUCCESS),
    ([Part(Outcome.SENT, None, 1), Part(Outcome.SENT, None, 1, in_place=False)], Verdict.ORPHAN),
    ([Part(Outcome.SENT, None, 1), Part(Outcome.FAILED, "No.", 0)], Verdict.FAILED),
    ([Part(Outcome.SENT, None, 1), Part(Outcome.FAILED, None, 0)], Verdict.LOST),
    ([Part(Outcome.FAILED, "No.", 0), Part(None, None, 1)], Verdict.LOST),
    ([Part(Outcome.FAILED, "No.", 0), Part(None, None, 0)], Verdict.FAILED),
    ([Part(Outcome.SENT, None, 1), Part(None, None, 0)], Verdict.FOR_A_PERSON),
    ([Part(None, None, 0), Part(None, None, 0)], Verdict.LOST),
]


@pytest.mark.parametrize(("parts", "expected"), PARTS)
def test_a_verdict_on_a_thread_is_about_each_of_its_parts(parts, expected):
    assert verdict_of(parts) is expected


def test_a_tale_is_the_same_each_time_it_is_told():
    with strict(GoToSocialStage) as stage:
        told = [[Tale(stage, LATE, seed).told() for seed in range(10)] for _ in range(2)]

    assert told[0] == told[1]


ENDINGS = [
    # outcomes of the posts, reasons, what the public sees, and the verdict
    ((Outcome.SENT,), (None,), 1, Verdict.SENT),
    ((Outcome.SENT,), (None,), 2, Verdict.DOUBLE),
    ((Outcome.UNCERTAIN,), ("?",), 2, Verdict.DOUBLE),
    ((Outcome.SENT, Outcome.SENT), (None, None), 3, Verdict.DOUBLE),
    ((Outcome.SENT,), (None,), 0, Verdict.FALSE_SUCCESS),
    ((Outcome.SENT, Outcome.SENT), (None, None), 1, Verdict.FALSE_SUCCESS),
    ((Outcome.SENT, Outcome.UNCERTAIN), (None, "?"), 1, Verdict.FOR_A_PERSON),
    ((Outcome.FAILED,), ("Refused.",), 0, Verdict.FAILED),
    ((Outcome.FAILED,), ("Refused.",), 1, Verdict.LOST),
    ((Outcome.FAILED,), (None,), 0, Verdict.LOST),
    ((None,), (None,), 0, Verdict.LOST),
    ((Outcome.PENDING,), (None,), 0, Verdict.FOR_A_PERSON),
]


@pytest.mark.parametrize(("outcomes", "reasons", "copies", "expected"), ENDINGS)
def test_a_verdict_is_about_what_the_record_says_and_the_public_sees(
    outcomes, reasons, copies, expected
):
    assert verdict(Ending(outcomes, reasons, copies)) is expected
