"""`bluelamp archive retention`: which sealed months are past their time, and why the others stay.

It lists and disposes of nothing. Locks are S3's to say, and are not looked at; nor is anything that
was said of a hold since the newest month here was sealed.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from rfc8785 import dumps

from archive.reading.bags import Bags, Reading
from archive.reading.retained import HoldTold, contents_of, holds_told
from local.audit.asked import HELD, answered, keys_given, months_asked
from local.audit.folders import FolderShelf
from local.audit.plain import plain
from local.audit.progress import Progress
from shared.months.outlived import Standing, standing
from shared.months.retention import FOR_EVER, Schedule, read_schedule
from shared.recordlog.canonical import JSON


@dataclass(frozen=True)
class Answer:
    """How the months of a reading stand at a moment, by these schedules and holds."""

    at: datetime
    schedules: tuple[Schedule, ...]
    reading: Reading
    holds: tuple[HoldTold, ...]
    found: tuple[Standing, ...]


def run(given: argparse.Namespace) -> int:
    """List them."""
    return answered(_retention, given)


def _retention(given: argparse.Namespace) -> int:
    at = given.at or datetime.now(UTC)
    schedules = (read_schedule(""), *given.schedule)
    with Progress() as progress:
        reading = months_asked(given, progress)
        here = Bags(FolderShelf(given.archive), keys_given(given.key), progress.opened)
        holds = holds_told(map(here.bag, here.months))
        found = tuple(standing(contents_of(b), schedules, at, holds) for b in reading.bags)
    answer = Answer(at, schedules, reading, holds, found)
    if given.json:
        sys.stdout.buffer.write(dumps(as_json(answer)) + b"\n")
        sys.stdout.buffer.flush()
    else:
        for line in told(answer):
            print(line)
    return HELD


def told(answer: Answer) -> Iterator[str]:
    """The answer as lines."""
    yield f"At {answer.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    for schedule in answer.schedules:
        since = f"since {schedule.since:%Y-%m-%d}" if schedule.since.year > 1 else "from the first"
        yield f"Kept {since}: {_spelt(schedule)}"
    for hold in answer.holds:
        yield f"Legal hold {plain(hold.hold_id)}: {_span(hold)} (leaf {hold.index})"
    for each in answer.found:
        yield f"{each.month}: {'past its time' if each.is_due else 'stays'}"
        for why in each.stays:
            yield f"  {plain(why)}"
    for month in answer.reading.missing:
        yield f"{month}: missing"
    several = sum(1 for each in answer.found if each.is_due)
    yield f"{several} of {len(answer.found)} months are past their time. Locks were not looked at."


def as_json(answer: Answer) -> dict[str, JSON]:
    """The same for a program."""
    months: list[JSON] = [
        {
            "by": each.by.value if each.by else None,
            "due": each.is_due,
            "month": str(each.month),
            "stays": [*each.stays],
            "until": f"{each.until:%Y-%m-%d}" if each.until else None,
        }
        for each in answer.found
    ]
    holds: list[JSON] = [
        {"hold_id": each.hold_id, "leaf_index": each.index, "months": _span(each)}
        for each in answer.holds
    ]
    schedules: list[JSON] = [
        {"since": _stamp(each.since), "years": {kept.value: n for kept, n in each.years.items()}}
        for each in answer.schedules
    ]
    return {
        "at": _stamp(answer.at),
        "holds": holds,
        "months": months,
        "read": answer.reading.as_json(),
        "schedules": schedules,
    }


def _spelt(schedule: Schedule) -> str:
    return ", ".join(f"{kept}={years or FOR_EVER}" for kept, years in schedule.years.items())


def _span(hold: HoldTold) -> str:
    first, last = hold.scope.first, hold.scope.last
    return f"from {first or 'the first month'} to {last or 'its release'}"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
