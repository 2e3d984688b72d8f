"""An answer as it is handed out: lines that hash to what is on record, a table nobody runs, pages
that fit."""

import csv
import io
from dataclasses import replace
from hashlib import sha256

import pytest

from archive.auditing.answer_files import answer_file
from archive.auditing.answer_shapes import answer_shape, cursor_of, leaf_behind, within
from archive.auditing.ask_question import ask_question
from archive.auditing.errors import TooLargeAnswerError
from archive.auditing.wish import wish_in
from archive.questions.answer import Answered, Asked
from shared.records.errors import InvalidCursorError
from tests.unit.archive.auditing_made import AUDITOR, NOW, World
from tests.unit.archive.copying import ACCOUNT, a_post

FORMULA = '=HYPERLINK("https://elsewhere.example","read")'
SAID = {"from": "2026-10", "to": "2026-10", "account": ACCOUNT}


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """A question with its answer, and the desk it was asked at."""
    world = World(tmp_path_factory.mktemp("sealed"))
    a_post(world.told, text=FORMULA)
    a_post(world.told, 10, version=2, text='Tŷ “agored”,\nhttps://x.example 👮 "')
    desk = world.seal().desk()
    return *ask_question(wish_in(SAID), by=AUDITOR, desk=desk, now=NOW), desk


def test_the_lines_are_the_bytes_that_the_hash_on_record_is_over(answered):
    question, _, desk = answered

    file = answer_file(question, "jsonl", desk)

    assert sha256(file.body.encode()).hexdigest() == question.sha256
    assert file.content_type == "application/jsonl"
    assert question.question_id in file.headers["Content-Disposition"]


def test_the_table_says_the_same_and_no_cell_is_run(answered):
    question, found, desk = answered

    body = answer_file(question, "csv", desk).body
    head, *rows = csv.reader(io.StringIO(body.removeprefix("\ufeff")))

    assert body.startswith("\ufeff")
    assert tuple(head) == found.columns
    place = head.index("text")
    assert [row[place] for row in rows] == [f"'{FORMULA}", found.rows[1]["text"]]


def test_an_answer_that_no_file_holds_is_refused_with_a_sentence(answered, monkeypatch):
    question, _, desk = answered
    monkeypatch.setattr("archive.auditing.answer_files.LARGEST_FILE", 100)

    with pytest.raises(TooLargeAnswerError, match="page by page"):
        answer_file(question, "jsonl", desk)


def test_every_row_says_its_leaf_and_everything_of_the_question_is_told(answered):
    question, found, _ = answered

    shape = answer_shape(question, found)

    assert shape["total"] == len(shape["rows"]) == 2
    assert shape["next"] is None
    assert all(len(row["leaf_hash"]) == 64 for row in shape["rows"])
    assert shape["asked"]["account"] == ACCOUNT
    assert [each["month"] for each in shape["months"]] == ["2026-10"]


def a_page(*leaves, after=None):
    rows = tuple({"leaf_index": leaf, "text": "x" * 50} for leaf in leaves)
    asked = Asked("search", "", {}, 9, {})
    return Answered(asked, ("leaf_index", "text"), rows, 9, "0" * 64, after)


def test_a_page_that_is_too_large_ends_earlier_and_leads_on():
    cut = within(a_page(1, 2, 3, 4), most=200)

    assert [row["leaf_index"] for row in cut.rows] == [1, 2]
    assert leaf_behind(cursor_of(cut)) == 2


def test_rows_of_one_leaf_stay_together_however_large_they_are():
    assert len(within(a_page(1, 1, 1, 1, 1), most=100).rows) == 5
    assert [r["leaf_index"] for r in within(a_page(1, 2, 2, 2, 3), most=200).rows] == [1]


def test_a_page_that_fits_is_as_it_was():
    page = a_page(1, 2, after=2)

    assert within(page) is page
    assert leaf_behind(cursor_of(page)) == 2
    assert cursor_of(replace(page, next=None)) is None


@pytest.mark.parametrize(
    "cursor", ["x", "MQ==", "LTE", "MS41", "é", "../1", "MTIzNDU2Nzg5MDEyMzQ1Ng"]
)
def test_a_cursor_that_was_never_given_out_is_refused(cursor):
    with pytest.raises(InvalidCursorError):
        leaf_behind(cursor)
