"""Runs each file of tests that start a force in a process of its own, some at a time.

A running force is a process of its own for its users too. What a failing file printed is printed
again at the end, where whoever reads the last lines finds it; then one line with the sum.

    python -m tests.separately WORKERS SEED FOLDER...
"""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

NO_TESTS = 5
"""pytest's exit code for a file in which nothing was to be run."""

COUNTED = re.compile(r"(\d+) (passed|failed|skipped|error)")


def run(path: Path, seed: str) -> tuple[Path, int, str]:
    """One file, in the order that goes with a seed: its exit code and all it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--randomly-seed={seed}", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    print(f"── {path}\n{done.stdout}", flush=True)
    return path, done.returncode, done.stdout


def main(workers: int, seed: str, folders: list[str]) -> int:
    """Run them all; 1 where a file failed."""
    paths = [path for folder in folders for path in sorted(Path(folder).glob("test_*.py"))]
    with ThreadPoolExecutor(workers) as pool:
        results = list(pool.map(lambda path: run(path, seed), paths))
    failed = [result for result in results if result[1] not in {0, NO_TESTS}]
    for path, code, printed in failed:
        print(f"══ FAILED with exit code {code}: {path}\n{printed}")
    counts = {"passed": 0, "failed": 0, "skipped": 0, "error": 0}
    for _, _, printed in results:
        for number, kind in COUNTED.findall(printed.rstrip().rpartition("\n")[2]):
            counts[kind] += int(number)
    counts["failed"] += counts.pop("error")
    print(", ".join(f"{number} {kind}" for kind, number in counts.items()))
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:]))
