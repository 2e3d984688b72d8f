"""The API of questions to sealed months: asking one, and reading its answer again, page by page."""

from archive.auditing.answer_shapes import answer_shape, leaf_behind, within
from archive.auditing.ask_question import PAGE, Part, ask_question, read_answer
from archive.auditing.desk import desk
from archive.auditing.desk import question as question_of
from archive.auditing.room import app, guest_of, now
from archive.auditing.wish import wish_in
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.months.question import Question
from shared.posts.names import QuestionId

MOST = 200
"""Rows of a page."""

FORMATS = ("json", "jsonl", "csv")
ACCEPTED = {"application/jsonl": "jsonl", "application/x-ndjson": "jsonl", "text/csv": "csv"}
LONGEST_CURSOR = 100


@app.on("/v1/audit/records", "POST")
def ask_records_api(call: Call) -> Answer:
    """Ask sealed months, by a search or a fixed question; who asked what is on record."""
    guest = guest_of(call)
    wish = wish_in(call.json())
    question, found = ask_question(wish, by=guest.person, desk=desk(), now=now())
    at = f"/v1/audit/records?question={question.question_id}"
    return json_answer(answer_shape(question, within(found)), 201, Location=at)


@app.on("/v1/audit/records")
def records_api(call: Call) -> Answer:
    """A page of the answer to a question that was asked, or all of it as a file."""
    guest_of(call)
    fields = Fields(call.query)
    named = QuestionId(fields.text("question", longest=100))
    cursor = fields.maybe_text("cursor", longest=LONGEST_CURSOR)
    limit = fields.maybe_number("limit", MOST) or PAGE
    kind = fields.one_of("format", FORMATS, default=_accepted(call))
    fields.done()
    question = question_of(named)
    if kind != "json":
        return answered_as_file(question, kind)
    found = read_answer(question, Part(leaf_behind(cursor), limit), desk())
    return json_answer(answer_shape(question, within(found)))


def answered_as_file(question: Question, kind: str) -> Answer:
    """All of it, to be kept."""
    from archive.auditing.answer_files import answer_file  # few take it along

    return answer_file(question, kind, desk())


def _accepted(call: Call) -> str:
    """What kind of answer a client asks for by its header; JSON wherever it takes that."""
    wanted = [each.split(";")[0].strip().lower() for each in call.header("accept").split(",")]
    return next((ACCEPTED[each] for each in wanted if each in ACCEPTED), "json")
