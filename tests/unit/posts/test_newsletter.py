"""Which issue is due when, over the nights when the clocks change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from shared.posts.newsletter import issue_of


@pytest.mark.parametrize(
    ("now", "name"),
    [
        ("2026-11-20T08:59:59+00:00", "2026-11-13"),
        ("2026-11-20T09:00:00+00:00", "2026-11-20"),
        ("2026-11-20T23:59:59+00:00", "2026-11-20"),
        ("2026-11-26T23:59:59+00:00", "2026-11-20"),
        ("2026-06-19T07:59:59+00:00", "2026-06-12"),
        ("2026-06-19T08:00:00+00:00", "2026-06-19"),
        ("2027-01-01T09:00:00+00:00", "2027-01-01"),
    ],
)
def test_an_issue_is_called_after_its_friday(now, name):
    assert issue_of(datetime.fromisoformat(now)).name == name


def test_issues_follow_one_another_without_gap_or_overlap():
    at = datetime(2026, 1, 2, 12, tzinfo=UTC)
    issues = [issue_of(at + timedelta(days=7 * week)) for week in range(60)]

    for one, following in pairwise(issues):
        assert one.until == following.since
    hours = {(i.until - i.since).total_seconds() / 3600 for i in map(utc, issues)}
    assert hours == {167, 168, 169}


def utc(issue):
    """Subtraction by the clock on the wall would hide the hour that was skipped."""
    return type(issue)(issue.day, issue.since.astimezone(UTC), issue.until.astimezone(UTC))
