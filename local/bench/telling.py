"""The bench as people and programs read it: a table, a file, and what is going on meanwhile."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from local.bench.row import Row, shown


def progress(what: str) -> None:
    """Say what is measured now, to somebody who waits at a terminal."""
    if sys.stderr.isatty():
        print(f"measuring: {what}", file=sys.stderr, flush=True)


def aside(line: str) -> None:
    """Say something that is no measurement."""
    print(line, file=sys.stderr, flush=True)


def print_table(rows: Sequence[Row]) -> None:
    """One line a row, what was counted below it."""
    width = max(len(row.name) for row in rows)
    for row in rows:
        mark = "✓" if row.met else "✗"
        value = f"{shown(row.value)} {row.unit}"
        print(f"{mark} {row.name:<{width}}  {value:>20}  {row.ratio:7.2f}  {row.budget}")


def write(rows: Sequence[Row], output: Path) -> None:
    """The rows as a JSON list."""
    output.parent.mkdir(parents=True, exist_ok=True)
    listed = [row.as_dict() for row in rows]
    output.write_text(json.dumps(listed, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
