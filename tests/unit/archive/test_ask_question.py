"""A question is answered from exactly the months it may read, put on record, and answered again."""

import json
from dataclasses import replace

import pytest

from archive.auditing.ask_question import (
    Part,
    ask_question,
    files_of,
    months_of,
    read_answer,
)
from archive.auditing.errors import (
    NotCopiedError,
    NothingLeftError,
    NothingSealedError,
    OtherAnswerError,
    OutOfTimeError,
    TooMuchToReadError,
)
from archive.auditing.wish import wish_in
from archive.questions.errors import BadSearchError
from shared.months.month import Month
from shared.months.question import question_act
from tests.unit.archive.auditing_made import (
    AUDITOR,
    NOVEMBER,
    NOW,
    OCTOBER,
    World,
    seconds_to,
)
from tests.unit.archive.copying import ACCOUNT, POST, a_post, published

BOTH = {"from": "2026-10", "to": "2026-11", "account": ACCOUNT}
ONE = {"from": "2026-11", "to": "2026-11", "account": ACCOUNT}


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """Something happened in September, October and November."""
    world = World(tmp_path_factory.mktemp("sealed"))
    told = world.told
    told.act("person.entered", "person:p-1", seconds_to(5, 9), role="officer", account=None)
    told.act("post.noted", after=seconds_to(6, 9))
    a_post(told, seconds_to(6), text="The road is open.")
    published(told, seconds_to(6) + 60)
    a_post(told, seconds_to(7), version=2, text="The bridge is closed.")
    a_post(told, seconds_to(3, 11), version=3, text="The bridge is open.")
    return world.seal()


@pytest.fixture
def world(sealed, tmp_path):
    """The same, to be spoilt."""
    return sealed.again(tmp_path)


def asked(world, said, desk=None):
    return ask_question(wish_in(said), by=AUDITOR, desk=desk or world.desk(), now=NOW)


def test_a_search_finds_what_was_written_in_its_months_and_nothing_else(world):
    _, both = asked(world, BOTH)
    _, one = asked(world, ONE)

    assert [row["text"] for row in both.rows] == [
        "The road is open.",
        "The bridge is closed.",
        "The bridge is open.",
    ]
    assert [row["text"] for row in one.rows] == ["The bridge is open."]


def test_on_record_stands_all_that_asking_again_needs(world):
    question, found = asked(world, {**BOTH, "text": "bridge"})

    assert world.kept.asked == {question.question_id: question}
    assert [str(month) for month, _ in question.read] == ["2026-09", "2026-10", "2026-11"]
    assert question.read == tuple((each.month, each.bag) for each in world.sealed)
    assert (question.size, question.total) == (world.sealed[-1].end.size, 2)
    assert question.sha256 == found.sha256
    assert (question.asked_by, question.asked_at) == (AUDITOR.person_id, NOW)


def test_words_that_were_looked_for_stand_nowhere_in_the_open(world):
    words = {"text": "Ezra", "phrase": "ezra marsh", "regex": "ezr."}

    question, _ = asked(world, {**BOTH, **words})
    act = question_act(question)

    assert "zra" not in json.dumps(act.payload).lower()
    assert dict(act.personal) == words
    assert act.payload["asks"]["account"] == ACCOUNT
    assert question.whole.items() >= words.items()


def test_a_question_is_answered_again_with_the_same_bytes_by_another_process(world):
    question, found = asked(world, BOTH)

    again = read_answer(question, Part(), world.desk())

    assert (again.rows, again.sha256, again.total) == (found.rows, found.sha256, found.total)


def test_pages_put_together_are_the_whole_answer(world):
    question, found = asked(world, BOTH)
    desk, after, rows = world.desk(), None, []

    while True:
        part = read_answer(question, Part(after, 1), desk)
        rows += part.rows
        if part.next is None:
            break
        after = part.next

    assert tuple(rows) == found.rows


