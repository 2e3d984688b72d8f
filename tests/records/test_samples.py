"""Dip samples on both engines: drawn once, and open as long as somebody has something to do."""

from dataclasses import replace
from datetime import date

import pytest

from shared.months.logslice import Cut
from shared.months.month import Month
from shared.posts.names import AccountId, PersonId, PostId
from shared.records.errors import ChangedError, InvalidCursorError, NotFoundError
from shared.records.sample_acts import act_of_draw, act_of_follow_up, act_of_judgement
from shared.records.samples import Samples
from shared.samples.draw import Lot
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
from tests.builders import NOW, a_pen

LEEK, ASH, MOSS = AccountId("leek-npt"), PersonId("pc-ash"), PersonId("psd-moss")
LOT = Lot("force.example/record-log", Month(2026, 10), Cut(7, bytes(32)), LEEK)
FINE = Judgement(Verdict.FINE, "", MOSS, NOW)
SERIOUS = Judgement(
    *(Verdict.SERIOUS, "A joke.", MOSS, NOW), FollowUp(Means.TRAINING, ASH, date(2026, 12, 1))
)
DONE = Done(MOSS, NOW + HEARD, "They were taught.")


@pytest.fixture
def samples(store):
    return Samples(store, a_pen())


def a_sample(account=LEEK, month="2026-10", posts=2):
    drawn = (Drawn(n, PostId(f"{n:026}"), 1, frozenset({ASH})) for n in range(1, posts + 1))
    return Sample(account, month, NOW, 12, "share=10,least=2,most=10", tuple(drawn))


def act(sample):
    return act_of_draw(sample, LOT, [f"{n:026}@v1" for n in range(12)])


def drawn(samples, **changes):
    sample = a_sample(**changes)
    assert samples.draw(sample, act(sample))
    return sample


def judged(samples, before, number, said):
    after = look_at(before, number, said)
    return samples.advance(before, after, act_of_judgement(before, before.posts[number - 1], said))


def test_a_sample_comes_back_as_it_was_kept_at_every_step(samples):
    sample = drawn(samples)
    assert samples.get(sample.sample_id) == sample

    looked = judged(samples, judged(samples, sample, 1, SERIOUS), 2, FINE)
    assert samples.get(sample.sample_id) == looked

    done = follow_up(looked, 1, DONE)
    samples.advance(looked, done, act_of_follow_up(looked, looked.posts[0], DONE))
    assert samples.get(sample.sample_id) == done


def test_it_is_drawn_once(samples):
    sample = drawn(samples)
    other = replace(sample, published=99)

    assert not samples.draw(other, act(other))
    assert samples.get(sample.sample_id) == sample


def test_of_two_who_look_at_once_one_counts(samples):
    sample = drawn(samples)
    judged(samples, sample, 1, FINE)

    with pytest.raises(ChangedError):
        judged(samples, sample, 2, FINE)


def test_it_is_open_until_all_was_looked_at_and_done(samples):
    sample, _ = drawn(samples), drawn(samples, account=AccountId("stoke"), posts=0)
    assert samples.open() == (sample,)

    looked = judged(samples, judged(samples, sample, 1, SERIOUS), 2, FINE)
    assert samples.open() == (looked,)

    done = follow_up(looked, 1, DONE)
    samples.advance(looked, done, act_of_follow_up(looked, looked.posts[0], DONE))
    assert samples.open() == ()


def test_samples_are_listed_by_month_and_newest_first(samples):
    for account, month in (("stoke", "2026-10"), ("leek-npt", "2026-10"), ("stoke", "2026-09")):
        drawn(samples, account=AccountId(account), month=month)

    assert samples.ids_of_month("2026-10") == ("2026-10-leek-npt", "2026-10-stoke")
    assert [each.account for each in samples.of_month("2026-09")] == ["stoke"]
    first = samples.listed(limit=2)
    rest = samples.listed(first.cursor, limit=2)
    ids = [each.sample_id for each in (*first.entries, *rest.entries)]
    assert ids == ["2026-10-stoke", "2026-10-leek-npt", "2026-09-stoke"]
    with pytest.raises(NotFoundError):
        samples.get("2026-11-nobody")
    with pytest.raises(InvalidCursorError):
        samples.listed("zzz")


def test_the_samples_of_several_months_are_read_at_once(samples):
    for month in ("2026-08", "2026-09", "2026-10", "2026-11"):
        drawn(samples, account=AccountId("zürich"), month=month)
        drawn(samples, month=month)

    found = samples.of_months("2026-09", "2026-10")

    assert [each.sample_id for each in found] == [
        *("2026-09-leek-npt", "2026-09-zürich", "2026-10-leek-npt", "2026-10-zürich")
    ]
    assert len(samples.of_months("2026-11", "2026-11")) == 2


def test_the_leaf_of_a_draw_says_all_that_is_needed_to_do_it_again():
    sample = a_sample()
    said = act(sample).payload

    assert said["seed"] == LOT.seed.hex()
    assert said["posts"] == [each.name for each in sample.posts]
    assert {said[name] for name in ("published", "end_size", "rule")} == {12, 7, sample.rule}
