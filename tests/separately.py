"""Runs each file of tests that start a force in a process of its own, some at a time.

A running force is a process of its own for its users too. The longest files begin first, so that
none of them is left to run on alone when all others are done. What failed has failed; but as long
as few files did, each is run once more, alone, and the last lines say which of them hold so: there
somebody has to look for a race, elsewhere for a fault. What a failing file printed is printed again
at the end, where whoever reads the last lines finds it; then one line with the sum.

    python -m tests.separately WORKERS SEED FOLDER...
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HELD = frozenset({0, 5})
"""pytest's exit codes for a file that held, and for one in which nothing was to be run."""

MOST_AGAIN = 3
"""Files. If more fail it is no race, and none is run again."""

LONGEST = (
    "test_roles",
    "test_everybody",
    "test_robots",
    "test_hostile_requests",
    "test_publication",
    "test_monthly_archive_killed",
    "test_registry_import",
    "test_deletions",
    "test_monthly_archive",
    "test_description",
    "test_incident_stops_everything",
    "test_weight",
    "test_clock",
)
"""Files that take longer than a minute and a half on two shared cores, the longest first. What is
not here begins after them."""

COUNTED = re.compile(r"(\d+) (passed|failed|skipped|error)")


@dataclass(frozen=True)
class Result:
    """One file: pytest's exit code, and all it printed."""

    path: Path
    code: int
    printed: str

    @property
    def held(self) -> bool:
        """Whether nothing in it failed."""
        return self.code in HELD


def longest_first(paths: Iterable[Path]) -> list[Path]:
    """The files in the order they begin in; those of no known length by their names."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    return sorted(paths, key=lambda path: (rank.get(path.stem, len(rank)), path))


def run(path: Path, seed: str) -> Result:
    """One file, in the order that goes with a seed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--randomly-seed={seed}", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    print(f"── {path}\n{done.stdout}", flush=True)
    return Result(path, done.returncode, done.stdout)


def run_again(first: Sequence[Result], seed: str) -> list[Result]:
    """What each file came to in the end: few failed files alone, the others as they were."""
    failed = [result for result in first if not result.held]
    if len(failed) > MOST_AGAIN:
        return list(first)
    alone = {result.path: run(result.path, seed) for result in failed}
    return [alone.get(result.path, result) for result in first]


def summed(results: Iterable[Result]) -> str:
    """How many tests there were, by how they ended."""
    counts = {"passed": 0, "failed": 0, "skipped": 0, "error": 0}
    for result in results:
        for number, kind in COUNTED.findall(result.printed.rstrip().rpartition("\n")[2]):
            counts[kind] += int(number)
    counts["failed"] += counts.pop("error")
    return ", ".join(f"{number} {kind}" for kind, number in counts.items())


def main(workers: int, seed: str, folders: list[str]) -> int:
    """Run them all; 1 where a file failed."""
    found = (path for folder in folders for path in Path(folder).glob("test_*.py"))
    paths = longest_first(found)
    with ThreadPoolExecutor(workers) as pool:
        first = list(pool.map(lambda path: run(path, seed), paths))
    last = run_again(first, seed)
    for once, then in zip(first, last, strict=True):
        if not once.held:
            how = "HELD ONLY ALONE" if then.held else "FAILED"
            print(f"══ {how}, with exit code {once.code} at first: {once.path}\n{once.printed}")
    for once, then in zip(first, last, strict=True):
        if then.held and not once.held:
            print(f"look for a race: {once.path} holds alone")
    print(summed(first))
    return 0 if paths and all(result.held for result in first) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:]))
