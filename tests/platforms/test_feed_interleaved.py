"""Feeds while others publish, look and take away at once: every order that chance finds.

Workers go step by step, one request to the shelf at a time, in an order drawn from a seed; any of
them may die at any request, after it was done or before.
"""

import threading
from random import Random

import pytest

from shared.platforms.base import PlatformError, Receipt
from tests.platforms.builders import NO_MEDIA, a_draft, now
from tests.platforms.shelves import MemoryShelf
from tests.platforms.test_feed import VIEWS, a_feed

SEEDS = range(300)
OURS, OTHERS = "01TESTKEY0000000000000OURS", "01TESTKEY0000000000OTHERS0"
SAID = {OURS: "Road closed at Leek", OTHERS: "Surgery at Stone"}


class KilledError(BaseException):
    """This worker's function ended in the middle."""


class Turns:
    """Lets one of the workers that wait take its step, then the next."""

    def __init__(self, chance):
        self.chance = chance
        self.waiting, self.alive, self.turn = set(), set(), None
        self.changed = threading.Condition()

    def step(self):
        name = threading.current_thread().name
        with self.changed:
            self.waiting.add(name)
            self.changed.notify_all()
            assert self.changed.wait_for(lambda: self.turn == name, 20)
            self.turn = None
            self.waiting.discard(name)

    def play(self, workers):
        threads = [threading.Thread(target=self._work, args=(n, w)) for n, w in workers.items()]
        for thread, name in zip(threads, workers, strict=True):
            thread.name = name
            self.alive.add(name)
        for thread in threads:
            thread.start()
        while self._next():
            pass
        for thread in threads:
            thread.join(20)

    def _next(self):
        with self.changed:
            ready = lambda: self.turn is None and self.waiting == self.alive  # noqa: E731
            assert self.changed.wait_for(ready, 20)
            if not self.alive:
                return False
            self.turn = self.chance.choice(sorted(self.waiting))
            self.changed.notify_all()
            return True

    def _work(self, name, work):
        try:
            work()
        except (KilledError, PlatformError):
            return
        finally:
            with self.changed:
                self.alive.discard(name)
                self.changed.notify_all()


class SteppedShelf(MemoryShelf):
    """Every request is a step; some workers die at one."""

    def __init__(self, chance, deaths):
        super().__init__()
        self.turns, self.chance, self.deaths = Turns(chance), chance, deaths
        self.quiet = False

    def read(self, path):
        if not self.quiet:
            self.turns.step()
            self._perhaps_die()
        return super().read(path)

    def write(self, path, data, content_type, seen):
        if self.quiet:
            return super().write(path, data, content_type, seen)
        self.turns.step()
        self._perhaps_die()
        super().write(path, data, content_type, seen)
        self._perhaps_die()
        return None

    def _perhaps_die(self):
        if self.chance.random() < self.deaths:
            raise KilledError


def workers_on(shelf, chance):
    """Two send ours, one takes it away, one looks; one sends another account's, one looks."""
    stoke, stone = (lambda: a_feed(shelf)), (lambda: a_feed(shelf, "stone", title="Stone"))
    ours = stoke().prepare(a_draft(SAID[OURS]), OURS, now())
    others = stone().prepare(a_draft(SAID[OTHERS]), OTHERS, now())
    gone = Receipt(f"stoke/{OURS}", "", "")
    work = {
        "sends": lambda: stoke().send(ours, NO_MEDIA),
        "sends again": lambda: stoke().send(ours, NO_MEDIA),
        "looks": lambda: stoke().find(ours),
        "sends another": lambda: stone().send(others, NO_MEDIA),
        "looks at another": lambda: stone().find(others),
    }
    if chance.random() < 0.6:
        work["takes away"] = lambda: stoke().delete(gone)
    return work, {OURS: (stoke, ours), OTHERS: (stone, others)}


def shown(shelf, key):
    """In how many of the public's objects the words of a post stand."""
    words = SAID[key].encode()
    return [path for path, (data, _) in shelf.kept.items() if words in data and "public" in path]


@pytest.mark.parametrize("deaths", [0.0, 0.02])
@pytest.mark.parametrize("seed", SEEDS)
def test_in_whatever_order_a_post_stands_everywhere_once_or_nowhere(seed, deaths):
    chance = Random(f"{seed}/{deaths}")  # noqa: S311 - chance that can be had again
    shelf = SteppedShelf(chance, deaths)
    work, posts = workers_on(shelf, chance)

    shelf.turns.play(work)

    shelf.quiet = True
    if "takes away" in work:  # whoever was asked to take it away asks until it succeeds
        a_feed(shelf).delete(Receipt(f"stoke/{OURS}", "", ""))
    for key, (feed, frozen) in posts.items():
        receipt = feed().find(frozen)
        where = shown(shelf, key)
        if receipt is None:
            assert where == []
            continue
        account = "stoke" if key == OURS else "stone"
        views = {f"public/{folder}{name}" for folder in ("", f"{account}/") for name in VIEWS}
        assert views <= set(where)
        for path in views:
            assert shelf.kept[path][0].count(receipt.url.encode()) == 1, path
        assert not (key == OURS and "takes away" in work)
    if deaths == 0.0:
        assert shown(shelf, OTHERS)
        assert bool(shown(shelf, OURS)) == ("takes away" not in work)
