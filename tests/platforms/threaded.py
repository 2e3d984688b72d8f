"""What every adapter promises that says threads: each part once, under the one before it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count, product

from publish.thread import Hand, look, publish
from shared.platforms.base import Before
from shared.posts.life import Outcome, State
from tests.builders import a_post
from tests.platforms.builders import NO_MEDIA, a_draft, a_key, now
from tests.platforms.six import Alone, Opened
from tests.unit.fakes import Ledger
from tests.unit.publish.timeline import a_target
from tests.unit.publish.workers import KilledError, Mishap

MOST_CALLS = 26
"""More external calls than a call that says three parts makes."""

LOOKS = (timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=6), timedelta(minutes=8))
"""As the state machine looks at what is not settled; the first when nobody can be sending."""


class ThreadContract:
    """Inherit beside PlatformContract, and say what stands and what it answers."""

    def standing_answers(self):
        """Of each post that stands its words, and the words of the post it answers or None."""
        raise NotImplementedError

    def stands(self, thread):
        """What the public sees of a thread, in the order of its parts."""
        found = [each for each in self.standing_answers() if each[0] in thread.parts]
        return sorted(found, key=lambda each: thread.parts.index(each[0]))

    def require_thread(self, thread, length=None):
        """Each part at most once, none without the one before it."""
        stands = self.stands(thread)
        before = [None, *thread.parts]
        assert stands == list(zip(thread.parts, before, strict=False))[: len(stands)]
        assert length is None or len(stands) == length

    def test_a_thread_stands_as_it_was_written(self, platform):
        thread = OneThread(platform)

        assert thread.publish().outcome == "sent"

        self.require_thread(thread, 3)
        assert thread.outcomes() == [Outcome.SENT] * 3

    def test_the_next_part_is_frozen_with_what_it_answers(self, platform):
        first = platform.send(self.frozen(platform), NO_MEDIA)
        key, moment, before = a_key(), now(), Before(first, first)

        frozen = platform.prepare(a_draft("More"), key, moment, before)

        assert frozen == platform.prepare(a_draft("More"), key, moment, before)
        assert frozen != platform.prepare(a_draft("More"), key, moment)
        assert first.platform_id in repr(frozen.request)

    def test_a_part_is_found_as_it_was_sent_and_is_nobody_elses(self, platform):
        first = platform.send(self.frozen(platform), NO_MEDIA)
        other = platform.send(self.frozen(platform), NO_MEDIA)
        draft, sent = a_draft(f"More {a_key()}"), now()
        ours = platform.prepare(draft, a_key(), sent, Before(first, first))
        theirs = platform.prepare(draft, a_key(), sent, Before(other, other))
        alone = platform.prepare(draft, a_key(), sent)

        receipt = platform.send(ours, NO_MEDIA)

        assert platform.find(ours) == receipt
        assert platform.find(theirs) is None
        assert platform.find(alone) is None

    def test_a_worker_may_die_between_any_two_calls_of_a_thread(self, platform):
        platform.find(self.frozen(platform))  # signs in
        for at, dies in product(range(MOST_CALLS), ("before", "after")):
            thread, wire = OneThread(platform), Mishap(at, dies=dies)

            with suppress(KilledError):
                thread.publish(wire=wire)

            self.require_thread(thread)
            assert thread.settled().outcome == "sent"
            self.require_thread(thread, 3)
            if wire.calls <= at:
                return  # it had no more calls to die at
        raise AssertionError("A thread makes more calls than were tried.")

    def test_six_workers_given_one_thread_say_it_once(self, platform):
        platform.find(self.frozen(platform))  # signs in, so that six need not
        thread, gate = OneThread(platform), threading.Barrier(6)

        def work(_):
            gate.wait()
            told = thread.publish()
            return told if told.outcome in {"sent", "failed"} else thread.look(thread.began)

        with ThreadPoolExecutor(6) as threads:
            told = list(threads.map(work, range(6)))

        assert thread.settled().outcome == "sent"
        assert "failed" not in {each.outcome for each in told}
        self.require_thread(thread, 3)
        assert thread.ledger.happened.count("publication.claimed") == 3


class OneThread:
    """Three parts that nobody else says, and their records."""

    def __init__(self, platform):
        self.parts = tuple(f"Part {number} of {a_key()}" for number in (1, 2, 3))
        self.ledger, self.began = Ledger(), now()
        self._platform, self._lock = Opened(platform), threading.Lock()
        self._keys = count()
        text, *thread = self.parts
        self.post = a_post(
            text, state=State.RELEASED, platforms=(platform.name,), thread=tuple(thread)
        )

    def publish(self, wire=None):
        return publish(self._target(wire), Hand(a_key, lambda: self.began))

    def look(self, at):
        return look(self._target(), Hand(a_key, lambda: at))

    def settled(self):
        """What is told once the machine has looked as long as it does."""
        told = self.publish() if not self.outcomes() else None
        for later in LOOKS:
            if told and told.outcome in {"sent", "failed"}:
                return told
            told = self.look(self.began + later)
        return told

    def outcomes(self):
        return [each.state for each in self.ledger.publications.of(self.post.post_id, 1)]

    def _target(self, wire=None):
        target = a_target(self.ledger, self._platform, self.post, wire)
        return replace(target, media=NO_MEDIA, publications=Alone(self._lock, target.publications))


def by_words(stands):
    """From `(id, words, id of what it answers)` to the words of both."""
    words = {platform_id: text for platform_id, text, _ in stands}
    return [(text, words.get(answers)) for _, text, answers in stands]
