"""`bluelamp audit sample`: a dip sample drawn once more from the sealed month, and compared."""

import argparse
import sys
from collections.abc import Iterator

from archive.reading.as_sealed import NoMonthError
from archive.sampling.redraw import Redrawn, redraw
from local.audit.asked import FOUND, HELD, answered, months_asked
from local.audit.plain import plain
from local.audit.progress import Progress
from shared.months.month import read_month
from shared.recordlog.canonical import canonical_json
from shared.samples.rule import read_rule


def run(given: argparse.Namespace) -> int:
    """Draw it."""
    return answered(_draw, given)


def _draw(given: argparse.Namespace) -> int:
    month, rule = read_month(given.month), read_rule(given.rule)
    given.first = given.month  # what was drawn from it stands in it, or in later ones
    with Progress() as progress:
        reading = months_asked(given, progress)
        if all(bag.month != month for bag in reading.bags):
            raise NoMonthError(f"is {month}")
        found = redraw(reading, month, given.account, rule)
    if given.json:
        sys.stdout.buffer.write(canonical_json(found.as_json()) + b"\n")
        sys.stdout.buffer.flush()
    else:
        for line in told(found):
            print(line)
    return FOUND if found.wrong else HELD


def told(found: Redrawn) -> Iterator[str]:
    """What the lot hangs on, what it draws, and whether that is what was drawn then."""
    lot = found.lot
    yield f"Sample of {plain(lot.account)}, {lot.month}: {found.rule}"
    yield f"{len(found.posts)} of {len(found.published)} published, in the order of the lot:"
    yield from (f"  {plain(name)}" for name in found.posts)
    yield "The seed is the SHA-256 of these lines:"
    yield from (f"  {plain(line)}" for line in lot.text.splitlines())
    yield f"  = {lot.seed.hex()}"
    for each in found.wrong:
        yield f"Wrong: {plain(each)}."
    if found.record is not None and not found.wrong:
        where = f"leaf {found.record.index} of {found.record.bag.month}"
        yield f"It is the sample on record, in {where}."
    elif found.record is None and not found.wrong:
        yield "These months do not say what was drawn; read the month after it as well."
