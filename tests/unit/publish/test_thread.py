"""A thread: part after part, each only once and only behind the one before."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count, product

import pytest

from publish.once import LATENESS, NOT_IN_TIME
from publish.thread import ENOUGH
from shared.accounts.incident import Board
from shared.posts.life import Outcome, State
from shared.records.publication import LONGEST_ATTEMPT
from tests.builders import NOW
from tests.unit.publish.threads import PARTS, SANDBOX, Threaded
from tests.unit.publish.timeline import IN_A_WHILE, SENDS
from tests.unit.publish.workers import KilledError, Mishap

SENT, FAILED, UNCERTAIN = Outcome.SENT, Outcome.FAILED, Outcome.UNCERTAIN
SOON = NOW + timedelta(seconds=20)
WORKERS_ARE_DEAD = NOW + 2 * LONGEST_ATTEMPT
MOST_CALLS = 26
"""More external calls than a call that says three parts makes."""


def test_a_thread_is_said_part_by_part_each_answering_the_one_before():
    threaded = Threaded()

    assert threaded.publish().outcome == "sent"

    assert len(threaded.shown()) == 3
    threaded.require_thread()
    assert threaded.outcomes() == {1: SENT, 2: SENT, 3: SENT}


def test_the_leaves_name_the_parts():
    threaded = Threaded()
    threaded.publish()

    places = [act.subject.rpartition("/")[2] for act in threaded.ledger.acts]
    assert list(dict.fromkeys(places)) == ["sandbox", "sandbox#2", "sandbox#3"]


def test_parts_of_the_same_words_are_posts_of_their_own():
    threaded = Threaded(parts=("Again.", "Again.", "Again."))

    assert threaded.publish().outcome == "sent"

    assert len({platform_id for platform_id, _, _ in threaded.shown()}) == 3
    threaded.require_thread()


def test_a_call_again_says_nothing_again():
    threaded = Threaded()

    told = [threaded.publish().outcome, threaded.publish().outcome, threaded.look().outcome]

    assert told == ["sent"] * 3
    assert len(threaded.shown()) == 3


@pytest.mark.parametrize("part", [1, 2, 3])
def test_the_first_part_that_is_refused_ends_the_thread(part):
    threaded = Threaded([*["takes it"] * (part - 1), "no"])

    assert threaded.publish().outcome == "failed"
    assert threaded.look(WORKERS_ARE_DEAD).outcome in {"failed", "sent"}

    assert threaded.outcomes() == {**dict.fromkeys(range(1, part), SENT), part: FAILED}
    assert len(threaded.shown()) == part - 1


@pytest.mark.parametrize("part", [1, 2, 3])
def test_behind_a_part_that_nobody_knows_of_nothing_is_said(part):
    threaded = Threaded([*["takes it"] * (part - 1), "takes it later and falls silent"])

    assert threaded.publish().outcome == "uncertain"

    assert threaded.outcomes()[part] is UNCERTAIN
    assert part + 1 not in threaded.outcomes()
    threaded.platform.arrive()
    assert threaded.look(WORKERS_ARE_DEAD).outcome == "sent"
    assert len(threaded.shown()) == 3
    threaded.require_thread()


@pytest.mark.parametrize("part", [1, 2, 3])
def test_a_part_that_has_to_wait_is_gone_on_from(part):
    threaded = Threaded([*["takes it"] * (part - 1), "not now"])

    told = threaded.publish()

    assert (told.outcome, told.retry_at) == ("later", IN_A_WHILE)
    assert threaded.look(IN_A_WHILE).outcome == "sent"
    assert len(threaded.shown()) == 3
    threaded.require_thread()


def test_a_window_that_closed_on_one_part_keeps_the_next_one_back():
    threaded, closed = Threaded(), []
    target = threaded.target(close=closed.append)
    said = threaded.platform.send

    def last_one_for_now(frozen, media):
        return replace(said(frozen, media), resume_at=IN_A_WHILE)

    threaded.platform.send = last_one_for_now

    told = threaded.publish(close=target.close)

    assert (told.outcome, told.retry_at) == ("later", IN_A_WHILE)
    assert closed == [IN_A_WHILE]
    assert threaded.outcomes() == {1: SENT}  # nothing is claimed that cannot be said


def test_a_call_that_took_long_leaves_the_rest_to_the_next_one():
    threaded = Threaded()
    ticks = (NOW + number * ENOUGH * 0.7 for number in count())

    told = threaded.publish(at=lambda: next(ticks))

    assert told.outcome == "later"
    assert threaded.outcomes() == {1: SENT, 2: SENT}
    assert threaded.look(told.retry_at).outcome == "sent"
    threaded.require_thread()


def test_an_incident_keeps_back_the_parts_that_are_not_out():
    threaded = Threaded(["takes it", "takes it and falls silent"])
    threaded.publish()
    threaded.ledger.board = Board(7)
    threaded.ledger.incidents.board = lambda: Board(7)

    told = threaded.look(WORKERS_ARE_DEAD)

    assert told.outcome == "recheck"
    assert threaded.outcomes() == {1: SENT, 2: SENT}
    assert threaded.publish(generation=7).outcome == "sent"
    threaded.require_thread()


def test_what_is_left_of_a_thread_that_came_too_late_stays_unsaid_and_says_why():
    threaded = Threaded(["takes it", "takes it and falls silent"])
    threaded.publish()

    told = threaded.look(NOW + LATENESS + timedelta(seconds=1))

    assert told.outcome == "failed"
    assert threaded.outcomes() == {1: SENT, 2: SENT, 3: FAILED}
    last = threaded.ledger.publications.get(threaded.post.post_id, 1, SANDBOX, 3)
    assert last.reason == NOT_IN_TIME
    assert len(threaded.shown()) == 2


def test_lateness_counts_from_the_first_part():
    threaded = Threaded(["takes it", "never hears of it"])
    threaded.publish()
    late = NOW + LATENESS + timedelta(seconds=1)

    assert threaded.look(late).outcome == "failed"
    assert threaded.outcomes() == {1: SENT, 2: FAILED}


def test_nothing_answers_a_part_that_was_taken_away():
    threaded = Threaded(["takes it", "takes it and falls silent"])
    threaded.publish()
    [_, second] = threaded.ledger.publications.of(threaded.post.post_id, 1)
    threaded.ledger.keep(replace(second, state=Outcome.WITHDRAWN))

    threaded.look(WORKERS_ARE_DEAD)

    assert 3 not in threaded.outcomes()


def test_nothing_is_begun_once_the_post_is_no_longer_released():
    threaded = Threaded(["takes it", "takes it and falls silent"])
    threaded.publish()
    threaded.post = replace(threaded.post, state=State.UNCERTAIN)

    threaded.look(WORKERS_ARE_DEAD)

    assert threaded.outcomes() == {1: SENT, 2: SENT}


TALES = [[*["takes it"] * sound, send] for sound, send in product(range(3), SENDS)]


@pytest.mark.parametrize("sends", TALES, ids=lambda sends: f"{len(sends)}-{sends[-1]}")
def test_a_worker_may_die_at_any_call_at_any_part(sends):
    for at, dies in product(range(MOST_CALLS), ("before", "after")):
        threaded = Threaded(sends)

        with suppress(KilledError):
            threaded.publish(wire=Mishap(at, dies=dies))

        threaded.require_thread()
        settle_left_alone(threaded)


@pytest.mark.parametrize("begin", ["publish", "look"])
def test_a_second_worker_may_come_between_any_two_calls_of_the_first(begin):
    for at, again in product(range(MOST_CALLS), ("publish", "look")):
        for when in (SOON, WORKERS_ARE_DEAD):
            threaded = Threaded(["takes it", "never hears of it"] if begin == "look" else [])
            if begin == "look":
                threaded.publish()

            def other(threaded=threaded, again=again, when=when):
                if threaded.outcomes():
                    getattr(threaded, again)(when)
                    threaded.require_thread()

            getattr(threaded, begin)(SOON, wire=Mishap(at, first=other))

            threaded.require_thread()
            settle_left_alone(threaded)


def settle_left_alone(threaded):
    """With a healthy platform it comes to an end that is true."""
    platform = threaded.platform
    platform.sends, platform.finds, platform.opens = [], [], []
    platform.arrive()
    told = threaded.publish(WORKERS_ARE_DEAD)
    for _ in range(len(PARTS)):
        told = threaded.look(WORKERS_ARE_DEAD)
    assert told.outcome in {"sent", "failed"}
    if told.outcome == "sent" and FAILED not in threaded.outcomes().values():
        assert len(threaded.shown()) == 3
    threaded.require_thread()
