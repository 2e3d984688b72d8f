"""The table of `make chaos-platforms`; exit code 1 if a single tale ended as none may."""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor

from tests.chaos.every import FAULTS, PLAYS, tell_all
from tests.chaos.verdict import WRONG, Verdict

COLUMNS = tuple(Verdict)


def main(arguments=None) -> int:
    """Tell the tales, print the table."""
    asked = _parser().parse_args(arguments)
    platforms = [asked.platform] if asked.platform else list(PLAYS)
    faults = (asked.fault,) if asked.fault else FAULTS
    print(f"{asked.runs} tales of each platform and fault, from seed {asked.seed}\n")
    print(_row("platform", "fault", *COLUMNS))
    total, wrong = 0, 0
    with ProcessPoolExecutor(asked.workers) as pool:
        # One job a fault: the slowest server is shared out among the workers.
        jobs = [
            pool.submit(_told, name, asked.runs, asked.seed, (fault,))
            for name in platforms
            for fault in faults
        ]
        for job in jobs:
            for each in job.result():
                print(_row(each.platform, each.fault, *(each.counts[kind] for kind in COLUMNS)))
                total += sum(each.counts.values())
                wrong += len(each.wrong)
                for seed, what in each.wrong[:5]:
                    print(f"    {what}: --platform \"{each.platform}\" --fault {each.fault} "
                          f"--seed {seed} --runs 1")  # fmt: skip
    words = " or ".join(kind.value for kind in WRONG)
    print(f"\n{total} tales; {wrong} with a {words}")
    return 1 if wrong else 0


def _told(platform, runs, seed, faults):
    return list(tell_all(platform, runs, seed, faults))


def _row(platform, fault, *cells):
    shown = "".join(f"{cell:>15}" for cell in cells)
    return f"{platform:<36}{fault:<24}{shown}"


def _parser():
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000, help="tales of each platform and fault")
    parser.add_argument("--seed", type=int, default=1, help="the first tale's seed")
    parser.add_argument("--platform", choices=PLAYS)
    parser.add_argument("--fault", choices=FAULTS)
    parser.add_argument("--workers", type=int, default=2)
    return parser


if __name__ == "__main__":
    sys.exit(main())
