"""The fixed questions: each finds what must not be, names its leaf, and finds no fault with what is
lawful (`lawful.py`), however nearly it is not (`planted.py`)."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from archive.questions.answer import answer, asked_fixed
from archive.questions.errors import NoSuchQuestionError
from archive.questions.pack import fixed, pack
from archive.questions.views import views
from shared.recordlog.leaf import read_envelope
from shared.recordlog.tree import leaf_hash
from tests.unit.archive.copying import Told, a_post
from tests.unit.archive.lawful import Life, lived_through
from tests.unit.archive.planted import EVERY, plant

EVER = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
BEGINS = ["leaf_index", "leaf_hash", "month", "account_id", "post_id", "at"]
questions = pytest.mark.parametrize("name", list(pack()))


class Asked:
    """A force whose copy is asked."""

    def __init__(self, told, folder):
        self.leaves, self._index = told.leaves, told.copied(folder)
        self._usual = {}

    def __call__(self, name, *period, **said):
        if not period and not said:
            if name not in self._usual:
                self._usual[name] = self._answer(name, *EVER)
            return self._usual[name]
        return self._answer(name, *(period or EVER), **said)

    def _answer(self, name, since, until, *, given=None, **said):
        typed = {each: str(limit) for each, limit in (given or {}).items()}
        asked = asked_fixed(fixed(name), since, until, typed, **said)
        return answer(self._index, asked, limit=1000)


@pytest.fixture(scope="module")
def lawful(tmp_path_factory):
    return Asked(lived_through(), tmp_path_factory.mktemp("lawful"))


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    told = lived_through()
    named = plant(told)
    return Asked(told, tmp_path_factory.mktemp("planted")), named


@questions
class TestAQuestion:
    def test_finds_nothing_in_a_force_that_did_everything_lawfully(self, lawful, name):
        assert lawful(name).rows == ()

    def test_finds_exactly_what_was_planted(self, planted, name):
        ask, named = planted

        assert {row["leaf_index"] for row in ask(name).rows} == named[name]

    def test_says_of_every_row_which_leaf_when_and_about_what(self, planted, name):
        ask, _ = planted

        answered = ask(name)

        assert list(answered.columns[: len(BEGINS)]) == BEGINS
        assert len(answered.columns) > len(BEGINS)
        order = [row["leaf_index"] for row in answered.rows]
        assert order == sorted(order)
        assert len({str(row) for row in answered.rows}) == len(order)
        for row in answered.rows:
            envelope = ask.leaves[row["leaf_index"]].envelope
            assert row["leaf_hash"] == leaf_hash(envelope).hex()
            assert datetime.fromisoformat(row["at"]) == read_envelope(envelope).at
            assert row["month"] == "2026-10"

    def test_asks_about_a_period_whose_end_is_not_part_of_it(self, planted, name):
        ask, named = planted
        row = ask(name).rows[0]
        at = datetime.fromisoformat(row["at"])

        def leaves(since, until):
            return {each["leaf_index"] for each in ask(name, since, until).rows}

        before = leaves(EVER[0], at)
        assert row["leaf_index"] not in before
        assert row["leaf_index"] in leaves(at, at + timedelta(milliseconds=1))
        assert before | leaves(at, EVER[1]) == named[name]

    def test_knows_nothing_of_what_was_logged_later(self, planted, name):
        ask, named = planted
        size = min(named[name])

        assert ask(name, size=size).rows == ()

    def test_asks_the_views_alone_and_uses_all_that_it_is_given(self, name):
        question = fixed(name)
        read = re.findall(r"(?<!DISTINCT )(?:FROM|JOIN) ([a-z]\w*)", question.sql)

        assert set(read) <= set(views())
        assert set(re.findall(r"\$([a-z]+)\b", re.sub(r"'[^']*'", "", question.sql))) == {
            "since",
            "until",
            *question.defaults,
        }
        assert question.asks.endswith("?")
        assert question.source


@pytest.mark.parametrize(
    ("name", "given", "leaves"),
    [
        ("quick_approvals", {"seconds": 4}, 1),
        ("late_corrections", {"hours": 23}, 3),
        ("untrained_authors", {"topics": 0}, 0),
        ("deletions_unreviewed", {"hours": 1}, 6),
    ],
)
def test_a_limit_of_ones_own_takes_the_place_of_the_usual_one(planted, name, given, leaves):
    ask, _ = planted

    assert ask(name, given=given).total == leaves


def test_the_same_question_of_the_same_months_has_the_same_hash(planted, tmp_path):
    ask, _ = planted
    told = lived_through()
    plant(told)

    again = Asked(told, tmp_path)("own_approvals")

    assert again.sha256 == ask("own_approvals").sha256


def test_every_question_has_something_planted_for_it():
    assert [each.__name__ for each in EVERY] == list(pack())


def test_every_kind_of_act_that_a_question_names_has_happened_in_the_lawful_force(lawful):
    happened = {re.search(rb'"type":"([^"]+)"', leaf.envelope)[1] for leaf in lawful.leaves}
    unlawful = {"account.without_cover"}

    for question in pack().values():
        text = re.sub(r"'\$\.[^']*'", "''", question.sql)
        named = set(re.findall(r"'([a-z_]+\.[a-z_]+)'", text)) - unlawful
        assert {each.encode() for each in named} <= happened, question.name


def test_a_question_that_there_is_none_of_is_told_so():
    with pytest.raises(NoSuchQuestionError, match="no fixed question “who_did_it”"):
        fixed("who_did_it")


def test_a_month_that_is_not_at_hand_is_not_held_against_anybody(tmp_path):
    told = Told()
    life = Life(told, 1)
    life.cleared(1)
    life.out(2)
    a_post(told)

    ask = Asked(told, tmp_path)

    found = [name for name in pack() if ask(name).rows and name != "untrained_authors"]
    assert found == []
