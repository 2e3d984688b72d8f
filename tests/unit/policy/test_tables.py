"""Posts that must fire and near-misses that must not, for every rule the model judges.

The posts are our own (`tests/assets/corpus/own`), named in `tables.json`; the model has been taught
them, so this shows that what was taught is kept. What it makes of posts it has never seen is in
docs/policy-evaluation.md.
"""

import json

import pytest

from shared.policy.check import check
from tests.unit.policy.candidates import CORPUS, PACK, candidate_from

TABLES = json.loads((CORPUS / "tables.json").read_text(encoding="utf-8"))
POSTS = {
    post["id"]: post
    for path in sorted((CORPUS / "own").glob("*.jsonl"))
    for post in map(json.loads, path.read_text(encoding="utf-8").splitlines())
}
FIRING = [(rule, one) for rule, table in TABLES.items() for one in table["fires"]]
NEAR = [(rule, one) for rule, table in TABLES.items() for one in table["near"]]


def test_every_judged_rule_has_eight_of_each():
    assert set(TABLES) == set(PACK.model.rules)
    assert all(len(table["fires"]) >= 8 and len(table["near"]) >= 8 for table in TABLES.values())


@pytest.mark.parametrize(("rule", "post_id"), FIRING)
def test_a_post_that_breaks_a_rule_is_found(rule, post_id):
    post = POSTS[post_id]

    findings = check(candidate_from(post), PACK).findings

    assert rule in post["expect"]
    assert rule in {one.rule for one in findings}


@pytest.mark.parametrize(("rule", "post_id"), NEAR)
def test_a_near_miss_is_let_be(rule, post_id):
    post = POSTS[post_id]

    findings = check(candidate_from(post), PACK).findings

    assert rule in post["must_not"]
    assert rule not in {one.rule for one in findings}


@pytest.mark.parametrize(("rule", "post_id"), FIRING)
def test_without_the_words_a_finding_points_at_it_is_gone(rule, post_id):
    post = POSTS[post_id]

    found = [one for one in check(candidate_from(post), PACK).findings if one.rule == rule]
    told = {place for one in found for place in range(one.start, one.end)}
    left = "".join(" " if place in told else sign for place, sign in enumerate(post["text"]))

    assert all(post["text"][one.start : one.end].strip() for one in found)
    again = check(candidate_from({**post, "text": left}), PACK).findings
    assert rule not in {one.rule for one in again}
