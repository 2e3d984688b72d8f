"""The log against the tables: what is in one and not in the other is told, and nothing else."""

import json
from datetime import timedelta

import pytest

from archive.sealing.begin_month import begin_month
from archive.sealing.reconcile import MOST_TOLD, Export, leave_unreconciled, reconcile
from tests.unit.archive.closing import OCTOBER, SEPTEMBER, a_world, close

EXPORTED = SEPTEMBER.ends + timedelta(hours=3)


@pytest.fixture
def world():
    world = a_world(september=300, october=5)
    begin_month(SEPTEMBER, world.desk(), SEPTEMBER.ends)
    return world


def said(world, month=SEPTEMBER):
    return json.loads(world.bag(month)["data/reconciliation.json"])


def never(leaf_id):
    return False


def test_where_each_row_has_its_leaf_all_is_well(world):
    found = reconcile(SEPTEMBER, Export(EXPORTED, list(world.rows)), never, world.desk())

    assert found.holds
    assert said(world) == {
        "exported_at": "2026-10-01T03:00:00Z",
        "leaves": 300,
        "month": "2026-09",
        "only_in_log": [],
        "only_in_table": [],
        "only_in_table_count": 0,
        "rows": 300,
        "source": "export",
    }


def test_a_leaf_without_its_row_is_told(world):
    lost = list(world.rows)[7]
    rows = [each for each in world.rows if each != lost]

    found = reconcile(SEPTEMBER, Export(EXPORTED, rows), never, world.desk())

    assert found.only_in_log == (lost,)
    assert said(world)["rows"] == 299


def test_a_row_that_was_written_past_the_log_is_told(world):
    stranger = list(world.rows)[100][:-4] + "ZZZZ"

    found = reconcile(SEPTEMBER, Export(EXPORTED, [*world.rows, stranger]), never, world.desk())

    assert found.only_in_table == (stranger,)
    assert said(world)["only_in_table"] == [stranger]


def test_a_row_whose_leaf_stands_in_another_month_or_waits_is_in_order(world):
    waits = list(world.rows)[100][:-4] + "ZZZZ"
    rows = [*world.rows, waits]

    found = reconcile(SEPTEMBER, Export(EXPORTED, rows), lambda leaf: leaf == waits, world.desk())

    assert found.holds


def test_the_numbers_count_what_is_too_much_to_name(world):
    ids = list(world.rows)
    strangers = [f"{ids[100][:-5]}{number:05}" for number in range(MOST_TOLD + 5)]

    found = reconcile(SEPTEMBER, Export(EXPORTED, [*ids, *strangers]), never, world.desk())

    assert len(found.only_in_table) == MOST_TOLD + 5
    assert len(said(world)["only_in_table"]) == MOST_TOLD
    assert said(world)["only_in_table_count"] == MOST_TOLD + 5


def test_the_first_comparison_stays_with_the_month(world):
    reconcile(SEPTEMBER, Export(EXPORTED, list(world.rows)), never, world.desk())
    before = said(world)

    reconcile(SEPTEMBER, Export(EXPORTED + timedelta(hours=1), []), never, world.desk())

    assert said(world) == before


def test_a_month_that_could_not_be_compared_says_so(world):
    leave_unreconciled(SEPTEMBER, "The export did not end in time.", world.desk())

    assert said(world)["source"] == "none"
    assert close(world, SEPTEMBER)


def test_an_empty_month_is_compared_with_nothing():
    world = a_world(september=3)
    close(world, SEPTEMBER)
    begin_month(OCTOBER, world.desk(), OCTOBER.ends)

    assert reconcile(OCTOBER, Export(EXPORTED, list(world.rows)), never, world.desk()).holds
    assert said(world, OCTOBER)["leaves"] == 0
