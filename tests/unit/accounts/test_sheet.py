"""The table of accounts: comes back as it went out, and every cell that cannot be read is told."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.force import PEOPLE, accounts
from shared.accounts.cells import COLUMNS, REQUIRED, account_in, cells_of
from shared.accounts.checklist import Item
from shared.accounts.registry import (
    Account,
    AccountKind,
    AccountStatus,
    ApprovalMode,
    Handle,
    Level,
    ReservedName,
    TwoStep,
)
from shared.accounts.sheet import FORMULA, LONGEST_LINE, SheetError, rows_in, sheet_of
from shared.posts.names import PlatformName

ALL = accounts({PlatformName("sandbox"): "https://sandbox.example"})
HEADER = ",".join(COLUMNS).encode() + b"\n"

# What the rules of an entry let through: trimmed, printable, nothing parted by `;` inside.
word = st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters=";"), min_size=1)
phrase = st.lists(word, min_size=1, max_size=3).map(" ".join)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
some = st.builds(
    Account,
    account_id=word,
    title=phrase,
    level=st.sampled_from(Level),
    area=phrase,
    email=word,
    handles=st.lists(st.builds(Handle, word, word, word), max_size=3).map(tuple),
    owner=word,
    members=st.frozensets(word, max_size=3),
    deputies=st.frozensets(word, max_size=3),
    senior=st.booleans(),
    approval_mode=st.sampled_from(ApprovalMode),
    status=st.sampled_from(AccountStatus),
    kind=st.sampled_from(AccountKind),
    purpose=phrase,
    audience=phrase,
    parent=st.none() | word,
    communications_manager=st.none() | word,
    force_page=word,
    house_rules=word,
    checklist=st.frozensets(st.sampled_from(Item)),
    reserved_names=st.lists(st.builds(ReservedName, word, word), max_size=2).map(tuple),
    rhythm_hours=st.none() | st.integers(0, 9999),
    two_step=st.lists(st.builds(TwoStep, word, days), max_size=2).map(tuple),
    review_date=st.none() | days,
)


def lines_of(table):
    return "".join(table).encode().splitlines(keepends=True)


@given(st.lists(some, max_size=3))
def test_a_table_comes_back_as_it_went_out(written):
    rows = list(rows_in(lines_of(sheet_of(written))))

    assert [row.faults for row in rows] == [()] * len(written)
    assert [row.account for row in rows] == written


@given(st.lists(some, max_size=3))
def test_no_cell_is_a_formula_to_a_spreadsheet(written):
    table = csv.reader(io.StringIO("".join(sheet_of(written)), newline=""))

    cells = [cell for line in table for cell in line]
    assert [cell for cell in cells if cell.startswith(FORMULA) and not cell.startswith("'")] == []


@given(st.binary(max_size=200))
def test_whatever_the_file_holds_it_is_read_or_refused_by_its_line(content):
    try:
        rows = list(rows_in((HEADER + content).splitlines(keepends=True)))
    except SheetError as refused:
        line = refused.line
        assert line >= 1
    else:
        assert all(row.account is not None or row.faults for row in rows)


def test_the_table_of_the_invented_force_has_no_mobile_no_history_and_nobodys_name():
    table = "".join(sheet_of(ALL))

    assert table.splitlines()[0] == ",".join(f'"{name}"' for name in COLUMNS)
    assert len(table.splitlines()) == 1 + len(ALL)
    for person in PEOPLE:
        assert person.mobile not in table
        assert person.name not in table
        assert person.email not in table


HAPPENED = {"history", "closure_proposed", "kept_open_at"}


def test_every_field_of_an_account_but_what_happened_to_it_has_a_column():
    fields = set(Account.__dataclass_fields__)

    assert set(cells_of(ALL[0])) == set(COLUMNS) == fields - HAPPENED
    assert set(REQUIRED) <= set(COLUMNS)


def a_line(**changed):
    cells = {**cells_of(ALL[0]), **changed}
    text = io.StringIO()
    csv.DictWriter(text, COLUMNS).writerow(cells)
    return text.getvalue().encode()


CELLS = [
    # the column, what somebody wrote there
    ("level", "county"),
    ("level", ""),
    ("kind", "squad"),
    ("handles", "bluesky @leek"),
    ("handles", "bluesky @leek https://pds.example extra"),
    ("senior", "perhaps"),
    ("approval_mode", "never"),
    ("status", "open"),
    ("checklist", "photo; selfie"),
    ("reserved_names", "bluesky"),
    ("rhythm_hours", "daily"),
    ("rhythm_hours", "-1"),
    ("rhythm_hours", "٤"),
    ("rhythm_hours", "9" * 5000),
    ("two_step", "bluesky yesterday"),
    ("review_date", "20/11/2026"),
    ("review_date", "2026-02-30"),
]


@pytest.mark.parametrize(("column", "cell"), CELLS)
def test_a_cell_that_says_nothing_we_know_is_told_by_its_column(column, cell):
    [row] = rows_in([HEADER, a_line(**{column: cell})])

    assert row.line == 2
    assert row.account is None
    assert [fault.field for fault in row.faults] == [column]
    assert len(row.faults[0].sentence) < 200


def test_every_cell_at_fault_is_told_not_only_the_first():
    _, faults = account_in({**cells_of(ALL[0]), "level": "x", "kind": "y", "senior": "z"})

    assert [fault.field for fault in faults] == ["level", "senior", "kind"]


@pytest.mark.parametrize("yes", ["yes", "YES", " yes "])
def test_capitals_and_space_around_a_cell_do_not_matter(yes):
    account, faults = account_in({**cells_of(ALL[0]), "senior": yes, "level": " Neighbourhood "})

    assert faults == ()
    assert account == replace(ALL[0], senior=True, history=())


def test_a_line_is_named_by_where_it_begins_even_if_a_cell_before_it_has_several_lines():
    lines = [HEADER, a_line(purpose="one\ntwo\nthree"), b"\n", a_line(level="x")]
    content = b"".join(lines).splitlines(keepends=True)

    assert [row.line for row in rows_in(content)] == [2, 6]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_mark_that_spreadsheets_put_first_is_no_part_of_the_first_column(mark):
    [row] = rows_in([mark + HEADER, a_line()])

    assert row.account == replace(ALL[0], history=())


WRONG_LINES = [
    (b"a,b\n", "cells"),
    (a_line()[:-2] + b",more\r\n", "cells"),
    (a_line(title="Caf\u00e9").decode().encode("latin-1"), "UTF-8"),
]


@pytest.mark.parametrize(("line", "word"), WRONG_LINES)
def test_a_line_that_is_none_of_the_table_is_told_and_the_next_is_read(line, word):
    rows = list(rows_in([HEADER, line, a_line()]))

    assert [bool(row.account) for row in rows] == [False, True]
    assert word in rows[0].faults[0].sentence


NO_TABLES = [
    ([], "empty"),
    ([b"\n", b"  \n"], "empty"),
    ([b"account_id,title\n"], "does not name"),
    ([HEADER.strip() + b",password\n"], "no column"),
    ([HEADER.strip() + b",title\n"], "more than once"),
    ([HEADER, b'"a"b,c\n'], "CSV"),
    ([HEADER, b"x" * (LONGEST_LINE + 1)], "bytes"),
]


@pytest.mark.parametrize(("lines", "words"), NO_TABLES)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(lines, words):
    with pytest.raises(SheetError, match=words):
        list(rows_in(lines))
