"""Accounts as a CSV file: read line by line, written so that no spreadsheet runs what is in it.

A cell that a spreadsheet would take for a formula is written with an apostrophe before it, and
read without. UTF-8, with or without the mark that spreadsheets put first.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shared.accounts.cells import COLUMNS, REQUIRED, Cells, account_in, cells_of
from shared.accounts.errors import Fault, RegistryError
from shared.accounts.registry import Account

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "'")
"""What a cell must not begin with when a spreadsheet opens it; the apostrophe is our own sign."""

LONGEST_LINE = 100_000


class SheetError(RegistryError):
    """No table of accounts at all; `str()` says why, `line` where."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True)
class Row:
    """One line of the table: where it begins, its account if it can be read, and what cannot."""

    line: int
    account_id: str
    account: Account | None
    faults: tuple[Fault, ...]


def rows_in(lines: Iterable[bytes]) -> Iterator[Row]:
    """Every line of the table; SheetError where what follows cannot be told apart any more."""
    text = _Text(lines)
    reader = csv.reader(text, strict=True)
    columns: list[str] | None = None
    while True:
        text.begin()
        try:
            found = next(reader, None)
        except csv.Error as error:
            raise SheetError(text.first, f"This cannot be read as CSV: {error}.") from error
        if found is None:
            break
        if not any(cell.strip() for cell in found):
            continue
        if columns is None:
            columns = _header(found)
        else:
            yield _row(text, columns, found)
    if columns is None:
        raise SheetError(1, "The file is empty; its first line names the columns.")


class _Text:
    """The lines as text; remembers where a record began and whether it was UTF-8."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self.first = self._count = 0
        self.is_utf8 = True

    def begin(self) -> None:
        self.first, self.is_utf8 = self._count + 1, True

    def __iter__(self) -> "_Text":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._count += 1
        if len(line) > LONGEST_LINE:
            raise SheetError(self._count, f"This line has more than {LONGEST_LINE} bytes.")
        try:
            return line.decode("utf-8-sig" if self._count == 1 else "utf-8")
        except UnicodeDecodeError:
            self.is_utf8 = False
            return line.decode("utf-8", "replace")


def _header(cells: list[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    unknown = [name for name in columns if name not in COLUMNS]
    missing = [name for name in REQUIRED if name not in columns]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    for names, sentence in (
        (unknown, "There is no column {}; there are: " + ", ".join(COLUMNS) + "."),
        (missing, "The first line does not name the column {}."),
        (twice, "The column {} is named more than once."),
    ):
        if names:
            raise SheetError(1, sentence.format(", ".join(map(ascii, names))))
    return columns


def _row(text: _Text, columns: list[str], found: list[str]) -> Row:
    cells = dict(zip(columns, map(_read, found), strict=False))
    name = cells.get("account_id", "").strip()
    if not text.is_utf8:
        return Row(text.first, name, None, (Fault("line", "Save the file as UTF-8."),))
    if len(found) != len(columns):
        sentence = f"This line has {len(found)} cells, and the first line {len(columns)} columns."
        return Row(text.first, name, None, (Fault("line", sentence),))
    account, faults = account_in(cells)
    return Row(text.first, name, account, faults)


def sheet_of(accounts: Iterable[Account]) -> Iterator[str]:
    """The table of these accounts, line by line, the columns' names first."""
    yield _line(COLUMNS)
    for account in accounts:
        yield _line(map(_written, _in_order(cells_of(account))))


def _in_order(cells: Cells) -> list[str]:
    return [cells[column] for column in COLUMNS]


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _written(cell: str) -> str:
    return "'" + cell if cell.startswith(FORMULA) else cell


def _read(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell
