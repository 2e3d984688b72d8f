"""Auditors ask sealed months through the API and the pages of a running force."""

import csv
import html
import io
import json
import re
from hashlib import sha256

import pytest

from local.force import AUDITOR, COMMS, OFFICER
from shared.months.month import Month
from shared.posts.names import LeafId
from shared.records.outbox import Outbox
from shared.records.payloads import Payloads
from tests.workflows.auditing import (
    ACCOUNT,
    MONTHS,
    NOWHERE,
    OCTOBER,
    RECORDS,
    SEARCH,
    Auditing,
    bag_of,
)
from tests.workflows.force import a_force

HOSTILE = (
    "' OR 1=1 --",
    "1; DROP VIEW acts",
    "x' UNION SELECT * FROM read_text('secrets') --",
    "../../other-force",
    "s3://other-force-archive-index/post",
    "$since",
    "%' ESCAPE '!",
    "{size}",
    "(a+)+$",
    "\\x00",
    "<script>alert(1)</script>",
)


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


@pytest.fixture(scope="module")
def auditing(force):
    return Auditing(force)


def leaves(force, kind):
    """The envelopes of one type that wait for the log, with what they commit to."""
    found = [json.loads(leaf.envelope) for leaf in Outbox(force.stack.tables).pending(1000)]
    return [each for each in found if each["type"] == kind]


def test_months_are_told_with_what_proves_them_and_those_that_are_missing(force, auditing):
    told = force.caller(AUDITOR.person_id).get(MONTHS).json()

    [month] = told["months"]
    assert (month["month"], month["bag"], month["copied"]) == ("2026-10", bag_of(OCTOBER), True)
    over = [each["month"] for each in told["missing"]]
    assert over == sorted(over)
    assert all(each["late"] in {True, False} for each in told["missing"])


def test_one_month_has_its_signed_note_and_no_other_is_there(force, auditing):
    caller = force.caller(AUDITOR.person_id)

    note = caller.get(f"{MONTHS}/2026-10").json()["note"]

    assert note.startswith(f"bluelamp-month/v1\n{auditing.origin}\nmonth 2026-10\n")
    for other in ("2026-09", "2026-1", "..%2F2026-10", "other-force%2F2026-10", "commit"):
        assert caller.get(f"{MONTHS}/{other}").status == 404


def test_a_search_answers_with_leaves_and_is_on_record(force, auditing):
    before = len(leaves(force, "question.asked"))

    heard = auditing.ask({**SEARCH, "text": "rudyard"})

    said = heard.json()
    assert heard.status == 201, heard.text
    assert [row["text"] for row in said["rows"]] == ["The bridge at Rudyard is open."]
    assert all(re.fullmatch("[0-9a-f]{64}", row["leaf_hash"]) for row in said["rows"])
    assert said["months"] == [{"month": "2026-10", "bag": bag_of(OCTOBER)}]
    *_, leaf = leaves(force, "question.asked")
    assert len(leaves(force, "question.asked")) == before + 1
    assert (leaf["actor"], leaf["subject"]) == (
        AUDITOR.person_id,
        f"question:{said['question_id']}",
    )
    kept = Payloads(force.stack.tables)
    payload = json.loads(kept.get(LeafId(leaf["id"])).payload)
    assert (payload["sha256"], payload["total"]) == (said["sha256"], 1)
    assert payload["read"] == said["months"]
    assert "rudyard" not in json.dumps(payload)
    assert kept.personal(LeafId(leaf["id"])) == {"text": "rudyard"}


def test_reading_an_answer_again_gives_the_same_and_puts_nothing_on_record(force, auditing):
    first = auditing.ask(SEARCH).json()
    count = len(leaves(force, "question.asked"))

    again = auditing.read(first["question_id"]).json()

    assert again == first
    assert len(leaves(force, "question.asked")) == count


def test_pages_lead_to_one_another_and_the_lines_hash_to_what_is_on_record(auditing):
    rows, cursor = [], ""
    while True:
        page = auditing.read(auditing.asked, f"&limit=1{cursor}").json()
        rows += page["rows"]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"

    whole = auditing.read(auditing.asked, "&format=jsonl")

    assert [json.loads(line) for line in whole.text.splitlines()] == rows
    assert sha256(whole.text.encode()).hexdigest() == page["sha256"]
    assert (len(rows), whole.headers["content-type"]) == (2, "application/jsonl")


def test_a_table_has_the_same_rows_and_no_cell_is_run(force, auditing):
    caller = force.caller(AUDITOR.person_id)

    path = f"{RECORDS}?question={auditing.asked}"
    heard = caller._call("GET", path, None, {"Accept": "text/csv"})

    head, *rows = csv.reader(io.StringIO(heard.text.removeprefix("\ufeff")))
    assert heard.headers["content-type"].startswith("text/csv")
    assert [row[head.index("text")] for row in rows][1] == "'=The bridge is closed."


def test_an_answer_that_would_be_another_now_is_not_shown(auditing):
    heard = auditing.read(auditing.spoilt)

    assert heard.status == 409
    assert "Ask the question again" in heard.text


