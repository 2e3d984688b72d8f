"""The JSON shape of a question with one page of its answer, and the cursor to the next."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from archive.questions.answer import Answered
from shared.http.shapes import stamp
from shared.months.question import Question
from shared.recordlog.canonical import JSON
from shared.records.errors import InvalidCursorError
from shared.records.listing import behind, cursor_behind

LARGEST_PAGE = 4_000_000
"""Bytes. What a function answers may have six million."""

_PLACE = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)


def answer_shape(question: Question, found: Answered) -> dict[str, Any]:
    """The question as it stands on record, and a page of rows."""
    return {
        **question_shape(question),
        "columns": list(found.columns),
        "rows": list(found.rows),
        "next": cursor_of(found),
    }


def question_shape(question: Question) -> dict[str, Any]:
    """The question as it stands on record; `sha256` is over all rows of its answer."""
    return {
        "question_id": question.question_id,
        "asked": question.whole,
        "asked_by": question.asked_by,
        "asked_at": stamp(question.asked_at),
        "from": str(question.first),
        "to": str(question.last),
        "months": [{"month": str(month), "bag": bag} for month, bag in question.read],
        "missing": [str(each) for each in question.missing],
        "disposed": [str(each) for each in question.disposed],
        "size": question.size,
        "total": question.total,
        "sha256": question.sha256,
    }


def within(found: Answered, most: int = LARGEST_PAGE) -> Answered:
    """The page, or as much of its beginning as has no more bytes; all rows of a leaf or none, and
    of one leaf at least."""
    octets = 0
    kept: list[Mapping[str, JSON]] = []
    for _, rows in groupby(found.rows, lambda row: row["leaf_index"]):
        same = list(rows)
        octets += sum(len(json.dumps(row, ensure_ascii=False).encode()) for row in same)
        if octets > most and kept:
            return replace(found, rows=tuple(kept), next=int(str(kept[-1]["leaf_index"])))
        kept += same
    return found


def cursor_of(found: Answered) -> str | None:
    """Where the next page begins; None on the last."""
    return None if found.next is None else cursor_behind(str(found.next))


def leaf_behind(cursor: str | None) -> int | None:
    """The leaf that a cursor goes on behind; InvalidCursorError."""
    if not cursor:
        return None
    place = behind(cursor)
    if not _PLACE.fullmatch(place):
        raise InvalidCursorError
    return int(place)