def test_what_is_sealed_later_changes_no_answer_that_is_on_record(world):
    question, found = asked(world, BOTH)
    lines = [each.replace(b"closed", b"gone") for each in world.told.lines()]
    world.close(Month(2026, 12), lines, world.sealed[-1].end.size)

    assert read_answer(question, Part(), world.desk()).rows == found.rows


def test_another_bag_in_the_place_of_a_month_is_another_answer_and_is_not_shown(world):
    question, _ = asked(world, BOTH)
    world.sealed[1] = replace(world.sealed[1], bag="f" * 64)

    with pytest.raises(OtherAnswerError):
        read_answer(question, Part(), world.desk())


def test_a_copy_that_says_something_else_now_is_another_answer_and_is_not_shown(world):
    question, _ = asked(world, BOTH)
    lines = [line.replace(b"bridge", b"bricks") for line in world.told.lines()]
    sealed = world.sealed[1]
    world.copy(OCTOBER, lines[sealed.start.size : sealed.end.size], sealed.bag)

    with pytest.raises(OtherAnswerError):
        read_answer(question, Part(), world.desk())


def test_what_is_read_is_the_months_the_one_before_and_of_others_what_lasts(world):
    wish = wish_in({**BOTH, "from": "2026-11"})

    files = files_of(wish, months_of(wish, tuple(world.sealed)), world.bucket.read)

    assert [each.path for each in files] == [
        "registry/month=2026-09/part-0.parquet",
        "post/month=2026-10/part-0.parquet",
        "publication/month=2026-10/part-0.parquet",
        "post/month=2026-11/part-0.parquet",
    ]


def test_a_fixed_question_reads_all_there_was_before(world):
    said = {"from": "2026-11", "to": "2026-11", "question": "late_corrections"}
    wish = wish_in(said)

    files = files_of(wish, months_of(wish, tuple(world.sealed)), world.bucket.read)

    assert {each.path for each in files} == {
        path for path in world.bucket.objects if path.endswith(".parquet")
    }


def test_what_began_long_before_is_found_when_it_is_put_right(tmp_path):
    world = World(tmp_path)
    a_post(world.told, seconds_to(6, 7), text="It was red.")
    published(world.told, seconds_to(6, 7) + 60)
    right = {"post_id": POST, "version": 1, "wrong": "It was red.", "complaint": "C/1"}
    a_post(world.told, seconds_to(3, 11), version=2, text="Sorry: blue.", corrects=right)
    published(world.told, seconds_to(3, 11) + 60, version=2)
    world.seal()

    said = {"from": "2026-11", "to": "2026-11", "question": "late_corrections"}
    question, _ = asked(world, said)

    assert question.total == 1


def test_months_that_are_asked_for_and_not_sealed_are_told(world):
    question, _ = asked(world, {**BOTH, "to": "2027-01"})

    assert question.missing == (Month(2026, 12), Month(2027, 1))


def test_where_nothing_is_sealed_that_is_said(world):
    with pytest.raises(NothingSealedError, match="No month from 2027-05 to 2027-06 is sealed"):
        asked(world, {**BOTH, "from": "2027-05", "to": "2027-06"})
    assert world.kept.asked == {}


def test_a_month_that_was_disposed_of_is_left_out_and_told_and_is_not_missing(world):
    desk = replace(world.desk(), disposed=lambda: frozenset({OCTOBER}))

    question, _ = asked(world, BOTH, desk)

    assert (question.disposed, question.missing) == ((OCTOBER,), ())
    assert question_act(question).payload["disposed"] == ["2026-10"]
    assert OCTOBER not in dict(question.read)
    assert NOVEMBER in dict(question.read)
    with pytest.raises(NothingLeftError, match="was disposed of"):
        asked(world, {**BOTH, "to": "2026-10"}, desk)


