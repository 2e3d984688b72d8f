"""The page of one answer: the question as it stands on record, and its rows, a few at a time."""

import re
from collections.abc import Mapping
from datetime import datetime

from archive.auditing.answer_shapes import cursor_of, leaf_behind
from archive.auditing.ask_question import Part, read_answer
from archive.auditing.desk import desk
from archive.auditing.desk import question as question_of
from archive.auditing.room import app, guest_of, name_of, page
from archive.auditing.wish import QUESTION, SEARCH
from archive.questions.answer import Answered
from archive.questions.pack import pack
from shared.http.application import Answer
from shared.http.call import Call
from shared.months.question import Question
from shared.pages.audit_views import AnswerRow, AnswerView
from shared.pages.exact import excerpt
from shared.pages.registry_views import Fact, Way
from shared.posts.localtime import moment_text
from shared.posts.names import QuestionId
from shared.recordlog.canonical import JSON

ROWS = 10
LONGEST = 240
"""Characters of one value: the page has to stay light, and the files have all of it."""

SAID_ELSEWHERE = {"leaf_index", "leaf_hash"}
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


@app.on("/audit/questions/{question_id}")
def answer_page(call: Call, question_id: str) -> Answer:
    """The answer to a question that was asked."""
    guest = guest_of(call)
    question = question_of(QuestionId(question_id))
    part = Part(leaf_behind(call.query.get("cursor")), ROWS)
    found = read_answer(question, part, desk())
    return page("answer", answer_view(question, found, name_of(question.asked_by)), guest)


def answer_view(question: Question, found: Answered, asked_by: str) -> AnswerView:
    """A question and a page of its answer."""
    at = f"/audit/questions/{question.question_id}"
    cursor = cursor_of(found)
    return AnswerView(
        _title(question),
        tuple(_facts(question, asked_by)),
        tuple(_row(row) for row in found.rows),
        _ways(question),
        f"{at}?cursor={cursor}" if cursor else None,
        _notice(question),
    )


def _title(question: Question) -> str:
    name = question.asks[QUESTION]
    if name == SEARCH:
        return "Search"
    return pack()[name].asks if name in pack() else name


def _facts(question: Question, asked_by: str) -> list[Fact]:
    said = {n: v for n, v in question.whole.items() if n != QUESTION}
    months = [f"{month}, bag {bag}" for month, bag in question.read if month >= question.first]
    return [
        Fact("Asked", tuple(f"{name}: {excerpt(value, LONGEST)}" for name, value in said.items())),
        Fact("By", (f"{asked_by}, {moment_text(question.asked_at)}",)),
        Fact("Months", tuple(months)),
        Fact("As of", (f"{question.size} leaves",)),
        Fact("Rows", (str(question.total),)),
        Fact("SHA-256 of the answer", (question.sha256,)),
    ]


def _ways(question: Question) -> tuple[Way, ...]:
    file = f"/v1/audit/records?question={question.question_id}&format="
    return (
        Way(f"{file}jsonl", "All rows, as JSON Lines"),
        Way(f"{file}csv", "All rows, as a table"),
        Way(f"/audit/proofs/new?question={question.question_id}", "Make a bundle for court of it"),
        Way("/audit", "Ask something else"),
    )


def _notice(question: Question) -> str:
    said = (("Not sealed", question.missing), ("Disposed of", question.disposed))
    told = (f"{why}, and so not asked: {', '.join(map(str, m))}." for why, m in said if m)
    return " ".join(told)


def _row(row: Mapping[str, JSON]) -> AnswerRow:
    said = {n: v for n, v in row.items() if n not in SAID_ELSEWHERE and v not in (None, "")}
    facts = tuple(Fact(_label(name), (_line(value),)) for name, value in said.items())
    leaf = int(str(row["leaf_index"]))
    ways = [Way(f"/audit/proofs/new?leaf={leaf}", "Prove")]
    if post := row.get("post_id"):
        ways.append(Way(f"/audit/posts/{post}", "Whole life of its post, from"))
    return AnswerRow(leaf, str(row["leaf_hash"]), facts, ways=tuple(ways))


def _label(column: str) -> str:
    return column.replace("_", " ").capitalize()


def _line(value: JSON) -> str:
    text = value if isinstance(value, str) else str(value)
    if _STAMP.fullmatch(text):
        return f"{moment_text(datetime.fromisoformat(text))} ({text})"
    return excerpt(text, LONGEST)
