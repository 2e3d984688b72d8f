"""The plan as people and programs read it: a table, the bounds, and a file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from local.bench.row import shown
from local.scale.limits import Limit
from local.scale.plan import SECONDS_AN_HOUR, Plan

HEADINGS = (
    "",
    "pages",
    "calls to AWS",
    "invocations",
    "transitions",
    "Lambda s",
    "leaves",
    "AWS USD",
    "its own USD",
    "hours as set",
    "at once",
)


def print_plans(plans: Mapping[tuple[str, str], Plan]) -> None:
    """One line a platform and month."""
    rows = [HEADINGS, *(_cells(*key, made) for key, made in plans.items())]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    for row in rows:
        print("  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True)))


def print_limits(limits: Sequence[Limit]) -> None:
    """One line a bound; what does not fit says what to change."""
    width = max(len(each.name) for each in limits)
    for each in limits:
        mark, change = ("✓", "") if each.met else ("✗", f"  change {each.change}")
        line = f"{shown(each.takes)} of {shown(each.most)} {each.unit}"
        print(f"{mark} {each.name:<{width}}  {line}{change}")


def write(told: Mapping[str, Any], output: Path) -> None:
    """All of it as JSON."""
    output.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(told, indent=2, ensure_ascii=False)
    output.write_text(text + "\n", encoding="utf-8")


def _cells(platform: str, month: str, made: Plan) -> tuple[str, ...]:
    counts = (made.pages, made.calls, made.invocations, made.transitions)
    return (
        f"{platform}, {month}",
        *(f"{count:,}" for count in counts),
        f"{made.lambda_seconds:,.0f}",
        f"{made.leaves:,}",
        f"{made.total:,.2f}",
        f"{made.platform_cost:,.0f}",
        f"{made.wall_seconds / SECONDS_AN_HOUR:,.1f}",
        f"{made.at_once:,}",
    )
