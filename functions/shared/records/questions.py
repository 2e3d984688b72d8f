"""Questions that were asked of sealed months; each is put down with the leaf that says so.

The row holds none of the words that were looked for: they are sealed in the leaf, and once that is
erased the question cannot be asked again from here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.months.month import read_month
from shared.months.question import Question, question_act, question_entry
from shared.posts.names import LeafId, PersonId, QuestionId
from shared.records.errors import AlreadyExistsError
from shared.records.log import recording_leaf
from shared.records.log_rows import QuestionRow
from shared.records.payloads import Payloads
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit


class Questions:
    """Where they are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def record(self, question: Question) -> None:
        """It was asked, and that is on record; AlreadyExistsError."""
        leaf = self._pen.leaf(question_act(question))
        row = question_row(self._tables, question, LeafId(leaf.leaf_id))
        taken = AlreadyExistsError("question", question.question_id)
        free = self._tables.questions.question_id.does_not_exist()
        put = Write(row, free, lambda _: taken)
        commit(self._tables.connection, [put, *recording_leaf(self._tables, leaf)])

    def get(self, question_id: QuestionId) -> Question:
        """The question with its words; NotFoundError, ErasedError where they are gone."""
        row = one(self._tables.questions, question_id)
        held = from_json(row.entry)
        words: Mapping[str, Any] = {}
        if held["sealed"]:
            words = Payloads(self._tables).personal(LeafId(row.leaf_id))
        return _question(question_id, held, words)

    def asked_at(self, question_id: QuestionId) -> datetime:
        """When it was asked, whatever became of its words; NotFoundError."""
        held: Mapping[str, Any] = from_json(one(self._tables.questions, question_id).entry)
        return moment(held["asked_at"])


def question_row(tables: Tables, question: Question, leaf_id: LeafId) -> QuestionRow:
    """A question as it lies in its row."""
    held = {
        **question_entry(question),
        "asked_by": question.asked_by,
        "asked_at": written(question.asked_at),
        "sealed": bool(question.words),
    }
    return tables.questions(question_id=question.question_id, leaf_id=leaf_id, entry=as_json(held))


def _question(
    question_id: QuestionId, held: Mapping[str, Any], words: Mapping[str, Any]
) -> Question:
    return Question(
        question_id=question_id,
        asks=dict(held["asks"]),
        first=read_month(held["from"]),
        last=read_month(held["to"]),
        read=tuple((read_month(each["month"]), each["bag"]) for each in held["read"]),
        missing=tuple(map(read_month, held["missing"])),
        disposed=tuple(map(read_month, held.get("disposed", ()))),
        size=held["size"],
        total=held["total"],
        sha256=held["sha256"],
        asked_by=PersonId(held["asked_by"]),
        asked_at=moment(held["asked_at"]),
        words=dict(words),
    )
