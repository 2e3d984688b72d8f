"""One target, once, whatever dies when: every crash in turn, then any tale of three workers."""

from contextlib import suppress
from datetime import timedelta
from itertools import count, product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from publish.once import look, publish
from shared.posts.life import Outcome
from shared.records.publication import LONGEST_ATTEMPT
from tests.builders import NOW
from tests.unit.fakes import Ledger
from tests.unit.publish.timeline import SENDS, Timeline, a_released, a_target
from tests.unit.publish.workers import KilledError, Mishap, Worker

SOON = NOW + timedelta(seconds=20)
WORKER_IS_DEAD = SOON + LONGEST_ATTEMPT
FUNCTION_ENDS = timedelta(seconds=60)
MOST_CALLS = 7
"""More external calls than any one deed makes."""

TELLING = ("takes it", "takes it later and falls silent", "never hears of it", "no", "not now")
"""What a second send may meet: each of these leads somewhere else."""


class Scene:
    """One post, one platform, and whoever works on them."""

    def __init__(self, sends=(), finds=()):
        self.ledger, self.post = Ledger(), a_released()
        self.platform = Timeline(sends=list(sends), finds=list(finds))
        self._keys = (f"KEY-{number}" for number in count(1))
        self.told = []

    def publish(self, at=NOW, wire=None):
        key = next(self._keys)
        return self._hear(publish(a_target(self.ledger, self.platform, self.post, wire), key, at))

    def look(self, at=SOON, wire=None):
        if (publication := self.publication) is None:
            return None
        assert publication.post_id == self.post.post_id
        return self._hear(look(a_target(self.ledger, self.platform, self.post, wire), at))

    @property
    def publication(self):
        return next(iter(self.ledger.publications.of(self.post.post_id, 1)), None)

    def require_once(self):
        """What must hold after every single call, whoever has just died."""
        platform, publication = self.platform, self.publication
        assert len(platform.shown) <= 1, "the platform shows it twice"
        assert len(set(platform.heard)) <= 1, "two different requests left"
        assert self.ledger.happened.count("publication.claimed") <= 1
        if publication and publication.state is Outcome.SENT:
            assert publication.key in platform.read_back, "sent, and nobody read it back"

    def require_ending(self, at):
        """Left alone with a healthy platform, it comes to an ending that is true."""
        self.platform.sends, self.platform.finds, self.platform.opens = [], [], []
        self.platform.arrive()
        self.publish(at)
        told = self.look(at)
        assert told.outcome in {"sent", "failed"}
        if told.outcome == "sent":
            assert len(self.platform.shown) == 1
        self.require_once()

    def _hear(self, told):
        if told.outcome == "sent":
            assert self.publication.key in self.platform.read_back
        self.told.append(told)
        return told


@pytest.mark.parametrize("send", SENDS)
def test_a_worker_may_die_at_any_call_of_its_first_attempt(send):
    for at, dies in product(range(MOST_CALLS), ("before", "after")):
        scene = Scene([send])

        with suppress(KilledError):
            scene.publish(wire=Mishap(at, dies=dies))

        scene.require_once()
        scene.require_ending(WORKER_IS_DEAD)


@pytest.mark.parametrize("send", SENDS)
def test_a_worker_may_die_at_any_call_of_a_later_attempt(send):
    for at, dies in product(range(MOST_CALLS), ("before", "after")):
        scene = Scene(["never hears of it", send])
        scene.publish()

        with suppress(KilledError):
            scene.look(wire=Mishap(at, dies=dies))

        scene.require_once()
        scene.require_ending(WORKER_IS_DEAD)


@pytest.mark.parametrize("send", SENDS)
def test_a_second_worker_may_come_between_any_two_calls_of_the_first(send):
    for at, second in product(range(MOST_CALLS), TELLING):
        for begin, again in product(("publish", "look"), repeat=2):
            scene = Scene(
                ["never hears of it", send, second] if begin == "look" else [send, second]
            )
            if begin == "look":
                scene.publish()

            def other(scene=scene, again=again):
                getattr(scene, again)(WORKER_IS_DEAD)
                scene.require_once()

            getattr(scene, begin)(SOON, wire=Mishap(at, first=other))

            scene.require_once()
            scene.require_ending(WORKER_IS_DEAD)


@pytest.mark.parametrize("send", [send for send in SENDS if "later" not in send])
def test_one_worker_after_another_never_sends_twice_even_to_a_platform_that_forgets(send):
    for at, dies in product(range(MOST_CALLS), ("before", "after")):
        scene = Scene([send])
        scene.platform.forgets = True
        with suppress(KilledError):
            scene.publish(wire=Mishap(at, dies=dies))

        for minutes in range(2, 130, 8):
            scene.publish(NOW + timedelta(minutes=minutes))
            scene.look(NOW + timedelta(minutes=minutes))
            scene.require_once()


def test_only_one_of_two_workers_makes_an_attempt_they_both_thought_due():
    scene = Scene(["never hears of it", "says nothing and takes nothing"])
    scene.publish()
    attempt = ["get", "open", "find", "attempt"].index("attempt")

    told = scene.look(WORKER_IS_DEAD, wire=Mishap(attempt, first=scene.look))

    assert told.outcome == "uncertain"
    assert scene.publication.attempts == 2
    assert len(scene.platform.heard) == 2


class AnyTale(RuleBasedStateMachine):
    """Workers start, stall, die and time out; the platform does its worst; time passes."""

    def __init__(self):
        super().__init__()
        self.scene, self.workers, self.now = Scene(), [], NOW

    @precondition(lambda self: len(self.alive) < 3)
    @rule(deed=st.sampled_from(["publish", "look"]))
    def somebody_starts(self, deed):
        at, scene = self.now, self.scene
        self.workers.append(Worker(lambda wire: getattr(scene, deed)(at, wire), at))

    @precondition(lambda self: self.alive)
    @rule(data=st.data(), calls=st.integers(1, MOST_CALLS))
    def somebody_goes_on(self, data, calls):
        worker = data.draw(st.sampled_from(self.alive))
        for _ in range(calls):
            worker.step()

    @precondition(lambda self: self.alive)
    @rule(data=st.data())
    def somebody_dies(self, data):
        data.draw(st.sampled_from(self.alive)).kill()

    @rule(send=st.sampled_from(SENDS))
    def the_platform_will(self, send):
        self.scene.platform.sends.append(send)

    @rule()
    def the_platform_cannot_be_read_next_time(self):
        self.scene.platform.finds.append("unreachable")

    @rule()
    def the_account_cannot_speak_next_time(self):
        self.scene.platform.opens.append("cannot speak")

    @rule()
    def what_was_under_way_arrives(self):
        self.scene.platform.arrive()

    @rule(seconds=st.sampled_from([1, 30, 61, 91, 7300]))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)
        for worker in self.alive:
            if self.now - worker.began > FUNCTION_ENDS:
                worker.kill()

    @property
    def alive(self):
        return [worker for worker in self.workers if not worker.over]

    @invariant()
    def it_is_there_once_at_most_and_sent_means_seen(self):
        self.scene.require_once()
        assert [worker.error for worker in self.workers if worker.error] == []

    @invariant()
    def what_is_settled_stays_settled(self):
        now = self.scene.publication and self.scene.publication.state
        before = self.__dict__.get("before")
        assert before not in {Outcome.SENT, Outcome.FAILED} or now is before
        self.before = now

    def teardown(self):
        for worker in self.alive:
            worker.kill()
        self.scene.require_ending(self.now + LONGEST_ATTEMPT)


TestAnyTale = AnyTale.TestCase
TestAnyTale.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
