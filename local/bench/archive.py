"""The archive at a million leaves: sealed, copied, audited, asked; each in a process of its own.

The yardstick is `json.loads` over the very lines of that month, in the same run. A shared machine
is faster one minute than the next: each deed is done three times, the yardstick before each, and
the least of each counts. Sizes are of what lies on the disk: the lines packed in the bag, and the
copy, over the lines themselves.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from local.bench.deployment_size import FUNCTIONS, MB, installed, pinned, size
from local.bench.row import Row, Yardstick, at_most, times
from local.million.lines import MONTH
from local.million.world import lay
from local.tools import ROOT

LEAVES = 1_000_000
WRITTEN, SEALED, COPIED, AUDITED = 2.0, 2.0, 2.5, 2.0
"""Times the yardstick."""

SEAL_MB, COPY_MB, AUDIT_MB = 512.0, 512.0, 64.0
PACKED, PARQUET = 0.30, 0.24
QUESTION_MS, COUNT_MS = 100.0, 30.0
DUCKDB_MB = 180.0
FASTER, FASTER_BY_ACCOUNT = 1 / 4, 1 / 50
MEMORY, ROOM = Path("/dev/shm"), 6_000_000_000  # noqa: S108 - named for its kind
"""Bytes: the lines, the rows, the log, the bag and the copy, twice over."""

RUNS = 3
LONGEST = 1_200
"""Seconds until a deed is given up."""

MINE = "SELECT * FROM acts WHERE account_id = $a AND month = $b ORDER BY leaf_index LIMIT 500"
KINDS = "SELECT type, count(*) FROM acts WHERE account_id = $a AND month = $b GROUP BY type"
WORDS = "SELECT count(*) FROM acts WHERE text LIKE '%' || $a || '%'"
ACCOUNT, SOUGHT = "ash-by-npt", "Wolverhampton"


def rows() -> list[Row]:
    """Sealing, Parquet, full audit, questions, a scan of the text, and the sizes."""
    with tempfile.TemporaryDirectory(prefix="bluelamp-million-", dir=_roomy()) as kept:
        folder = Path(kept)
        lay(LEAVES, folder)
        seconds: list[float] = []
        sealed = _least("seal", folder, seconds, "archive")
        copied = _least("copy", folder, seconds, "copy", "scratch")
        audited = _least("audit", folder, seconds)
        words = f"json.loads of the same {LEAVES:,} lines, processor time"
        yard = Yardstick(words, min(seconds))
        return [
            *_sealed(folder, sealed, yard),
            *_copied(folder, copied, yard),
            *_audited(audited, yard),
            *_asked(folder),
            _weighed(),
        ]


def _roomy() -> Path | None:
    """A folder in memory where there is room in one: the cloud's buckets are no disk of this
    machine, and what a disk takes to open files is not what is measured."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return None


def _least(what: str, folder: Path, seconds: list[float], *makes: str) -> dict[str, float]:
    """The least of each figure of a deed that is done again; what it makes is taken away before.
    The yardstick is measured before each, and put to the `seconds`."""
    runs = []
    for _ in range(RUNS):
        for each in makes:
            shutil.rmtree(folder / each, ignore_errors=True)
        seconds.append(deed("read_lines", folder)["seconds"])
        runs.append(deed(what, folder))
    return {name: min(float(run[name]) for run in runs) for name in runs[0]}


def _sealed(folder: Path, took: dict[str, float], yard: Yardstick) -> list[Row]:
    return [
        times("archive, a month's bag written", took["written"], "s", yard, WRITTEN),
        times("archive, all of it read back and sealed", took["sealed"], "s", yard, SEALED),
        at_most("archive, memory of writing and sealing", took["megabytes"], "MB", SEAL_MB),
        _share("archive, lines packed", folder / "archive" / f"month={MONTH}" / "data/records",
               folder, PACKED),
    ]  # fmt: skip


def _copied(folder: Path, took: dict[str, float], yard: Yardstick) -> list[Row]:
    return [
        times("archive, Parquet made", took["seconds"], "s", yard, COPIED),
        at_most("archive, memory of making Parquet", took["megabytes"], "MB", COPY_MB),
        _share("archive, Parquet", folder / "copy", folder, PARQUET),
    ]


def _audited(took: dict[str, float], yard: Yardstick) -> list[Row]:
    return [
        times("archive, full audit of a month", took["seconds"], "s", yard, AUDITED),
        at_most("archive, memory of the audit", took["megabytes"], "MB", AUDIT_MB),
    ]


def _asked(folder: Path) -> list[Row]:
    mine = _best("ask", folder, MINE, ACCOUNT, str(MONTH))
    every = _best("ask", folder, "SELECT count(*) FROM acts")
    fresh = f"of {LEAVES:,} leaves, a fresh engine, processor time"
    first = f"the first {mine['rows']} acts of one account and month, {fresh}"
    return [
        at_most("archive, question by account and month", mine["seconds"] * 1000, "ms",
                QUESTION_MS, first),
        at_most("archive, leaves counted", every["seconds"] * 1000, "ms", COUNT_MS, fresh),
        _beside("archive, kinds of acts of an account and month", folder, KINDS,
                (ACCOUNT, str(MONTH)), (f'"account":"{ACCOUNT}"', FASTER_BY_ACCOUNT)),
        _beside("archive, words looked for in all text", folder, WORDS,
                (SOUGHT,), (SOUGHT, FASTER)),
    ]  # fmt: skip


def _beside(
    name: str, folder: Path, question: str, given: tuple[str, ...], lines: tuple[str, float]
) -> Row:
    """A question beside looking through the packed lines for the same, by the same engine."""
    sought, limit = lines
    took, scanned = _best("ask", folder, question, *given), _best("scan", folder, sought)
    yard = Yardstick("DuckDB looking through the packed lines", scanned["seconds"])
    return times(name, took["seconds"], "s", yard, limit)


def _weighed() -> Row:
    """What a function that asks questions weighs: what all weigh, and DuckDB."""
    ours = sum(size(path) for path in FUNCTIONS.rglob("*") if path.is_file())
    lists = (FUNCTIONS / "requirements.txt", FUNCTIONS / "requirements-duckdb.txt")
    names = [name for listed in lists for name in pinned(listed)]
    weight = (ours + sum(map(installed, names))) / MB
    counted = f"functions/ ({ours / MB:.1f} MB) and {len(names)} packages as installed here"
    return at_most("deployment, functions with DuckDB unzipped", weight, "MB", DUCKDB_MB, counted)


def _share(name: str, part: Path, folder: Path, limit: float) -> Row:
    whole = (folder / "lines.jsonl").stat().st_size
    packed = sum(path.stat().st_size for path in part.rglob("*") if path.is_file())
    counted = f"{packed / 1e6:,.1f} MB of {whole / 1e6:,.1f} MB of lines"
    return at_most(name, packed / whole, "of the lines", limit, counted)


def _best(what: str, folder: Path, *more: str) -> dict[str, Any]:
    return min((deed(what, folder, *more) for _ in range(3)), key=lambda took: took["seconds"])


def deed(what: str, folder: Path, *more: str) -> dict[str, Any]:
    """One deed in a process of its own, as it tells of itself."""
    program = [sys.executable, "-m", "local.million.deeds", what, str(folder), *more]
    path = os.pathsep.join((str(ROOT / "functions"), str(ROOT)))
    told = subprocess.run(
        program,
        env={**os.environ, "PYTHONPATH": path},
        check=True,
        timeout=LONGEST,
        capture_output=True,
    )
    took: dict[str, Any] = json.loads(told.stdout)
    return took
