"""What of the registry is due, and what is not yet."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.accounts.registers import AHEAD, SEEN_FOR, reviews_due, training_due, two_step_due
from shared.accounts.registry import AccountStatus, PersonStatus, Role, TwoStep
from shared.accounts.training import REFRESH_AFTER, Topic, Training
from shared.posts.names import PlatformName
from tests.builders import a_person, an_account

TODAY, DAY = date(2026, 11, 20), timedelta(days=1)
SANDBOX = PlatformName("sandbox")


def taught(on, *topics):
    return tuple(Training(topic, on) for topic in topics or Topic)


def test_training_is_due_a_fortnight_before_its_time_is_over():
    due = TODAY - REFRESH_AFTER + AHEAD
    late, fresh = (a_person(training=taught(on)) for on in (due, due + DAY))

    [found] = training_due([late, fresh], TODAY)

    assert (found.person, found.taught_on, found.topics) == (late, due, tuple(Topic))


def test_topics_are_told_by_the_day_they_were_taught_and_those_never_taught_first():
    old = TODAY - REFRESH_AFTER - DAY
    person = a_person(training=(*taught(old, Topic.HASHTAGS), *taught(TODAY, Topic.LOGGING_ON)))

    never, once = training_due([person], TODAY)

    assert (never.taught_on, once.taught_on) == (None, old)
    assert once.topics == (Topic.HASHTAGS,)
    assert {*never.topics, *once.topics} == set(Topic) - {Topic.LOGGING_ON}


@pytest.mark.parametrize(
    "changes", [{"role": Role.AUDITOR}, *({"status": s} for s in set(PersonStatus) - {"active"})]
)
def test_whoever_does_not_post_or_is_not_there_is_not_called_to_a_course(changes):
    assert list(training_due([a_person(**changes)], TODAY)) == []


def test_an_account_is_to_be_looked_at_a_fortnight_before_its_day():
    due = an_account(review_date=TODAY + AHEAD)
    later = replace(due, review_date=TODAY + AHEAD + DAY)
    closed = replace(due, status=AccountStatus.CLOSED)

    assert list(reviews_due([due, later, closed, an_account()], TODAY)) == [due]


def test_two_step_verification_that_nobody_has_seen_for_a_year_is_due():
    never = an_account()
    old, fresh = (
        replace(never, two_step=(TwoStep(SANDBOX, TODAY - SEEN_FOR + days * DAY),))
        for days in (0, 1)
    )
    unopened = replace(never, status=AccountStatus.APPROVED)

    found = list(two_step_due([never, old, fresh, unopened], TODAY))

    assert [(each.account, each.platform) for each in found] == [(never, SANDBOX), (old, SANDBOX)]
    assert [each.seen_on for each in found] == [None, TODAY - SEEN_FOR]
