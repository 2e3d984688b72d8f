"""The shape of a monthly report's page: each part a chart and a table of the same numbers.

A chart is drawn by the page itself: no script, no picture to fetch, and nothing that only a colour
tells. Its words and numbers stand beside each bar.
"""

from dataclasses import dataclass

from shared.pages.registry_views import Way

WIDTH, LINE = 280, 34
"""Of a chart, and of one bar with its words: in the units of the page, so that it fits a phone."""


@dataclass(frozen=True)
class Bar:
    """One number: what it is, how it is written, and how long its bar is, from 0 to `WIDTH`."""

    label: str
    number: str
    length: int


@dataclass(frozen=True)
class ReportPart:
    """One part: what it says in a sentence, and its bars; `empty` is said where there are none."""

    name: str
    title: str
    sentence: str
    unit: str
    bars: tuple[Bar, ...]
    empty: str = "Nothing in this month."

    @property
    def height(self) -> int:
        """Of its chart."""
        return LINE * len(self.bars)

    @property
    def described(self) -> str:
        """The chart in words, for whoever does not see it; the table beneath has every number."""
        longest = max(self.bars, key=lambda bar: bar.length)
        return (
            f"A bar for each line of the table. The longest is {longest.label}: {longest.number}."
        )


@dataclass(frozen=True)
class ReportView:
    """A report: its title, what it is of, its parts in the order in which they are read."""

    title: str
    lines: tuple[str, ...]
    parts: tuple[ReportPart, ...]
    ways: tuple[Way, ...] = ()
    width: int = WIDTH
    line: int = LINE
