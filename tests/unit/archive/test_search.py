"""A search finds what whoever reads everything would find, and nothing that is typed is SQL."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.questions.answer import answer, asked_search
from archive.questions.bound_regex import work_of
from archive.questions.errors import BadSearchError, TooLongError, TooMuchError
from archive.questions.index import Index
from archive.questions.search import Search
from archive.questions.search_fields import READERS
from tests.unit.archive.copying import HASH, MORNING, POST, Told, a_post, everything
from tests.unit.archive.searched import ACCOUNTS, ENDINGS, PEOPLE, WORDS, a_force, fits

BEGIN, END = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
OCTOBER = (BEGIN, END)


@pytest.fixture(scope="module")
def force(tmp_path_factory):
    told, versions = a_force()
    with told.copied(tmp_path_factory.mktemp("force")) as index:
        yield index, versions


@pytest.fixture(scope="module")
def told_of_all(tmp_path_factory):
    told = Told()
    everything(told)
    with told.copied(tmp_path_factory.mktemp("all")) as index:
        yield index


def found(index, said, limit=1_000):
    asked = asked_search(Search.read(said, span=OCTOBER), index)
    return answer(index, asked, limit=limit)


def leaves(answered):
    return [row["leaf_index"] for row in answered.rows]


class TestWhatIsFound:
    def test_is_a_version_with_its_words_its_author_and_its_leaf(self, told_of_all):
        said = {"account": "riverside", "author": "p-officer"}
        first, second, *_ = found(told_of_all, said).rows

        assert (first["post_id"], first["version"], first["text"]) == (POST, 1, "The road is open.")
        assert (first["written_by"], first["content_hash"]) == ("p-officer", HASH)
        assert first["written_at"] == "2026-10-05T09:00:00.000Z"
        assert (first["month"], len(first["leaf_hash"])) == ("2026-10", 64)
        assert second["leaf_index"] > first["leaf_index"]

    def test_by_kind_are_leaves(self, told_of_all):
        answered = found(told_of_all, {"kind": "takedown.", "author": "p-officer"})

        assert {row["type"] for row in answered.rows} == {
            f"takedown.{step}" for step in ("asked", "evidence_kept", "done", "proved", "told")
        }
        assert {row["subject"] for row in answered.rows} == {"takedown:01T"}

    def test_by_post_is_its_whole_life_and_nothing_else(self, told_of_all):
        answered = found(told_of_all, {"post": POST})
        every = told_of_all.ask("SELECT leaf_index, post_id FROM acts ORDER BY leaf_index").rows

        assert leaves(answered) == [index for index, post_id in every if post_id == POST]
        assert {"post.submitted", "approval.approved", "post.released", "post.concluded"} <= {
            row["type"] for row in answered.rows
        }
        assert {row["post_id"] for row in answered.rows} == {POST}

    def test_by_post_and_kind_are_those_leaves_of_its_life(self, told_of_all):
        answered = found(told_of_all, {"post": POST, "kind": "approval."})

        assert {row["type"].partition(".")[0] for row in answered.rows} == {"approval"}

    @pytest.mark.parametrize(
        ("said", "whether"),
        [
            ({"text": "ty MAWR"}, True),
            ({"text": "mawr tŷ"}, True),
            ({"text": "ma"}, True),
            ({"text": "tŷ newydd"}, False),
            ({"phrase": "ty mawr is"}, True),
            ({"phrase": "TŶ  MAWR\tis"}, True),
            ({"phrase": "mawr ty"}, False),
            ({"regex": "^tŷ.m.wr\\sis"}, True),
            ({"regex": "^ty"}, False),
            ({"regex": "(?-i)TŶ"}, False),
            ({"text": "🚧"}, True),
            ({"text": "🚒"}, False),
            ({"text": "%"}, False),
            ({"text": "_"}, False),
        ],
    )
    def test_by_words(self, said, whether, tmp_path):
        told = Told()
        a_post(told, text="Tŷ\u00a0Mawr\nis open 🚧")

        with told.copied(tmp_path) as index:
            assert bool(found(index, said).rows) is whether

    def test_by_words_are_those_of_a_thread_and_of_a_platform_as_well(self, tmp_path):
        told = Told()
        a_post(told, text="One", thread=["Two"], variants={"x": "Three"})

        with told.copied(tmp_path) as index:
            assert [found(index, {"text": word}).total for word in ("two", "three", "four")] == [
                *(1, 1, 0)
            ]

    def test_ends_before_until_and_begins_with_since(self, tmp_path):
        told = Told()
        a_post(told)

        with told.copied(tmp_path) as index:
            at, after = "2026-10-05T09:00Z", "2026-10-05T09:00:00.001Z"
            assert found(index, {"since": at, "text": "road"}).total == 1
            assert found(index, {"since": after, "text": "road"}).total == 0
            assert found(index, {"until": at, "text": "road"}).total == 0
            assert found(index, {"until": after, "text": "road"}).total == 1

    def test_by_approver_is_what_they_agreed_to_and_not_what_they_sent_back(self, tmp_path):
        told = Told()
        for version, kind in ((1, "approval.returned"), (2, "approval.approved")):
            a_post(told, version=version)
            told.act(kind, f"post:{POST}@v{version}", 9, actor="a-reid", approver="a-reid")

        with told.copied(tmp_path) as index:
            assert [row["version"] for row in found(index, {"approver": "a-reid"}).rows] == [2]


class TestAsOf:
    def test_a_size_or_a_moment_nothing_later_is_known(self, tmp_path):
        told = Told()
        a_post(told)
        told.act("approval.asked", f"post:{POST}@v1", 30)
        told.act("approval.returned", f"post:{POST}@v1", 60)

        with told.copied(tmp_path) as index:
            for as_of, state in (
                *(("1", "submitted"), ("2", "awaiting_approval"), ("3", "returned")),
                ("2026-10-05T09:00:29.999Z", "submitted"),
                ("2026-10-05T09:00:30Z", "awaiting_approval"),
                ("2026-10-06", "returned"),
            ):
                [row] = found(index, {"as_of": as_of, "text": "road"}).rows
                assert row["state"] == state, as_of
            assert found(index, {"as_of": "0", "text": "road"}).total == 0
            assert found(index, {"as_of": "2026-10-04", "text": "road"}).total == 0

    def test_is_never_beyond_the_months_that_are_read(self, told_of_all):
        search = Search.read({"as_of": "900", "text": "road"}, span=OCTOBER)

        assert asked_search(search, told_of_all, size=3).size == 3
        assert asked_search(search, told_of_all, size=1_000).size == 900


WORD = st.sampled_from(WORDS) | st.sampled_from(WORDS).map(lambda word: word[:2])
FIELDS = {
    "account": st.sampled_from(ACCOUNTS),
    "author": st.sampled_from(PEOPLE),
    "approver": st.sampled_from(PEOPLE),
    "state": st.sampled_from(tuple(ENDINGS)),
    "platform": st.sampled_from(("x", "mastodon", "bluesky")),
    "rule": st.sampled_from(("rumour", "offender_name")),
    "text": st.lists(WORD, min_size=1, max_size=2).map(" ".join),
    "phrase": st.lists(WORD, min_size=1, max_size=2).map(" ".join),
    "regex": st.sampled_from((r"\broad\b", "^road", r"\bclosed\b", "[ŵŷ]", "a.b", "(ty|siân)")),
    "since": st.integers(0, 20).map(lambda days: (MORNING + timedelta(days)).isoformat()),
    "until": st.integers(21, 25).map(lambda days: (BEGIN + timedelta(days)).isoformat()),
    "as_of": st.integers(0, 150).map(str),
}
SEARCHES = st.sets(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=4).flatmap(
    lambda names: st.fixed_dictionaries({name: FIELDS[name] for name in names})
)


@pytest.mark.thorough
@given(said=SEARCHES)
@settings(max_examples=50, deadline=None)
def test_a_search_finds_what_whoever_reads_everything_finds(force, said):
    index, versions = force
    try:
        search = Search.read(said, span=OCTOBER)
    except BadSearchError:
        return
    asked = asked_search(search, index)

    answered = answer(index, asked, limit=1_000)

    # What an older size does not know is tested by itself: here only which versions were there.
    if search.as_of is None:
        assert leaves(answered) == [each.leaf for each in versions if fits(each, search)]
    else:
        assert set(leaves(answered)) <= {each.leaf for each in versions if each.leaf < asked.size}
    assert answered.total == len(answered.rows)


@pytest.mark.thorough
@given(said=SEARCHES, limit=st.integers(7, 40))
@settings(max_examples=12, deadline=None)
def test_pages_joined_are_the_whole_with_the_same_hash_on_each(force, said, limit):
    index, _ = force
    try:
        asked = asked_search(Search.read(said, span=OCTOBER), index)
    except BadSearchError:
        return
    whole = answer(index, asked, limit=1_000)

    joined, after = [], None
    while True:
        page = answer(index, asked, after, limit)
        assert (page.sha256, page.total) == (whole.sha256, whole.total)
        joined += page.rows
        after = page.next
        if after is None:
            break

    assert joined == list(whole.rows)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("field", "typed", "says"),
        [
            ("account", "../north", "no name of the registry"),
            ("account", "s3://north/post", "no name of the registry"),
            ("account", "Riverside", "no name of the registry"),
            ("author", "p'; DROP VIEW posts; --", "no name of the registry"),
            ("approver", "$account", "no name of the registry"),
            ("platform", "x\" || '", "no name of the registry"),
            ("rule", "rumour OR 1=1", "no name of the registry"),
            ("kind", "post.%", "no name of the registry"),
            ("post", "01' OR '1'='1", "no id of a post"),
            ("post", "../" + "0" * 23, "no id of a post"),
            ("post", "0" * 27, "no id of a post"),
            ("kind", "a" * 65, "no name of the registry"),
            ("state", "publishd", "Choose of: submitted, awaiting_approval"),
            ("since", "yesterday", "is no moment"),
            ("since", "2026-10-01T09:00", "is no moment"),
            ("until", "2026-13-01", "is no moment"),
            ("since", "0001-01-01T00:00:00+14:00", "is no moment"),
            ("as_of", "-1", "is no moment"),
            ("as_of", "9" * 16, "is no moment"),
            ("text", "a " * 7 + "b c d e f g h i j k l m", "12 words at most"),
            ("text", "a" * 501, "500 characters"),
            ("text", "\u0301", "Accents alone"),
            ("text", "\ud800", "is broken"),
            ("phrase", "a" * 501, "500 characters"),
            ("phrase", "\u0301 \u0301", "Accents alone"),
            ("regex", "a" * 201, "200 characters"),
            ("month", "../2026-10", "There are: account, approver"),
            ("sql", "SELECT 1", "no field “sql”"),
        ],
    )
    def test_says_which_field_and_what_to_do(self, field, typed, says):
        with pytest.raises(BadSearchError, match=says) as refused:
            Search.read({field: typed}, span=OCTOBER)

        assert refused.value.field == field
        assert str(refused.value).endswith(".")

    @pytest.mark.parametrize("pattern", ["(a", "*", "a{1001}", "(?=a)", r"\1", "[z-a]", "(?<=a)b"])
    def test_no_regular_expression_that_could_take_for_ever_or_means_nothing(
        self, told_of_all, pattern
    ):
        with pytest.raises(BadSearchError, match="no regular expression of RE2") as refused:
            found(told_of_all, {"regex": pattern})

        assert refused.value.field == "regex"

    @pytest.mark.parametrize(
        ("pattern", "work"),
        [
            ("road", 4),
            ("a{3}", 3),
            ("a{3,}b", 4),
            ("a{2,5}", 5),
            ("(ab){4}c", 9),
            ("((a{3}){4}b){5}", 65),
            (r"\d{4}-\d\d", 13),
            ("[a-z{}]{3}", 30),
            (r"[]\]x]{2}", 20),
            (r"\pL?\p{Greek}", 301),
            (r"\({2}", 4),
            (".{0,50}", 250),
            ("a{0}", 1),
            ("a)b", 2),
        ],
    )
    def test_the_work_of_a_regular_expression_is_what_it_unfolds_to(self, pattern, work):
        assert work_of(pattern) == work

    @pytest.mark.parametrize(
        "pattern",
        [r"(\pL?){14}", "(.{0,100}){5}", "(?:.{0,1000}){1}" * 2, "((a{10}){10}){21}", "[^a]{201}"],
    )
    def test_a_regular_expression_that_unfolds_too_far(self, pattern):
        with pytest.raises(BadSearchError, match="would take too long") as refused:
            Search.read({"regex": pattern}, span=OCTOBER)

        assert refused.value.field == "regex"

    @pytest.mark.parametrize(
        "pattern", ["road.{0,50}closed.{0,50}diversion", r"\b\d{11}\b", "(q|z){1,20}", "(q+)+$"]
    )
    def test_but_not_one_that_people_write(self, told_of_all, pattern):
        assert found(told_of_all, {"regex": pattern}).total == 0

    def test_a_range_wider_than_two_years_or_than_is_set(self):
        wide = {"text": "road", "since": "2024-10-01", "until": "2026-11-01"}

        with pytest.raises(BadSearchError, match="24 months at most"):
            Search.read(wide)
        with pytest.raises(BadSearchError, match="1 months at most"):
            Search.read({**wide, "since": "2026-09-01"}, most_months=1)

        assert Search.read({**wide, "since": "2024-11-01"}).since
        assert Search.read(wide, most_months=26).since

    def test_months_at_hand_that_are_too_many_where_no_dates_are_said(self):
        ten_years = (datetime(2016, 10, 1, tzinfo=UTC), END)

        with pytest.raises(BadSearchError, match="24 months at most"):
            Search.read({"text": "road"}, span=ten_years)

        assert Search.read({"text": "road", "since": "2026-01-01"}, span=ten_years).until is None

    @pytest.mark.parametrize("missing", ["since", "until"])
    def test_no_dates_where_nobody_knows_the_months(self, missing):
        said = {"text": "road", "since": "2026-10-01", "until": "2026-11-01"}
        del said[missing]

        with pytest.raises(BadSearchError, match="from when until when") as refused:
            Search.read(said)

        assert refused.value.field == missing

    def test_an_end_before_its_beginning(self):
        with pytest.raises(BadSearchError, match="later than the beginning"):
            Search.read({"text": "a", "since": "2026-10-02", "until": "2026-10-02"})

    def test_nothing_but_dates_that_are_wider_than_a_month(self):
        dates = {"since": "2026-10-01", "until": "2026-11-02", "text": " ", "as_of": "7"}

        with pytest.raises(BadSearchError, match="Nothing but a time"):
            Search.read(dates)

        assert Search.read({**dates, "until": "2026-11-01"}).is_bare
        assert not Search.read({**dates, "platform": "x"}).is_bare

    @pytest.mark.parametrize("field", ["state", "rule"])
    def test_a_kind_of_leaf_with_what_only_versions_have(self, field):
        with pytest.raises(BadSearchError, match="Leave out the kind") as refused:
            Search.read({"kind": "post.", field: "held"}, span=OCTOBER)

        assert refused.value.field == field


HOSTILE = (
    "'; DROP VIEW versions; --",
    "' OR '1'='1",
    "road') OR 1=1 --",
    "$account",
    "read_text('/etc/passwd')",
    "../../north/post/month=2026-10/part-0.parquet",
    "s3://another-force/post/",
    "COPY versions TO 'out.csv'",
    "\x00",
    "%' --",
    "_" * 40,
    "{size}",
    "{}",
    "a\nUNION SELECT * FROM leaves",
)


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("field", sorted(READERS))
def test_whatever_is_typed_is_looked_for_and_never_run(told_of_all, field, typed):
    with suppress(BadSearchError):
        assert typed not in Search.read({field: typed}, span=OCTOBER).sql
        assert found(told_of_all, {field: typed}).total in (0, 1, 2, 3)

    assert found(told_of_all, {"text": "road"}).total > 0


@pytest.mark.thorough
@given(field=st.sampled_from(sorted(READERS)), typed=st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_gets_an_answer_or_a_sentence(told_of_all, field, typed):
    with suppress(BadSearchError):
        found(told_of_all, {"text": "road", field: typed})


def test_a_search_is_spelt_so_that_it_can_be_read_again():
    said = {
        "account": "leek",
        "author": "pc-okafor",
        "approver": "a-reid",
        "since": "2026-10-01",
        "until": "2026-10-31T12:00:00+01:00",
        "platform": "x",
        "state": "held",
        "rule": "rumour",
        "text": "tŷ  road tŷ",
        "phrase": "a  b",
        "regex": "a|b",
        "as_of": "7",
    }
    search = Search.read(said)

    spelt = search.as_json()

    assert spelt["until"] == "2026-10-31T11:00:00.000Z"
    assert (spelt["text"], spelt["phrase"]) == ("tŷ road", "a b")
    assert Search.read({name: str(each) for name, each in spelt.items()}) == search


def test_months_in_which_nothing_happened_have_no_answer(tmp_path):
    with Index(tmp_path) as index:
        assert found(index, {"text": "road"}).total == 0
        assert found(index, {"kind": "post.", "as_of": "2026-10-05"}).total == 0


def test_what_takes_too_long_or_needs_too_much_is_stopped_with_a_sentence(tmp_path):
    told = Told()
    a_post(told)
    with told.copied(tmp_path) as index:
        long = "SELECT count(*) FROM range(100000000) a, range(100000) b"
        with pytest.raises(TooLongError, match="fewer months"), index.asking(long, seconds=0.05):
            pass
        much = "SELECT list(i) FROM range(500000000) t(i)"
        with pytest.raises(TooMuchError, match="fewer months"):
            index.ask(much)
        assert index.ask("SELECT 1").rows == ((1,),)
