"""`python -m local.year`: live a year of a force, and say which letters came."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

from local.bench.telling import progress
from local.stack import Database
from local.tools import MissingToolError
from local.worker.memory import be_thrifty
from local.year.comparing import Compared, compare
from local.year.expected import expected
from local.year.living import Lived, a_force, live
from local.year.story import Size, tell
from shared.policy.kept_up import kept_up
from shared.policy.pack import BUNDLED

HELD, BROKEN, NOT_LIVED = 0, 1, 2
INSTEAD = (
    "Or name another database: --database dynamodb-local-on-disk (slower, needs Java), or moto."
)
SHOWN = 10
"""Alerts that are named of each sort that is wrong; the file has all."""


def main() -> int:
    """Read what is wanted, live it, compare, print a table, write the file."""
    parser = argparse.ArgumentParser(prog="make year", description=__doc__)
    parser.add_argument("--accounts", type=_count, default=300)
    parser.add_argument("--followers", type=_count, default=3_000_000, help="in all")
    parser.add_argument("--mentions", type=_count, default=200_000)
    parser.add_argument("--months", type=_count, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=_count, default=2)
    parser.add_argument("--database", choices=get_args(Database), default="dynoxide")
    parser.add_argument("--output", type=Path, default=Path("build/year.json"))
    given = parser.parse_args()
    be_thrifty()
    size = Size(given.accounts, given.followers, given.mentions, given.months, next_month())
    progress("the story")
    story = tell(size, given.seed)
    progress("the force")
    try:
        with a_force(story, given.database, given.workers) as stack:
            lived = live(stack, story)
    except MissingToolError as missing:
        parser.exit(NOT_LIVED, f"{missing} {INSTEAD}\n")
    wanted = expected(story, kept_up(BUNDLED.read_bytes()).review_by)
    found = compare(wanted, lived.alerts)
    show(found, lived)
    write(given.output, size, given.seed, found, lived)
    return HELD if all(each.holds for each in found) and not lived.lost else BROKEN


def next_month() -> date:
    """The first of it: years begin with a month that nothing has happened in."""
    return (datetime.now(UTC).date().replace(day=1) + timedelta(days=32)).replace(day=1)


def show(found: list[Compared], lived: Lived) -> None:
    """The table, and the first few of whatever is wrong."""
    print(f"{'kind':<16}{'expected':>10}{'came':>10}{'twice':>8}{'missing':>9}{'unexpected':>12}")
    for each in found:
        wrong = f"{len(each.twice):>8}{len(each.missing):>9}{len(each.unexpected):>12}"
        print(f"{each.kind:<16}{each.expected:>10,}{each.came:>10,}{wrong}")
    for each in found:
        for sort in ("twice", "missing", "unexpected"):
            for alert in getattr(each, sort)[:SHOWN]:
                print(f"{sort}: {alert.kind} to {alert.to}: {alert.what}")
    for lost in lived.lost[:SHOWN]:
        print(f"lost: {lost}")
    print(f"{lived.seconds:,.0f} seconds, at most {lived.memory / 1_000_000:,.0f} MB in all.")


def write(path: Path, size: Size, seed: int, found: list[Compared], lived: Lived) -> None:
    """All of it."""
    told = {
        "size": asdict(size),
        "seed": seed,
        "seconds": round(lived.seconds, 1),
        "memory": lived.memory,
        "lost": lived.lost,
        "alerts": [asdict(each) for each in found],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, indent=1, default=str) + "\n", encoding="utf-8")


def _count(typed: str) -> int:
    if typed.isdecimal() and int(typed) > 0:
        return int(typed)
    raise argparse.ArgumentTypeError(f"a number is 1 or more, not {typed!r}")


if __name__ == "__main__":
    sys.exit(main())
