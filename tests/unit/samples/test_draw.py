"""The lot: anybody can repeat it, nobody can choose it, and every post is as likely as another."""

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.months.logslice import Cut
from shared.months.month import Month
from shared.samples.draw import Lot, drawn, frame_hash, name_of
from shared.samples.errors import BadRuleError
from shared.samples.rule import MOST_DRAWN, Rule, read_rule

LOT = Lot("force.example/record-log", Month(2026, 10), Cut(7, bytes(range(32))), "leek-npt")
NAMES = st.lists(st.integers(0, 10**6).map(lambda each: name_of(f"P{each:025}", 1)), max_size=60)
RULES = st.builds(
    lambda share, least, more: Rule(share, least, min(least + more, MOST_DRAWN)),
    *(st.integers(0, 100), st.integers(0, MOST_DRAWN), st.integers(0, MOST_DRAWN)),
)


def test_the_seed_is_what_the_description_says():
    said = (
        "bluelamp-sample/v1\nforce.example/record-log\nmonth 2026-10\n"
        "end 7 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\naccount leek-npt\n"
    )

    assert LOT.text == said
    assert LOT.seed.hex() == sha256(said.encode()).hexdigest()


def test_what_is_drawn_can_be_done_again_by_hand():
    names = [name_of(f"{number:026}", 1) for number in range(30)]
    by_hand = sorted(names, key=lambda name: sha256(LOT.seed + name.encode()).hexdigest())

    assert drawn(LOT, Rule(), names) == tuple(by_hand[:3])


@given(NAMES, RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_database_makes_no_difference(names, rule, chance):
    mixed = [*names, *names]
    chance.shuffle(mixed)

    assert drawn(LOT, rule, mixed) == drawn(LOT, rule, names)
    assert frame_hash(mixed) == frame_hash(names)


@given(NAMES, RULES)
def test_each_is_drawn_once_and_never_more_than_there_are(names, rule):
    found = drawn(LOT, rule, names)

    assert len(found) == len({*found}) == rule.size(len({*names}))
    assert {*found} <= {*names}


@given(NAMES, RULES)
def test_a_rule_that_draws_more_draws_the_same_and_further_ones(names, rule):
    wider = Rule(100, rule.most, rule.most)

    assert drawn(LOT, wider, names)[: len(drawn(LOT, rule, names))] == drawn(LOT, rule, names)


@given(st.integers(0, 5_000), RULES)
def test_the_size_stays_within_least_most_and_what_there_is(published, rule):
    size = rule.size(published)

    assert min(published, rule.least) <= size <= min(published, rule.most)
    assert rule.size(published + 1) >= size


def test_every_post_is_as_likely_to_be_drawn_as_another():
    names = [name_of(f"{number:026}", 1) for number in range(20)]
    rule, times = Rule(share=25, least=1, most=20), 2_000
    lots = (Lot(LOT.origin, LOT.month, Cut(n, LOT.end.root), LOT.account) for n in range(times))

    counts = Counter(name for lot in lots for name in drawn(lot, rule, names))

    assert set(counts) == set(names)
    # 5 of 20 each time: 500 on average, with a deviation of 19; five of them are never seen.
    assert all(400 < each < 600 for each in counts.values())


@pytest.mark.parametrize(
    "other",
    [
        Lot("other.example/record-log", LOT.month, LOT.end, LOT.account),
        Lot(LOT.origin, Month(2026, 11), LOT.end, LOT.account),
        Lot(LOT.origin, LOT.month, Cut(8, LOT.end.root), LOT.account),
        Lot(LOT.origin, LOT.month, Cut(7, bytes(32)), LOT.account),
        Lot(LOT.origin, LOT.month, LOT.end, "moor-npt"),
    ],
)
def test_another_log_month_end_or_account_is_another_lot(other):
    assert other.seed != LOT.seed


@pytest.mark.parametrize(
    ("published", "size", "why"),
    [
        (0, 0, "nothing was published"),
        (1, 1, "as far as there are"),
        (2, 2, "at least two"),
        (20, 2, "ten per cent"),
        (21, 3, "rounded up"),
        (500, 10, "at most ten"),
    ],
)
def test_the_usual_rule_by_hand(published, size, why):
    assert Rule().size(published) == size, why


@given(RULES)
def test_a_rule_is_read_as_it_is_written(rule):
    assert read_rule(str(rule)) == rule


@pytest.mark.parametrize("text", ["", "share=10", " least=2 , most=10 "])
def test_what_is_not_said_is_as_usual(text):
    assert read_rule(text) == Rule()


@pytest.mark.parametrize(
    "text",
    [
        *("share", "share=-1", "share=ten", "share=١٠", "share=101", "share=1,share=2"),
        *("least=11", f"most={MOST_DRAWN + 1}", "all=1", "share=10;least=2"),
    ],
)
def test_what_is_no_rule_is_refused_with_a_sentence(text):
    with pytest.raises(BadRuleError, match="Write it as share=10"):
        read_rule(text)
