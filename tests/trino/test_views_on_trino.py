"""Views and fixed questions say on Trino, the engine inside Athena, to the value what they say on
DuckDB."""

import json
import os
import re
from datetime import UTC, datetime
from itertools import islice

import pytest

from archive.questions import views
from archive.questions.answer import asked_fixed
from archive.questions.columns import COLUMNS
from archive.questions.pack import pack
from local.million.lines import leaves
from local.tools import MissingToolError
from local.tools.trino import ask_trino, fetch_trino
from tests.architecture.athena import spelt as with_values
from tests.unit.archive.copying import Told, everything
from tests.unit.archive.lawful import lived_through
from tests.unit.archive.planted import plant

pytestmark = pytest.mark.timeout(400)  # an engine starts, and asks a hundred times

DRAWN = 600
"""Leaves of the million that others are measured with, beside those that were made for this."""

COLUMN_TYPES = {
    **{each.name: each.duckdb.replace("TIMESTAMP", "TIMESTAMP(3)") for each in COLUMNS},
    "month": "VARCHAR",
}
AT_ONCE = 200
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


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    told = lived_through()
    plant(told)
    with told.copied(tmp_path_factory.mktemp("planted")) as index:
        yield index


def test_every_view_says_the_same_on_both_whatever_was_known(trino, index):
    rows = laid_rows(index)
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


def test_every_fixed_question_has_the_same_answer_on_both(trino, planted):
    period = datetime(2026, 10, 6, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    laid = list(filling(laid_rows(planted)))
    asked = [views.as_of(with_values(question, *period)) for question in pack().values()]

    answers = trino([*laid, *asked])[len(laid) :]

    for question, answer in zip(pack().values(), answers, strict=True):
        ours = asked_fixed(question, *period)
        assert answer, question.name
        assert plain(answer) == plain(planted.ask(ours.sql, ours.given).rows), question.name


def laid_rows(index):
    """Every leaf of a copy, column by column."""
    named = ", ".join(f'"{name}"' for name in COLUMN_TYPES)
    return index.ask(f"SELECT {named} FROM leaves ORDER BY leaf_index").rows  # noqa: S608


def filling(rows):
    """Statements that lay these rows into Trino, as lines of JSON: it is slow to read literals."""
    kinds = COLUMN_TYPES.items()
    columns = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in kinds)
    yield f"CREATE TABLE leaves AS SELECT {columns} WHERE 1 = 0"
    read = ", ".join(
        f"CAST(json_extract_scalar(line, '$[{place}]') AS {kind})"
        for place, kind in enumerate(COLUMN_TYPES.values())
    )
    for first in range(0, len(rows), AT_ONCE):
        lines = "\n".join(map(spelt, rows[first : first + AT_ONCE])).replace("'", "''")
        yield f"INSERT INTO leaves SELECT {read} FROM UNNEST(split('{lines}', chr(10))) AS t(line)"  # noqa: S608


def spelt(row):
    """A row as a line."""
    return json.dumps(
        [
            each.isoformat(sep=" ", timespec="milliseconds") if isinstance(each, datetime) else each
            for each in row
        ]
    )


def plain(rows):
    """The values as text, moments alike, in an order of their own."""
    return sorted(tuple(map(alike, row)) for row in rows)


def alike(value):
    text = "" if value is None else str(value)
    moment = _MOMENT.fullmatch(text)
    if moment is None:
        return text
    return f"{moment[1]} {moment[2]}.{(moment[3] or '').rstrip('0')}"
