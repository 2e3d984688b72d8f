"""Six workers that were given one publication: one claims it, and all of them mean well."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from publish.once import look, publish
from shared.posts.life import State
from tests.builders import a_post
from tests.platforms.builders import NO_MEDIA, a_key
from tests.unit.fakes import Ledger
from tests.unit.publish.timeline import a_target


class SixWorkers:
    """Each begins with `publish`, and whoever does not hear that it is settled looks."""

    def __init__(self, platform, text, begin):
        self.ledger, self._lock, self._begin = Ledger(), threading.Lock(), begin
        self._platform = Opened(platform)
        self._post = a_post(text, state=State.RELEASED, platforms=(platform.name,))
        self._gate = threading.Barrier(6)

    def work(self):
        """What each was told last."""
        with ThreadPoolExecutor(6) as threads:
            return list(threads.map(self._one, range(6)))

    def look(self, at):
        """What a look at this moment tells."""
        return look(self._target(), at)

    def _one(self, _):
        self._gate.wait()
        told = publish(self._target(), a_key(), self._begin)
        return told if told.outcome in {"sent", "failed"} else look(self._target(), self._begin)

    def _target(self):
        target = a_target(self.ledger, self._platform, self._post)
        alone = Alone(self._lock, self.ledger.publications)
        return replace(target, media=NO_MEDIA, publications=alone)


class Opened:
    """A platform that is open already."""

    def __init__(self, platform):
        self.name, self._platform = platform.name, platform

    def open(self):
        return self._platform


class Alone:
    """Records that are asked by one at a time, as a database's transactions are."""

    def __init__(self, lock, records):
        self._lock, self._records = lock, records

    def __getattr__(self, name):
        question = getattr(self._records, name)

        def ask(*arguments, **named):
            with self._lock:
                return question(*arguments, **named)

        return ask
