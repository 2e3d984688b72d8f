"""Which labelled posts the demo sends: only those whose fate today's rules decide."""

import json

import pytest

from local.demo.corpus import ALWAYS_BLOCKED, KNOWN, WRITERS, Sample, choose
from shared.policy.rules import RULES
from tests.unit.policy.candidates import PACK, a_candidate, corpus_posts, found

CLEAN = {"text": "Open again.", "kind": "original", "author_role": "officer", "expect": []}


@pytest.fixture
def corpus(tmp_path):
    def written(*posts):
        path = tmp_path / "posts.jsonl"
        lines = [
            json.dumps({**CLEAN, "id": f"p{number}", **post}) for number, post in enumerate(posts)
        ]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return written


def ids(samples):
    return [sample.sample_id for sample in samples]


def broken(rule):
    return {"expect": [rule]}


def test_half_of_the_posts_break_a_rule_and_the_rest_are_clean(corpus):
    path = corpus(*[broken("external-link")] * 5, *[{}] * 5)

    chosen = choose(4, PACK, path)

    assert [bool(sample.breaks) for sample in chosen] == [True, True, False, False]


def test_where_few_break_a_rule_clean_ones_fill_the_rest(corpus):
    chosen = choose(4, PACK, corpus(broken("external-link"), *[{}] * 5))

    assert ids(chosen) == ["p0", "p1", "p2", "p3"]


def test_every_run_chooses_the_same_in_the_same_order(corpus):
    path = corpus({}, broken("external-link"), {}, broken("protective-marking"))

    assert choose(3, PACK, path) == choose(3, PACK, path)
    assert ids(choose(4, PACK, path)) == ["p0", "p1", "p2", "p3"]


LEFT_OUT = [
    ("a label no rule of today knows", {"expect": ["tone"]}),
    ("one known label among others", {"expect": ["external-link", "tone"]}),
    ("a reshare", {"kind": "reshare"}),
    ("a reply", {"kind": "reply"}),
    ("a writer the demo does not have", {"author_role": "comms"}),
    ("too long elsewhere, not on Bluesky", {"expect": ["too-long"]}),
    ("too long on Bluesky, not where it was labelled", {"text": "a" * 301}),
]


@pytest.mark.parametrize(("why", "post"), LEFT_OUT, ids=[row[0] for row in LEFT_OUT])
def test_a_post_whose_fate_cannot_be_told_is_left_out(corpus, why, post):
    assert choose(2, PACK, corpus(post)) == ()


def test_a_text_that_is_too_long_on_bluesky_as_well_is_taken(corpus):
    (sample,) = choose(2, PACK, corpus({"text": "a" * 301, **broken("too-long")}))

    assert sample.must_block


@pytest.mark.parametrize("rule", sorted(KNOWN))
def test_what_leaves_no_room_for_a_second_opinion_must_block(rule):
    assert Sample("p", "", "officer", frozenset({rule})).must_block is (rule in ALWAYS_BLOCKED)
    assert not Sample("p", "", "officer", frozenset()).must_block


def test_the_rules_it_counts_on_are_rules_the_check_has():
    assert {rule.__module__.rpartition(".")[2].replace("_", "-") for rule in RULES} >= KNOWN


def test_the_corpus_has_enough_for_the_demo_and_its_labels_hold():
    chosen = choose(48, PACK)

    by_id = {post["id"]: post for post in corpus_posts()}
    assert len(chosen) == 48
    assert {sample.role for sample in chosen} == set(WRITERS)
    assert sum(bool(sample.breaks) for sample in chosen) >= 6
    for sample in chosen:
        assert sample.text == by_id[sample.sample_id]["text"]
        candidate = a_candidate(sample.text, "bluesky", author_role=sample.role)
        assert all(found(candidate, rule) for rule in sample.breaks)