def test_a_fixed_question_is_asked_by_its_name_and_they_are_listed(force, auditing):
    listed = force.caller(AUDITOR.person_id).get("/v1/audit/questions").json()["questions"]
    names = {each["question"] for each in listed}

    heard = auditing.ask({"from": "2026-10", "to": "2026-10", "question": "own_approvals"})

    assert "own_approvals" in names
    assert all(each["asks"].endswith("?") and each["source"] for each in listed)
    assert (heard.status, heard.json()["total"]) == (201, 0)


@pytest.mark.parametrize("who", [COMMS, OFFICER], ids=lambda who: who.person_id)
def test_whoever_is_asked_about_does_not_ask_and_nothing_is_on_record(force, auditing, who):
    before = len(leaves(force, "question.asked"))

    assert auditing.ask(SEARCH, who).status == 403
    assert auditing.read(auditing.asked, who=who).status == 403
    assert force.caller(who.person_id).get("/audit").status == 403
    assert len(leaves(force, "question.asked")) == before


FIELDS = ("from", "account", "author", "text", "phrase", "regex", "as_of", "kind", "question")


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("field", FIELDS)
def test_whatever_is_typed_is_a_value_or_a_sentence(auditing, field, typed):
    heard = auditing.ask({**SEARCH, field: typed})

    assert heard.status in {201, 422}, heard.text
    if heard.status == 422:
        assert heard.json()["errors"][0]["detail"].endswith(".")
    else:
        assert {row["account_id"] for row in heard.json()["rows"]} <= {ACCOUNT}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"from": "2016-10"}, "to"),
        ({"from": "2026-08", "to": "2026-09"}, "from"),
        ({"month": "2026-10"}, "month"),
        ({"bucket": "other-force-archive-index"}, "bucket"),
        ({"since": "2020-01-01"}, "since"),
        ({"regex": "(" * 200}, "regex"),
        ({"regex": "a{1000}{1000}"}, "regex"),
        ({"regex": "x" * 201}, "regex"),
        ({"text": "x" * 501}, "text"),
        ({"text": {"sql": "1"}}, "text"),
    ],
)
def test_what_cannot_be_asked_is_said_with_its_field(auditing, said, field):
    heard = auditing.ask({**SEARCH, **said})

    assert heard.status == 422, heard.text
    assert heard.json()["errors"][0]["field"] == field


def test_a_month_that_is_not_copied_yet_is_not_asked(force, auditing):
    auditing.s3.delete_object(Bucket=auditing.bucket, Key="copied/2026-10.json")
    try:
        heard = auditing.ask(SEARCH)
        [month] = force.caller(AUDITOR.person_id).get(MONTHS).json()["months"]
        page = force.caller(AUDITOR.person_id).get("/audit").text
    finally:
        auditing.lay("The bridge at Rudyard is open.", "=The bridge is closed.")

    assert heard.status == 503
    assert "not copied for questions yet" in heard.text
    assert month["copied"] is False
    assert "Not copied yet" in page


@pytest.mark.parametrize("question", ["", NOWHERE, "x" * 101, "..%2F..%2Fmonths", "%F0%9F%91%AE"])
def test_there_is_no_answer_to_what_nobody_asked(auditing, question):
    assert auditing.read(question).status in {404, 422}


def fill(caller, **fields):
    main = caller.get("/audit").text.partition("<main")[2]
    csrf = re.search(r'name="csrf" value="([^"]+)"', main)[1]
    return caller.post_form("/audit", {"csrf": html.unescape(csrf), **fields})


def test_the_pages_ask_and_show_the_answer_with_every_leaf(force, auditing):
    caller = force.caller(AUDITOR.person_id)
    months = {"from": "2026-10", "to": "2026-10"}

    shown = caller.get("/audit").text
    sent = fill(caller, act="search", text="bridge", account=ACCOUNT, **months)

    assert bag_of(OCTOBER) in shown
    assert sent.status == 303, sent.text
    page = caller.get(sent.headers["location"]).text
    assert page.count("Leaf ") >= 2
    assert "The bridge at Rudyard is open." in page
    assert "format=csv" in page
    assert 'href="/audit"' in shown.partition("</nav>")[0]
    assert 'href="/audit"' not in force.comms.get("/posts").text


def test_a_form_that_is_wrong_comes_back_with_what_was_typed(force, auditing):
    caller = force.caller(AUDITOR.person_id)
    months = {"from": "2026-10", "to": "2026-10"}

    wrong = fill(caller, act="search", regex="(<b>", account=ACCOUNT, **months)
    unchosen = fill(caller, act="fixed", **months)
    asked = fill(caller, act="fixed", question="own_approvals", **months)

    assert wrong.status == unchosen.status == 422
    assert "(&lt;b&gt;" in wrong.text
    assert "Choose a question." in unchosen.text
    assert asked.status == 303


def test_a_form_from_elsewhere_asks_nothing(force, auditing):
    before = len(leaves(force, "question.asked"))
    caller = force.caller(AUDITOR.person_id)

    assert caller.post_form("/audit", {"csrf": "", "act": "search", **SEARCH}).status == 403
    assert len(leaves(force, "question.asked")) == before


def test_a_missing_month_is_marked_on_the_page(force, auditing):
    page = force.caller(AUDITOR.person_id).get("/audit").text
    missing = force.caller(AUDITOR.person_id).get(MONTHS).json()["missing"]

    for each in missing:
        assert each["month"] in page
    assert Month(2026, 9) not in {each["month"] for each in missing}
