"""One row of the bench: what was measured, against what, and whether the budget was kept."""

from dataclasses import asdict, dataclass
from typing import Any

FOUR_DIGITS = 1000


@dataclass(frozen=True)
class Row:
    """`ratio` is `value` over the yardstick; `budget` bounds the ratio where the yardstick was
    measured in the same run, and the value where the budget is a plain figure."""

    name: str
    value: float
    unit: str
    yardstick: str
    ratio: float
    budget: str
    met: bool

    def as_dict(self) -> dict[str, Any]:
        """The row as `build/bench.json` holds it."""
        return asdict(self)


@dataclass(frozen=True)
class Yardstick:
    """What a value is measured against in the same run: words, and a figure of the same unit."""

    words: str
    figure: float


def times(name: str, value: float, unit: str, yardstick: Yardstick, limit: float) -> Row:
    """At most `limit` times the yardstick."""
    ratio = value / yardstick.figure
    words = f"{yardstick.words}: {shown(yardstick.figure)} {unit}"
    return Row(name, value, unit, words, ratio, f"<= {limit:g} x the yardstick", ratio <= limit)


def at_most(name: str, value: float, unit: str, limit: float, counted: str = "") -> Row:
    """A plain figure that must not be passed; `counted` says what went into the value."""
    words = counted or "the budget's own figure"
    return Row(name, value, unit, words, value / limit, f"<= {limit:g} {unit}", value <= limit)


def at_least(name: str, value: float, unit: str, limit: float, counted: str = "") -> Row:
    """A plain figure that must be reached."""
    words = counted or "the budget's own figure"
    return Row(name, value, unit, words, value / limit, f">= {limit:g} {unit}", value >= limit)


def shown(figure: float) -> str:
    """A figure with as many digits as a person reads."""
    return f"{figure:,.0f}" if abs(figure) >= FOUR_DIGITS else f"{figure:.3g}"
