"""The whole answer as one file: JSON Lines, whose SHA-256 is the one on record, or a table."""

import csv
import io
from collections.abc import Iterator, Mapping

from archive.auditing.ask_question import AuditDesk, Part, read_answer
from archive.auditing.errors import TooLargeAnswerError
from archive.exporting.export_tables import safe_cell
from archive.questions.answer import MOST_ON_A_PAGE, Answered
from shared.http.application import Answer
from shared.months.question import Question
from shared.recordlog.canonical import JSON, canonical_json

JSONL, CSV = "jsonl", "csv"
TYPES: Mapping[str, str] = {
    JSONL: "application/jsonl",
    CSV: "text/csv; charset=utf-8; header=present",
}
"""What each file is sent as."""

LARGEST_FILE = 4_000_000
BYTE_ORDER_MARK = "\ufeff"
"""Tells spreadsheets that a table is UTF-8."""


def answer_file(question: Question, kind: str, desk: AuditDesk) -> Answer:
    """All rows; TooLargeAnswerError. AuditError, QuestionError."""
    pages = tuple(_pages(question, desk))
    columns = pages[0].columns
    rows = [row for each in pages for row in each.rows]
    text = as_lines(rows) if kind == JSONL else as_table(columns, rows)
    if len(text.encode()) > LARGEST_FILE:
        raise TooLargeAnswerError(LARGEST_FILE)
    name = f"answer-{question.question_id}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Answer(text, 200, TYPES[kind], headers)


def as_lines(rows: list[Mapping[str, JSON]]) -> str:
    """One canonical object a line: the very bytes that the hash on record is over."""
    return "".join(canonical_json(row).decode() + "\n" for row in rows)


def as_table(columns: tuple[str, ...], rows: list[Mapping[str, JSON]]) -> str:
    """RFC 4180; no cell is run by a spreadsheet."""
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return BYTE_ORDER_MARK + table.getvalue()


def _pages(question: Question, desk: AuditDesk) -> Iterator[Answered]:
    after: int | None = None
    octets = 0
    while True:
        found = read_answer(question, Part(after, MOST_ON_A_PAGE), desk)
        octets += len(as_lines(list(found.rows)).encode())
        if octets > LARGEST_FILE:
            raise TooLargeAnswerError(LARGEST_FILE)
        yield found
        if found.next is None:
            return
        after = found.next


def _cell(value: JSON) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe_cell(value)
    return safe_cell(canonical_json(value).decode())