@pytest.mark.parametrize("spoil", ["no note", "another bag", "older", "no file", "other file"])
def test_a_month_without_a_good_copy_is_not_asked_and_nothing_is_on_record(world, spoil):
    objects, name = world.bucket.objects, "copied/2026-11.json"
    note, path = json.loads(objects[name]), "post/month=2026-11/part-0.parquet"
    changes = {"another bag": {"bag": "0" * 64}, "older": {"edition": 0}}
    objects[name] = json.dumps({**note, **changes.get(spoil, {})}).encode()
    if spoil == "no note":
        del objects[name]
    if spoil == "no file":
        del objects[path]
    if spoil == "other file":
        objects[path] += b"more"

    with pytest.raises(NotCopiedError, match=str(NOVEMBER)):
        asked(world, BOTH)
    assert world.kept.asked == {}


@pytest.mark.parametrize(
    "path",
    ["../../etc/month=2026-11/part-0.parquet", "/elsewhere/x.parquet", "post/part-0.parquet"],
)
def test_a_note_that_names_a_file_elsewhere_is_not_followed(world, path):
    name = "copied/2026-11.json"
    note = json.loads(world.bucket.objects[name])
    note["files"].append({"path": path, "octets": 1})
    world.bucket.objects[name] = json.dumps(note).encode()
    world.bucket.objects[path] = b"1"

    with pytest.raises(NotCopiedError):
        asked(world, BOTH)
    assert path not in world.bucket.fetched


def test_as_of_an_earlier_size_what_came_later_is_not_known(world):
    before = world.sealed[1].end.size

    _, now = asked(world, BOTH)
    question, then = asked(world, {**BOTH, "as_of": str(before)})

    assert (now.total, then.total) == (3, 2)
    assert question.size == before
    assert read_answer(question, Part(), world.desk()).rows == then.rows


def test_as_of_a_moment_a_fixed_question_knows_what_was_known_then(world):
    said = {"from": "2026-10", "to": "2026-11", "question": "own_approvals"}

    question, _ = asked(world, {**said, "as_of": "2026-10-06T09:00:30Z"})

    assert question.size == 3


def test_a_fixed_question_is_on_record_with_what_was_given_to_it(world):
    said = {"from": "2026-10", "to": "2026-11", "question": "quick_approvals", "seconds": "7"}

    question, found = asked(world, said)

    assert question.asks["question"] == "quick_approvals"
    assert question.asks["seconds"] == "7"
    assert found.asked.said["seconds"] == 7


def test_what_was_fetched_once_is_not_fetched_again_but_where_it_changed(world):
    desk = world.desk()
    asked(world, BOTH, desk)
    first = list(world.bucket.fetched)
    asked(world, ONE, desk)

    assert world.bucket.fetched == first


def test_more_than_one_question_may_read_is_refused_before_anything_is_fetched(world):
    with pytest.raises(TooMuchToReadError, match="Ask about fewer months"):
        asked(world, BOTH, world.desk(most=1_000))
    assert world.bucket.fetched == []


def test_what_does_not_fit_beside_it_goes_first(world):
    files = {path: x for path, x in world.bucket.objects.items() if path.endswith("parquet")}
    desk = world.desk(most=sum(map(len, files.values())) - 1)
    asked(world, {**BOTH, "to": "2026-10"}, desk)

    _, found = asked(world, {**BOTH, "from": "2026-11"}, desk)

    assert found.total == 1


def test_fetching_that_takes_too_long_is_stopped_with_a_sentence(world):
    clock = iter(range(0, 10_000, 15))

    with pytest.raises(OutOfTimeError, match="Ask again"):
        asked(world, BOTH, world.desk(stopwatch=lambda: next(clock)))
    assert world.kept.asked == {}


def test_a_hostile_regular_expression_ends_in_a_sentence_or_an_answer(world):
    with pytest.raises(BadSearchError):
        asked(world, {**BOTH, "regex": "(a"})

    _, found = asked(world, {**BOTH, "regex": "(a+)+$"})

    assert found.total == 0
