"""What somebody deletes while it is still on its way is not sent any more, whoever is late."""

from datetime import timedelta

import pytest

from publish.once import look, publish
from publish.target import FAILED, SENT
from shared.posts.life import Outcome
from tests.builders import NOW
from tests.unit.fakes import Ledger
from tests.unit.publish.timeline import Timeline, a_released, a_target

SOON = NOW + timedelta(minutes=2)


@pytest.fixture
def stage():
    return Ledger(), a_released()


def taking_away(ledger, post):
    ledger.taken_away.add((post.post_id, post.version))


def test_a_target_that_nobody_claimed_is_never_sent_and_that_is_on_record(stage):
    (ledger, post), platform = stage, Timeline()
    taking_away(ledger, post)

    told = publish(a_target(ledger, platform, post), "KEY", NOW)

    assert (told.outcome, platform.heard) == (FAILED, [])
    [kept] = ledger.publications.of(post.post_id, 1)
    assert (kept.state, kept.attempts) == (Outcome.FAILED, 0)
    assert "deleting" in kept.reason
    assert publish(a_target(ledger, platform, post), "OTHER", SOON).outcome == FAILED


@pytest.mark.parametrize("silence", ["says nothing and takes nothing", "never hears of it"])
def test_a_late_retry_sends_nothing(stage, silence):
    (ledger, post), platform = stage, Timeline(sends=[silence])
    publish(a_target(ledger, platform, post), "KEY", NOW)
    taking_away(ledger, post)

    told = look(a_target(ledger, platform, post), SOON)

    assert told.outcome == FAILED
    assert len(platform.heard) == 1
    assert platform.shown == []


def test_what_is_there_is_still_found_so_that_it_can_be_removed(stage):
    (ledger, post), platform = stage, Timeline(sends=["takes it and falls silent"])
    publish(a_target(ledger, platform, post), "KEY", NOW)
    taking_away(ledger, post)

    assert look(a_target(ledger, platform, post), SOON).outcome == SENT
