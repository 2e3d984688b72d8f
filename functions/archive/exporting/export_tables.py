"""Records as JSON Lines, as a table for spreadsheets, and as pages to read; as many as there are.

JSON Lines are the record itself, canonical, and nothing else is. A table is for sorting and
counting: a cell that a spreadsheet would run as a formula has an apostrophe before it, and a long
one is cut. Every line of each says leaf index and leaf hash.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice

from archive.exporting.paper import Look
from archive.exporting.parcel import Parcel
from archive.exporting.print_html import page, shown
from archive.reading.in_words import in_words
from archive.reading.pointers import fields_of
from archive.reading.read_record import Record
from shared.accounts.sheet import FORMULA
from shared.recordlog.canonical import JSON

JSON_LINES, CSV = "records.jsonl", "records.csv"
COLUMNS = (
    *("leaf_index", "leaf_hash", "month", "leaf_id", "at", "type", "account", "subject"),
    *("actor", "approver", "reason", "text", "state", "payload"),
)
FULL_WIDTH = ("＝", "＋", "－", "＠")
"""Some spreadsheets read these as their narrow kin."""

MOST_OF_A_CELL = 32_000
"""Spreadsheets cut a cell at 32,767 characters, and say nothing."""

CUT = " … (cut here; whole in JSON Lines)"
WORDS = ("text", "text_read_back", "cleared", "published")
"""Where words of ours stand in a payload."""

ON_A_PAGE = 500


def export_jsonl(records: Iterable[Record], parcel: Parcel) -> int:
    """One canonical object a line; how many."""
    count = 0
    with parcel.stream(JSON_LINES) as file:
        for record in records:
            file.write(record.answer_line)
            count += 1
    return count


def export_csv(records: Iterable[Record], parcel: Parcel) -> int:
    """One line each, RFC 4180, with the mark that tells spreadsheets it is UTF-8; how many."""
    count = 0
    with parcel.stream(CSV) as file:
        file.write(b"\xef\xbb\xbf" + _line(COLUMNS))
        for record in records:
            file.write(_line(_cells(record)))
            count += 1
    return count


def export_html(records: Iterable[Record], parcel: Parcel, title: str) -> int:
    """Pages of five hundred, and one that lists them; how many records."""
    rest, count = iter(records), 0
    pages: list[tuple[str, Record, Record]] = []
    while some := list(islice(rest, ON_A_PAGE)):
        number = len(pages) + 1
        name = f"page-{number:05}.html"
        body = "\n".join(_section(record) for record in some)
        heading = f"<h1>{shown(title)}, page {number}</h1>"
        back = '<p><a href="index.html">All pages</a></p>'
        parcel.add(name, page(f"{title}, page {number}", f"{heading}\n{back}\n{body}\n{back}"))
        pages.append((name, some[0], some[-1]))
        count += len(some)
    parcel.add("index.html", page(title, _index(title, pages, count)))
    return count


def words_of(record: Record) -> str:
    """The words a record is about, where it has any."""
    found = (record.payload.get(name) for name in WORDS)
    return next((said for said in found if isinstance(said, str)), "")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet runs, nor cuts without a word."""
    cell = text if len(text) <= MOST_OF_A_CELL else text[: MOST_OF_A_CELL - len(CUT)] + CUT
    return f"'{cell}" if cell.startswith((*FORMULA, *FULL_WIDTH)) else cell


def _cells(record: Record) -> Iterator[str]:
    said = record.envelope
    yield from (str(record.index), record.leaf_hash, str(record.bag.month), said.leaf_id)
    yield said.at.isoformat(timespec="milliseconds")
    yield from (said.type, said.account or "", said.subject, said.actor)
    yield from (said.approver or "", said.reason or "", words_of(record), state_of(record))
    yield record.line.payload.decode()


def state_of(record: Record) -> str:
    """Whether something in it cannot be read."""
    return "erased" if record.is_erased else "sealed" if record.is_sealed else ""


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "backslashreplace")


def _index(title: str, pages: list[tuple[str, Record, Record]], count: int) -> str:
    lines = "".join(
        f'<li><a href="{name}">Leaves {first.index} to {last.index}</a>, '
        f"{first.envelope.at:%Y-%m-%d} to {last.envelope.at:%Y-%m-%d}</li>\n"
        for name, first, last in pages
    )
    return f"<h1>{shown(title)}</h1>\n<p>{count} records.</p>\n<ol>\n{lines}</ol>"


def _section(record: Record) -> str:
    said = record.envelope
    rows = [
        ("When", said.at.isoformat(timespec="milliseconds"), Look.PLAIN),
        (
            "Who",
            f"{said.actor}{f', approved by {said.approver}' if said.approver else ''}",
            Look.PLAIN,
        ),
        ("About", f"{said.subject}{f', {said.account}' if said.account else ''}", Look.PLAIN),
        *([("Reason", said.reason, Look.PLAIN)] if said.reason else []),
        *((pointer[1:], _text(value), Look.PLAIN) for pointer, value in fields_of(record.payload)),
        ("Leaf", f"{record.index}, hash {record.leaf_hash}, id {said.leaf_id}", Look.EXACT),
    ]
    body = "".join(
        f'<tr><th scope="row">{shown(label)}</th>'
        f'<td class="words{" exact" if look is Look.EXACT else ""}">{shown(text)}</td></tr>\n'
        for label, text, look in rows
    )
    return f"<h2>{shown(in_words(said.type))} ({shown(said.type)})</h2>\n<table>{body}</table>"


def _text(value: JSON) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
