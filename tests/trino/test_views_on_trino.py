"""The views say on Trino, the engine inside Athena, to the value what they say on DuckDB."""

import os
import re
from itertools import islice

import pytest

from archive.questions import views
from archive.questions.columns import COLUMNS
from local.million.lines import leaves
from local.tools import MissingToolError
from local.tools.trino import ask_trino, fetch_trino
from tests.unit.archive.copying import Told, everything

DRAWN = 600
"""Leaves of the million that others are measured with, beside those that were made for this."""

COLUMN_TYPES = {
    **{each.name: each.duckdb.replace("TIMESTAMP", "TIMESTAMP(3)") for each in COLUMNS},
    "month": "VARCHAR",
}
AT_ONCE = 50
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?")


@pytest.fixture(scope="module")
def trino():
    """The engine, or a skip that says why."""
    try:
        fetch_trino()
    except MissingToolError as missing:
        if os.environ.get("BLUELAMP_REQUIRE_JAVA"):
            raise
        pytest.skip(f"{missing} The views are tested on DuckDB only.")
    return ask_trino


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    told = Told()
    everything(told)
    told.leaves += islice(leaves(1_000_000), DRAWN)
    with told.copied(tmp_path_factory.mktemp("copy")) as index:
        yield index


def test_every_view_says_the_same_on_both_whatever_was_known(trino, index):
    named = ", ".join(f'"{name}"' for name in COLUMN_TYPES)
    rows = index.ask(f"SELECT {named} FROM leaves ORDER BY leaf_index").rows  # noqa: S608
    sizes = (12, 40, len(rows) // 2, views.EVERYTHING)
    asked = [(f"SELECT * FROM {name}", size) for name in views.views() for size in sizes]  # noqa: S608

    laid = list(filling(rows))
    answers = trino([*laid, *(views.as_of(*each) for each in asked)])[len(laid) :]

    empty = set()
    for (question, size), answer in zip(asked, answers, strict=True):
        ours = index.ask(question, size=size).rows
        assert plain(answer) == plain(ours), (question, size)
        if size == views.EVERYTHING and not answer:
            empty.add(question)
    assert empty == set()


def filling(rows):
    """Statements that lay these rows into Trino."""
    kinds = COLUMN_TYPES.items()
    columns = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in kinds)
    yield f"CREATE TABLE leaves AS SELECT {columns} WHERE 1 = 0"
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        values = ", ".join(f"({', '.join(map(spelt, row))})" for row in some)
        yield f"INSERT INTO leaves VALUES {values}"  # noqa: S608


def spelt(value):
    """A value as a literal."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return f"TIMESTAMP '{value.isoformat(sep=' ', timespec='milliseconds')}'"


def plain(rows):
    """The values as text, moments alike, in an order of their own."""
    return sorted(tuple(map(alike, row)) for row in rows)


def alike(value):
    text = "" if value is None else str(value)
    moment = _MOMENT.fullmatch(text)
    if moment is None:
        return text
    return f"{moment[1]} {moment[2]}.{(moment[3] or '').rstrip('0')}"
