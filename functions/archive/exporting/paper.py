"""What a printed answer is made of: headings, words, rows of a label and a text, tables.

The same blocks are written as HTML, for reading, and as PDF, for a court's file; both say the same.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Look(StrEnum):
    """How a text is set."""

    PLAIN = "plain"
    EXACT = "exact"
    """In letters of one width, broken anywhere: hashes, and bytes as they are."""


@dataclass(frozen=True)
class Heading:
    """What a section is about."""

    text: str


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class Row:
    """A label and what it says."""

    label: str
    text: str
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class Table:
    """Columns with their share of the width, and lines of cells."""

    columns: tuple[tuple[str, int], ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Lines:
    """Empty lines to be written on by hand, each with what belongs there."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class NewPage:
    """What follows begins a page."""


Block: TypeAlias = "Heading | Words | Row | Table | Lines | NewPage"


@dataclass(frozen=True)
class Paper:
    """A document: its title, its blocks in order, and what stands at the foot of every page."""

    title: str
    blocks: tuple[Block, ...]
    foot: str = ""


def cut(text: str, most: int, rest: str) -> str:
    """At most so many characters, and where the rest is to be found."""
    return text if len(text) <= most else f"{text[:most]} … ({rest})"
