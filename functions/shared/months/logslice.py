"""The part of the log that a month's bag carries: enough to go from one signed root to the next.

Of every level the tiles that cover the month, whole at the front, as wide as the log was at the
month's end at the back; and the bundles of its entries. From those that begin before the month
follows the root at its start, so a bag proves by itself that it continues what was signed before.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.recordlog.tiles import HEIGHT, WIDTH, entries_path, tile_path, tile_width


@dataclass(frozen=True)
class Cut:
    """The log at a signed size: `root` has 32 bytes."""

    size: int
    root: bytes


@dataclass(frozen=True)
class Tile:
    """A tile as a bag holds it."""

    level: int
    index: int
    width: int

    @property
    def path(self) -> str:
        """Where it lies, below the log's prefix."""
        return tile_path(self.level, self.index, self.width)


@dataclass(frozen=True)
class Bundle:
    """A bundle of entries as a bag holds it."""

    index: int
    width: int

    @property
    def path(self) -> str:
        """Where it lies, below the log's prefix."""
        return entries_path(self.index, self.width)


def tiles_of(start: int, end: int) -> Iterator[Tile]:
    """The tiles of the leaves from `start` to before `end`, lowest level first."""
    level = 0
    while count := end >> HEIGHT * level:
        for index in range((start >> HEIGHT * level) // WIDTH, -(-count // WIDTH)):
            yield Tile(level, index, tile_width(end, level, index))
        level += 1


def bundles_of(start: int, end: int) -> Iterator[Bundle]:
    """The bundles of the leaves from `start` to before `end`; none where there are no leaves."""
    if start == end:
        return
    for index in range(start // WIDTH, -(-end // WIDTH)):
        yield Bundle(index, tile_width(end, 0, index))
