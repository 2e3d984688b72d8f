"""A month of the whole country as lines of the archive: seeded, in the order of the log."""

import heapq
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from local.million.lives import Lives
from shared.months.lines import line_of
from shared.months.month import Month
from shared.recordlog.leaf import Act, Leaf
from shared.records.pen import Pen

MONTH = Month(2026, 10)
MONTH_SECONDS = 31 * 86_400
LEAVES_A_POST = 9
SEED = 2026


def leaves(count: int, seed: int = SEED) -> Iterator[Leaf]:
    """`count` leaves of one month, in the order of their acts."""
    random = Random(seed)  # noqa: S311 - drawn alike each time, that is the point
    pen = Pen(random.randbytes)
    return (pen.leaf(act) for act in islice(_acts(random, count), count))


def lines(count: int, seed: int = SEED) -> Iterator[bytes]:
    """The lines of those leaves, from leaf 0."""
    for index, leaf in enumerate(leaves(count, seed)):
        yield line_of(index, leaf.envelope, leaf.payload, leaf.salt)


def _acts(random: Random, count: int) -> Iterator[Act]:
    """Lives that begin one after another, woven into one order."""
    lives, waiting, number = Lives(random), list[tuple[datetime, int, Act]](), 0
    at, step = MONTH.begins, timedelta(seconds=MONTH_SECONDS * LEAVES_A_POST / count)
    while True:
        at += step
        while waiting and waiting[0][0] <= at:
            yield heapq.heappop(waiting)[2]
        for act in lives.around(at):
            number += 1
            heapq.heappush(waiting, (act.at, number, act))
