"""`python -m local.scale`: how a force, larger than yours perhaps, would be read."""

import argparse
import sys
from pathlib import Path

from local.scale import scale
from local.scale.plan import Force


def main() -> int:
    """Read what is wanted, and say what it takes."""
    parser = argparse.ArgumentParser(prog="make scale", description=__doc__)
    parser.add_argument("--accounts", type=_count, default=10_000)
    parser.add_argument("--followers", type=_count, default=5_000, help="of each account")
    parser.add_argument("--followed", type=_count, default=500, help="by each account")
    parser.add_argument("--output", type=Path, default=Path("build/scale.json"))
    given = parser.parse_args()
    return scale(Force(given.accounts, given.followers, given.followed), given.output)


def _count(typed: str) -> int:
    if typed.isdecimal() and int(typed) > 0:
        return int(typed)
    raise argparse.ArgumentTypeError(f"a number is 1 or more, not {typed!r}")


if __name__ == "__main__":
    sys.exit(main())
