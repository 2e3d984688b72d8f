"""One publication from its first attempt to its end, as the state machine would lead it.

Everything that is left to chance is drawn from the seed: what the fault strikes and how often,
whether a picture goes along, whether another post of the very same words is published beside it,
whether a worker dies at some call, whether a second one comes between two calls of the first.
"""

import random
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from publish.once import look, publish
from shared.posts.life import Outcome, State
from tests.builders import a_post
from tests.platforms.builders import a_key
from tests.unit.fakes import Ledger
from tests.unit.publish.timeline import a_target
from tests.unit.publish.workers import KilledError, Mishap

NOTHING = "none"
"""No fault at all: workers that die, and come between one another, are enough to try."""

LATE = "late-commit"
"""The platform takes the request up to two minutes after it was given up, which no adapter sees."""

MOST_LOOKS = 8
"""As the state machine counts them; waiting for a moment the platform named is not counted."""

STEP = timedelta(seconds=20)
THE_END = timedelta(minutes=10)
MOST_CALLS = 7
DIES = ("before", "after")


@dataclass(frozen=True)
class Ending:
    """What is on record of each post, and how many of them the public sees, ten minutes after
    nobody works on them any more."""

    outcomes: tuple[Outcome | None, ...]
    reasons: tuple[str | None, ...]
    copies: int


class Tale:
    """`stage` is the platform, `fault` what happens to it."""

    most_calls = MOST_CALLS

    def __init__(self, stage, fault, seed):
        self._chance = random.Random(f"{stage.title}/{fault}/{seed}")  # noqa: S311 - a test's chance
        self._stage, self._ledger, self._fault = stage, Ledger(), fault
        stage.clear()
        words = f"Road closed at Leek, diversion {seed}. {fault}"
        media = stage.pictures() if self._chance.random() < 0.2 else ()
        count = 2 if self._chance.random() < 0.2 else 1
        released = {"state": State.RELEASED, "platforms": (stage.name,), "media": media}
        self._posts = self._cast(words, released, count)
        self._told = [None] * len(self._posts)
        self._arm()

    def told(self):
        """Tell it to its end."""
        for which in range(len(self._posts)):
            self._work(publish, which)
        looks = 0
        while looks < MOST_LOOKS and not all(map(self._settled, self._told)):
            waits = [told.retry_at for told in self._told if told and told.outcome == "later"]
            if waits:
                self._stage.turn(max(min(waits) - self._stage.now, timedelta(seconds=1)))
            else:
                self._stage.turn(STEP)
                looks += 1
            for which, told in enumerate(self._told):
                if not self._settled(told):
                    self._work(look, which)
        self._stage.turn(THE_END)
        return self._ending()

    def _cast(self, words, released, count):
        return [a_post(words, **released) for _ in range(count)]

    def _settled(self, told):
        return told is not None and told.outcome in {"sent", "failed"}

    def _arm(self):
        stage, chance = self._stage, self._chance
        if self._fault == LATE:
            for _ in range(chance.choice([1, 1, 2])):
                stage.hold_back(chance.uniform(1, 110))
        elif self._fault != NOTHING:
            stage.fail(self._fault, "post", chance.choice([1, 1, 1, 2, 3]))
            if chance.random() < 0.3:  # and something else on the way
                stage.fail(self._fault, chance.choice(stage.others), chance.choice([1, 2]))

    def _work(self, deed, which):
        self._told[which] = None
        with suppress(KilledError):
            self._told[which] = self._deed(deed, which, self._mishap(which))

    def _deed(self, deed, which, wire=None):
        stage, post = self._stage, self._posts[which]
        target = stage.with_media(a_target(self._ledger, stage, post, wire))
        if deed is publish or self._record(post) is None:  # a worker that died before its claim
            return publish(target, a_key(), stage.now)
        return look(target, stage.now)

    def _mishap(self, which):
        drawn, chance = self._chance.random(), self._chance
        if drawn < 0.15:
            return Mishap(chance.randrange(self.most_calls), dies=chance.choice(DIES))
        if drawn < 0.3:
            deed = chance.choice([publish, look])
            return Mishap(chance.randrange(self.most_calls), first=lambda: self._deed(deed, which))
        return None

    def _record(self, post):
        return next(iter(self._ledger.publications.of(post.post_id, 1)), None)

    def _ending(self):
        records = [self._record(post) for post in self._posts]
        return Ending(
            tuple(record and record.state for record in records),
            tuple(record and record.reason for record in records),
            self._stage.copies(self._posts[0].draft.text),
        )
