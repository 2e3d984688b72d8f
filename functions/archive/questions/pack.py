"""The fixed questions of `pack.sql`: what auditors ask every time, so that nobody has to write SQL.

Each asks for what the policy, or a promise of this system, says must not be: no row is good news,
and a row names the leaf to begin with. The text is in the words that DuckDB and Athena both know,
and asks the views alone. `$since` and `$until` are the period in which what is named happened, the
first within it and the last not; the other values have a default. How one is asked: `answer.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from archive.questions.errors import NoSuchQuestionError

_VALUES = r"[a-z_]+ = \d+(?:, [a-z_]+ = \d+)*"
_HEAD = re.compile(
    r"^-- question (?P<name>[a-z_]+)(?: \((?P<values>" + _VALUES + r")\))?: "
    r"(?P<asks>.+\?) \[(?P<source>.+)\]$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Fixed:
    """One question: what it `asks`, in a sentence; the `source` of the rule behind it; its SQL; and
    what is given to it, where nobody says otherwise, besides the period."""

    name: str
    asks: str
    source: str
    sql: str
    defaults: Mapping[str, int]


@cache
def pack() -> Mapping[str, Fixed]:
    """Every fixed question by its name, in the order in which they are written."""
    text = Path(__file__).with_name("pack.sql").read_text("utf-8")
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    found = [_fixed(head, text[head.end() : end]) for head, end in zip(heads, ends, strict=True)]
    return MappingProxyType({each.name: each for each in found})


def fixed(name: str) -> Fixed:
    """The question of this name; NoSuchQuestionError."""
    try:
        return pack()[name]
    except KeyError as error:
        raise NoSuchQuestionError(name) from error


def _fixed(head: re.Match[str], sql: str) -> Fixed:
    pairs = (each.split(" = ") for each in (head["values"] or "").split(", ") if each)
    defaults = {name: int(usual) for name, usual in pairs}
    return Fixed(
        head["name"], head["asks"], head["source"], sql.strip(), MappingProxyType(defaults)
    )
