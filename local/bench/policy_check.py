"""How fast the policy reads: the labelled posts, and texts made to be slow."""

import json
import math
import os
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from local.bench.clocks import best_of, medians_of_fresh_processes
from local.bench.row import Row, at_least, at_most
from local.tools import ROOT
from shared.policy.check import check
from shared.policy.pack import Pack, bundled
from shared.policy.verdict import Candidate

CORPUS = ROOT / "tests" / "assets" / "corpus"
ROUNDS = 5
START_ROUNDS = 7

POSTS_A_SECOND = 2_000
P99_MS = 5.0
START_MS = 150.0
LONG_MS = 50.0
GROWTH = 2.0
"""Twice what linear cost would be is still no catastrophe; a quadratic one would be four times."""

LONG = 100_000
SHORT = LONG // 4
"""Bytes in UTF-8."""

ATOMS = (
    *("a ", "a.b ", "a.", "police.uk ", "a[.]b ", "a dot uk ", "www.", "https://", "a@b."),
    *("#a ", "##", "https://a.co/#a#b ", "SECRET ", "S E C R E ", "O/S ", "not for ", "do not "),
    *("briefing ", "\u200b", "e\u0301", "ѕесrеt ", "🇬🇧", "👨\u200d👩\u200d👧", "한국."),
    *("\n", "_", "1."),
)
"""What a text is repeated from; each is the beginning of something some rule looks for."""

START = (
    "from datetime import date; from shared.policy.check import check; "
    "from shared.policy.pack import bundled; bundled(date({day:%Y, %-m, %-d}))"
)


def rows() -> list[Row]:
    """Throughput, the slowest hundredth, start-up, and what length costs."""
    today = datetime.now(UTC).date()
    pack = bundled(today)
    return [*_everyday(pack), _start(today), *_hostile(pack)]


def _everyday(pack: Pack) -> list[Row]:
    candidates = [candidate_from(post) for post in posts(CORPUS)]
    for candidate in candidates:
        check(candidate, pack)  # what is made on first need is made
    turns = [_times(candidates, pack) for _ in range(3)]
    each = sorted(min(times) for times in zip(*turns, strict=True))
    every = best_of(3, lambda: [check(candidate, pack) for candidate in candidates])
    p99 = each[math.ceil(len(each) * 0.99) - 1]
    counted = f"{len(candidates):,} labelled posts, one core, processor time"
    return [
        at_least("policy check", len(candidates) / every, "posts/s", POSTS_A_SECOND, counted),
        at_most("policy check, 99 of 100 posts within", p99 * 1000, "ms", P99_MS, counted),
    ]


def _times(candidates: list[Candidate], pack: Pack) -> list[float]:
    taken = []
    for candidate in candidates:
        start = time.process_time()
        check(candidate, pack)
        taken.append(time.process_time() - start)
    return taken


def _start(today: date) -> Row:
    program = START.format(day=today)
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(ROOT / "functions"),
    }
    taken = medians_of_fresh_processes(START_ROUNDS, {"": (program, environment)})[""]
    counted = "whole process: interpreter, import, pack loaded; processor time"
    return at_most("policy check, start-up", taken * 1000, "ms", START_MS, counted)


def _hostile(pack: Pack) -> list[Row]:
    taken = {atom: _pair(atom, pack) for atom in ATOMS}
    slowest = max(taken, key=lambda atom: taken[atom][1])
    steepest = max(taken, key=lambda atom: taken[atom][1] / taken[atom][0])
    short, long = taken[steepest]
    return [
        at_most(
            "policy check of 100 kB, the slowest text",
            taken[slowest][1] * 1000,
            "ms",
            LONG_MS,
            f"{len(ATOMS)} texts made to be slow; the slowest repeats {slowest!r}",
        ),
        at_most(
            "policy check, four times the length",
            long / short / (LONG / SHORT),
            "x linear",
            GROWTH,
            f"25 kB against 100 kB; the steepest repeats {steepest!r}",
        ),
    ]


def _pair(atom: str, pack: Pack) -> tuple[float, float]:
    """Seconds for a short and a long text of the same kind."""
    short, long = (
        Candidate(_repeated(atom, size), ("x", "bluesky", "mastodon"), "officer", "lpt")
        for size in (SHORT, LONG)
    )
    return (
        best_of(ROUNDS, lambda: check(short, pack)),
        best_of(ROUNDS, lambda: check(long, pack)),
    )


def _repeated(atom: str, size: int) -> str:
    return atom * (size // len(atom.encode()))


def posts(folder: Path) -> list[dict[str, Any]]:
    """The labelled posts."""
    files = sorted(folder.glob("posts*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def candidate_from(post: dict[str, Any]) -> Candidate:
    """A labelled post as the check reads it."""
    return Candidate(
        text=post["text"],
        platforms=(post["platform"],),
        author_role=post["author_role"],
        account_level=post["account_level"],
        critical_incident=post["critical_incident"],
        kind=post["kind"],
        reshare_of=post["reshare_of"],
    )
