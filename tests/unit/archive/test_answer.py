"""An answer: pages that join, and one hash that anybody can work out from the rows."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType

import pytest

from archive.questions import answer as deed
from archive.questions.answer import Asked, answer, asked_fixed, asked_search, size_at
from archive.questions.errors import BadSearchError, TooLongError, TooManyRowsError
from archive.questions.index import Index
from archive.questions.pack import Fixed
from archive.questions.search import Search
from shared.recordlog.canonical import canonical_json
from tests.unit.archive.copying import MORNING, Told, everything

BEGIN, END = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    told, folder = Told(), tmp_path_factory.mktemp("copy")
    everything(told)
    told.copied(folder)
    return folder


@pytest.fixture(scope="module")
def index(folder):
    with Index(folder) as index:
        yield index


def asked(sql, given=None, size=deed.EVERYTHING):
    return Asked("search", sql, given or {}, size, {})


def a_fixed(sql, **defaults):
    return Fixed("quick", "Who was quick?", "P5", sql, MappingProxyType(defaults))


ALL = 'SELECT leaf_index, leaf_hash, month, type, "at", version FROM acts'


def test_its_hash_is_over_the_rows_as_lines_of_canonical_json(index):
    found = answer(index, asked(ALL), limit=1_000)

    lines = b"".join(canonical_json(row) + b"\n" for row in found.rows)
    assert found.sha256 == sha256(lines).hexdigest()
    assert found.total == len(found.rows) > 20
    assert [row["leaf_index"] for row in found.rows] == list(range(found.total))
    assert found.rows[0]["at"] == "2026-10-05T09:00:00.000Z"


def test_as_json_it_can_be_read_by_a_program_that_finds_the_same_hash(index):
    search = Search.read({"text": "road"}, span=(BEGIN, END))
    told = json.loads(canonical_json(answer(index, asked_search(search, index, 30)).as_json()))

    lines = "".join(
        json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"
        for row in told["rows"]
    )
    assert sha256(lines.encode()).hexdigest() == told["sha256"]
    assert told["asked"] == {"as_of": 30, "given": {"text": "road"}, "question": "search"}
    assert sorted(told) == ["asked", "columns", "next", "rows", "sha256", "total"]
    assert set(told["columns"]) == set(told["rows"][0])


def test_the_same_question_has_the_same_hash_in_another_engine(folder, index):
    with Index(folder, threads=3, memory_mb=100) as another:
        for question in (ALL, f"{ALL} ORDER BY type DESC", f"{ALL} ORDER BY leaf_hash -- why"):
            assert answer(another, asked(question)).sha256 == answer(index, asked(ALL)).sha256


def test_another_question_another_size_or_another_row_has_another_hash(index):
    hashes = {
        answer(index, asked(ALL)).sha256,
        answer(index, asked(ALL, size=5)).sha256,
        answer(index, asked(f"{ALL} WHERE leaf_index <> 3")).sha256,
        answer(index, asked(ALL.replace(", version", ""))).sha256,
    }

    assert len(hashes) == 4


def test_a_page_begins_behind_its_leaf_and_says_where_the_next_one_does(index):
    first = answer(index, asked(ALL, size=5), limit=2)
    second = answer(index, asked(ALL, size=5), first.next, 2)
    third = answer(index, asked(ALL, size=5), second.next, 2)

    assert [[row["leaf_index"] for row in each.rows] for each in (first, second, third)] == [
        *([0, 1], [2, 3], [4])
    ]
    assert (first.next, second.next, third.next) == (1, 3, None)
    assert first.sha256 == second.sha256 == third.sha256
    assert {each.total for each in (first, second, third)} == {5}


def test_a_page_behind_the_last_leaf_is_empty_and_still_knows_the_whole(index):
    found = answer(index, asked(ALL, size=5), after=4)

    assert (found.rows, found.total, found.next) == ((), 5, None)
    assert "leaf_index" in found.columns


def test_rows_of_one_leaf_stay_on_one_page_in_an_order_of_their_own(index):
    several = "SELECT a.leaf_index, n FROM acts a CROSS JOIN (VALUES (3), (1), (2)) t(n)"

    page = answer(index, asked(several, size=2), limit=2)
    rest = answer(index, asked(several, size=2), page.next, 2)

    assert [(row["leaf_index"], row["n"]) for row in page.rows] == [(0, 1), (0, 2), (0, 3)]
    assert (page.next, rest.next, page.total) == (0, None, 6)


@pytest.mark.parametrize(("limit", "rows"), [(0, 1), (-5, 1), (3, 3), (10**9, 4)])
def test_a_page_has_a_row_at_least_and_no_more_than_a_page_holds(index, monkeypatch, limit, rows):
    monkeypatch.setattr(deed, "MOST_ON_A_PAGE", 4)

    assert len(answer(index, asked(ALL), limit=limit).rows) == rows


def test_more_rows_than_anybody_reads_are_refused(index, monkeypatch):
    monkeypatch.setattr(deed, "MOST_ROWS", 5)

    assert answer(index, asked(ALL, size=5)).total == 5
    with pytest.raises(TooManyRowsError, match="more than 5 rows") as refused:
        answer(index, asked(ALL, size=6))
    assert refused.value.most == 5


def test_an_answer_that_takes_too_long_is_given_up(index):
    long = "SELECT i AS leaf_index FROM range(3000000000) t(i) WHERE hash(i) = 1"

    with pytest.raises(TooLongError, match=r"0\.05 seconds"):
        answer(index, asked(long), seconds=0.05)


def test_values_of_every_type_are_spelt_alike(index):
    spelt = """SELECT 0 AS leaf_index, NULL AS a, true AS b, CAST(7 AS HUGEINT) AS c, 0.5 AS d,
      DATE '2026-10-05' AS e, ['x', 'ŵ'] AS f, TIMESTAMP '2026-10-05 09:00:00.25' AS g"""

    [row] = answer(index, asked(spelt)).rows

    assert row == {
        "leaf_index": 0,
        "a": None,
        "b": True,
        "c": 7,
        "d": "0.5",
        "e": "2026-10-05",
        "f": ["x", "ŵ"],
        "g": "2026-10-05T09:00:00.250Z",
    }


class TestTheSizeAtAMoment:
    def test_is_behind_the_highest_leaf_that_happened_by_then(self, tmp_path):
        told = Told()
        for after in (0, 20, 10, 30):  # an act may enter the log before one that was earlier
            told.act("post.held", after=after)

        with told.copied(tmp_path) as index:
            assert [
                size_at(index, MORNING.replace(second=second)) for second in (0, 9, 10, 20, 29, 30)
            ] == [1, 1, 3, 3, 3, 4]
            assert size_at(index, BEGIN) == 0


class TestAFixedQuestion:
    SQL = 'SELECT leaf_index FROM acts WHERE "at" >= $since AND "at" < $until AND version > $over'

    def test_is_given_its_period_and_what_it_takes_otherwise(self, index):
        usual = asked_fixed(a_fixed(self.SQL, over=1), BEGIN, END)
        typed = asked_fixed(a_fixed(self.SQL, over=1), BEGIN, END, {"over": "0"}, 12)

        assert 0 < answer(index, usual).total < answer(index, asked_fixed(
            a_fixed(self.SQL, over=1), BEGIN, END, {"over": "0"})).total  # fmt: skip
        assert answer(index, asked_fixed(a_fixed(self.SQL, over=1), END, END)).total == 0
        assert typed.as_json() == {
            "as_of": 12,
            "given": {
                "over": 0,
                "since": "2026-10-01T00:00:00.000Z",
                "until": "2026-11-01T00:00:00.000Z",
            },
            "question": "quick",
        }

    def test_that_does_not_name_its_period_is_asked_without(self, index):
        assert answer(index, asked_fixed(a_fixed("SELECT * FROM acts"), BEGIN, END)).total > 20

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"over": "many"}, "as a whole number, such as 1"),
            ({"over": "-1"}, "as a whole number"),
            ({"over": "1" * 11}, "as a whole number"),
            ({"over": "1; DROP VIEW acts"}, "as a whole number"),
            ({"since": "2026-10-01"}, "is given no such value"),
            ({"under": "1"}, "is given no such value"),
        ],
    )
    def test_refuses_what_it_does_not_take(self, given, says):
        with pytest.raises(BadSearchError, match=says) as refused:
            asked_fixed(a_fixed(self.SQL, over=1), BEGIN, END, given)

        assert refused.value.field in given
