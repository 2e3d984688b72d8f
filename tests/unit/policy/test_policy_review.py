"""Whoever operates the policy is told when nobody has looked at it in time (policy.md G02)."""

import json
from datetime import timedelta

import pytest

from shared.policy.check import check
from shared.policy.pack import load
from shared.policy.rules.policy_review import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import PACK, a_candidate, found, pack_content

OVERDUE = PACK.review_by + timedelta(days=1)
CENTRE = ("comms", "corporate")


def pack_on(day, **changes):
    return load(json.dumps({**pack_content(), **changes}).encode(), day)


@pytest.mark.parametrize("role", CENTRE)
@pytest.mark.parametrize("level", ["corporate", "lpt", "neighbourhood"])
@pytest.mark.parametrize("day", [OVERDUE, PACK.expires])
def test_an_overdue_review_is_told_to_the_centre(role, level, day):
    candidate = a_candidate("Road open.", author_role=role, account_level=level)
    findings = found(candidate, RULE, pack_on(day))

    assert [one.severity for one in findings] == [Severity.ADVISE]
    assert "was to be reviewed by 31 May 2027" in findings[0].message
    assert "ask Corporate Communications" in findings[0].suggestion


@pytest.mark.parametrize("role", ["officer", "pcso", "lpt_commander"])
@pytest.mark.parametrize("day", [OVERDUE, PACK.expires])
def test_nobody_else_is_bothered(role, day):
    assert not found(a_candidate("Road open.", author_role=role), RULE, pack_on(day))


@pytest.mark.parametrize("role", CENTRE)
@pytest.mark.parametrize("days", [0, 1, 30, 100])
def test_in_time_nothing_is_told(role, days):
    pack = pack_on(PACK.review_by - timedelta(days=days))

    assert not found(a_candidate("Road open.", author_role=role), RULE, pack)


def test_the_post_is_none_the_worse_for_it():
    verdict = check(a_candidate("Road open.", author_role="comms"), pack_on(OVERDUE))

    assert [one.rule for one in verdict.findings] == [RULE]
    assert verdict.outcome == "clear"


def test_once_reviewed_nothing_is_told():
    reviewed = pack_on(OVERDUE, review_by=PACK.expires.isoformat())

    assert not found(a_candidate("Road open.", author_role="comms"), RULE, reviewed)
