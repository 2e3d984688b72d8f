"""A drift is found once, taken on by one, and closed once with what somebody found out."""

from datetime import timedelta

import pytest

from shared.drift.drift import (
    Cause,
    Drift,
    DriftState,
    Finding,
    Kind,
    acknowledge,
    close,
    drift_name,
    end,
    mark_of,
)
from shared.drift.errors import InvalidDriftError
from shared.posts.errors import UnlawfulStepError
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName
from tests.builders import NOW

RIVERSIDE, MASTODON = AccountId("riverside"), PlatformName("mastodon")
ONE, TWO = PersonId("p-1"), PersonId("p-2")
FOUND_OUT = Finding(Cause.STRANGER, "Somebody had the password.")


def a_drift(kind=Kind.NAME, value="Riverside Poliec"):
    mark = mark_of(kind, value)
    name = drift_name(RIVERSIDE, MASTODON, mark, NOW)
    return Drift(name, RIVERSIDE, MASTODON, kind, mark, LeafId("l"), NOW)


def test_the_same_value_has_the_same_mark_and_nobody_can_read_it():
    assert mark_of(Kind.NAME, "Riverside") == mark_of(Kind.NAME, "Riverside")
    assert mark_of(Kind.NAME, "Riverside") != mark_of(Kind.ABOUT, "Riverside")
    assert "iverside" not in mark_of(Kind.NAME, "Riverside")


def test_who_takes_it_on_is_on_record_and_nobody_takes_it_from_them():
    taken = acknowledge(a_drift(), ONE, NOW)

    assert (taken.state, taken.acknowledged.by) == (DriftState.ACKNOWLEDGED, ONE)
    with pytest.raises(UnlawfulStepError):
        acknowledge(taken, TWO, NOW)


def test_it_is_closed_once_whether_or_not_somebody_had_taken_it_on():
    for drift in (a_drift(), acknowledge(a_drift(), ONE, NOW)):
        closed = close(drift, FOUND_OUT, TWO, NOW)

        assert (closed.state, closed.closed.by, closed.is_open) == (DriftState.CLOSED, TWO, False)
        with pytest.raises(UnlawfulStepError):
            close(closed, FOUND_OUT, ONE, NOW)
        with pytest.raises(UnlawfulStepError):
            acknowledge(closed, ONE, NOW)


@pytest.mark.parametrize(
    ("finding", "field"),
    [
        (Finding(Cause.STRANGER, " "), "why"),
        (Finding(Cause.OURS, "A new name."), "who"),
        (Finding(Cause.OURS, "", "PC 1234"), "why"),
    ],
)
def test_who_closes_it_says_why_and_who_of_ours_it_was(finding, field):
    with pytest.raises(InvalidDriftError) as caught:
        close(a_drift(), finding, ONE, NOW)

    assert caught.value.field == field


def test_who_confirms_what_was_seen_first_names_nobody_who_did_it():
    closed = close(a_drift(Kind.FIRST), Finding(Cause.OURS, "As registered."), ONE, NOW)

    assert (closed.is_alarm, closed.is_accepted) == (False, True)


@pytest.mark.parametrize(
    ("cause", "accepted"),
    [
        (Cause.OURS, True),
        (Cause.PLATFORM, True),
        (Cause.STRANGER, False),
        (Cause.MISTAKEN, False),
    ],
)
def test_only_what_we_or_the_platform_did_counts_as_right_from_then_on(cause, accepted):
    assert close(a_drift(), Finding(cause, "So.", "PC 1"), ONE, NOW).is_accepted is accepted


def test_a_finding_names_one_of_ours_only_where_one_of_ours_did_it():
    closed = close(a_drift(), Finding(Cause.STRANGER, "So.", "PC 1"), ONE, NOW)

    assert closed.closed.finding.who == ""


def test_when_it_was_first_seen_to_be_gone_is_kept():
    ended = end(end(a_drift(), NOW), NOW + timedelta(hours=1))

    assert (ended.ended_at, ended.is_open) == (NOW, True)
