"""The structural rules against the labelled posts: how rarely they speak to somebody who is right.

Whoever writes a clean post is advised by each of these rules at most in three cases of two hundred,
and never kept waiting by them.
"""

from collections import Counter

import pytest

from shared.policy.check import check
from shared.policy.reading import Reading
from shared.policy.rules import (
    appeal_end,
    colleagues,
    commercial,
    critical_incident,
    hashtag_case,
    missing_alt,
    policy_review,
    pre_election,
    reshare_source,
)
from tests.unit.policy.candidates import PACK, a_pack, candidate_from, corpus_posts

MOST_ADVISED = 0.015
ADVISING = (
    appeal_end,
    colleagues,
    hashtag_case,
    missing_alt,
    policy_review,
    pre_election,
    reshare_source,
)
BEFORE_AN_ELECTION = a_pack(pre_election={"x": {"first": "2026-11-01", "last": "2026-12-03"}})


@pytest.fixture(scope="module")
def clean():
    return [candidate_from(post) for post in corpus_posts() if not post["expect"]]


@pytest.mark.parametrize("rule", ADVISING, ids=lambda rule: rule.RULE)
def test_a_rule_seldom_speaks_to_somebody_who_is_right(clean, rule):
    told = sum(any(True for _ in rule.check(Reading(each), BEFORE_AN_ELECTION)) for each in clean)

    assert told <= MOST_ADVISED * len(clean)


def test_none_of_them_blocks_a_clean_post_or_makes_it_wait(clean):
    weighing = Counter(
        (one.rule, one.severity.value)
        for each in clean
        for one in check(each, PACK).findings
        if one.rule in {rule.RULE for rule in (*ADVISING, commercial, critical_incident)}
        and one.severity.value != "advise"
    )

    assert not weighing


def test_a_critical_incident_is_found_exactly_where_it_is_declared():
    wrong = [
        post["id"]
        for post in corpus_posts()
        if any(critical_incident.check(Reading(candidate_from(post)), PACK))
        != (critical_incident.RULE in post["expect"])
    ]

    assert wrong == []
