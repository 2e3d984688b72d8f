"""The copy of a sealed month: every leaf a row, word for word, and nothing that was not sealed."""

import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.questions import derive
from archive.questions.columns import COLUMNS
from archive.questions.derive import derive_month, write_parquet
from archive.questions.engine import start
from archive.questions.errors import NotDerivedError
from archive.questions.index import Index
from archive.reading.bags import Bags
from archive.reading.sealed_bag import UntrueBagError
from shared.months import bag as layout
from shared.months.lines import entity_of, line_of, read_line
from shared.recordlog.leaf import read_envelope
from tests.unit.archive.closing import NOVEMBER, OCTOBER, a_world, close
from tests.unit.archive.copying import Told, packed

LEAVES = 700


def bag_of(world, month=OCTOBER):
    return Bags(world.desk().shelf).bag(month)


def copied(bag, folder):
    """The files of the copy by their path, each also laid into the folder."""
    files = {}

    def keep(path, data):
        files[path] = data
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)

    scratch = folder / "scratch"
    scratch.mkdir()
    told = derive_month(bag, scratch, keep)
    assert {each.path: each.octets for each in told} == {p: len(d) for p, d in files.items()}
    assert not [path for path in scratch.rglob("*") if path.is_file()], "left lying about"
    return files


@pytest.fixture(scope="module")
def world():
    world = a_world(october=LEAVES)
    close(world, OCTOBER)
    return world


@pytest.fixture(scope="module")
def rows(world, tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy")
    copied(bag_of(world), folder)
    with Index(folder) as index:
        return index.ask("SELECT * FROM acts ORDER BY leaf_index").as_dicts()


def test_every_leaf_is_one_row_and_says_what_its_line_says(world, rows):
    bag = bag_of(world)
    lines = {}
    for file in bag.record_files:
        for raw in bag.lines(file):
            line = read_line(raw)
            lines[line.leaf_index] = (line, file.entity)

    assert [row["leaf_index"] for row in rows] == sorted(lines) == list(range(LEAVES))
    for row in rows:
        line, entity = lines[row["leaf_index"]]
        envelope = read_envelope(line.envelope)
        assert row["payload"].encode() == line.payload
        assert row["leaf_hash"] == line.leaf_hash.hex()
        assert (row["leaf_id"], row["type"]) == (envelope.leaf_id, envelope.type)
        assert (row["account_id"], row["subject"]) == (envelope.account, envelope.subject)
        assert (row["actor"], row["approver"]) == (envelope.actor, envelope.approver)
        assert (row["reason"], row["entity"]) == (envelope.reason, entity)
        assert row["at"] == envelope.at.replace(tzinfo=None)
        assert row["month"] == "2026-10"


def test_its_part_and_offset_lead_to_the_line(world, rows):
    bag = bag_of(world)

    for row in rows[::50]:
        path = layout.records_path(row["entity"], row["part"])
        whole = zlib.decompress(bag.read(path), 31)
        line = whole[row["line_offset"] :].split(b"\n", 1)[0] + b"\n"
        assert read_line(line).leaf_index == row["leaf_index"]


def test_a_file_is_sorted_by_account_and_time_and_has_the_columns_that_are_told(world, tmp_path):
    copied(bag_of(world), tmp_path)
    engine = start(tmp_path)

    for entity in ("post", "publication"):
        [path] = (tmp_path / entity).glob("month=2026-10/*.parquet")
        found = engine.execute("DESCRIBE SELECT * FROM read_parquet($1)", [str(path)]).fetchall()
        order = engine.execute(
            'SELECT account_id, "at", leaf_index FROM read_parquet($1, hive_partitioning = false)',
            [str(path)],
        ).fetchall()

        assert [row[:2] for row in found[:-1]] == [(c.name, c.duckdb) for c in COLUMNS]
        assert found[-1][0] == "month"
        assert order == sorted(order)


def test_made_again_it_is_the_same_to_the_byte(world, tmp_path):
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()

    assert copied(bag_of(world), tmp_path / "1") == copied(bag_of(world), tmp_path / "2")


def test_the_same_rows_come_of_many_parts_in_several_files(rows, tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "PART", 64)
    monkeypatch.setattr(derive, "PARTS_A_FILE", 4)
    world = a_world(october=LEAVES)
    close(world, OCTOBER)

    files = copied(bag_of(world), tmp_path)
    with Index(tmp_path) as index:
        found = index.ask("SELECT * FROM acts ORDER BY leaf_index").as_dicts()

    assert [path for path in sorted(files) if path.startswith("post/")] == [
        f"post/month=2026-10/part-{number}.parquet" for number in range(3)
    ]
    place = ("part", "line_offset")
    assert [{k: v for k, v in row.items() if k not in place} for row in found] == [
        {k: v for k, v in row.items() if k not in place} for row in rows
    ]
    assert {row["part"] for row in found} == set(range(11))


def test_an_empty_month_has_no_copy(tmp_path):
    world = a_world(october=3)
    close(world, OCTOBER)
    close(world, NOVEMBER)

    assert copied(bag_of(world, NOVEMBER), tmp_path) == {}


def test_no_copy_is_made_of_a_part_that_is_not_the_one_that_was_sealed(tmp_path):
    world = a_world(october=30)
    close(world, OCTOBER)
    path = f"month=2026-10/{layout.records_path('post', 0)}"
    world.objects[path] = packed([])

    with pytest.raises(UntrueBagError, match="post/part-00000"):
        copied(bag_of(world), tmp_path)


def test_a_copy_that_lacks_leaves_is_refused(world, tmp_path, monkeypatch):
    monkeypatch.setattr(derive, "_files", lambda bag: list(derive_files(bag))[:-1])

    with pytest.raises(NotDerivedError, match=f"has {LEAVES} leaves, and its copy has"):
        copied(bag_of(world), tmp_path)


derive_files = derive._files
"""What the test above takes one away from."""


def test_a_line_whose_salt_was_destroyed_keeps_its_payload(tmp_path):
    told = Told()
    told.act("post.submitted", text="The road is open.")
    leaf = told.leaves[0]
    part, out = tmp_path / "part.gz", tmp_path / "out.parquet"
    part.write_bytes(packed([line_of(0, leaf.envelope, leaf.payload, None)]))
    engine = start(tmp_path)

    assert write_parquet([(0, part)], "post", out, engine) == 1

    [(payload, text)] = engine.execute(f"SELECT payload, text FROM '{out}'").fetchall()  # noqa: S608
    assert (payload.encode(), text) == (leaf.payload, "The road is open.")


class TestItsWords:
    def text(self, tmp_path, kind="post.submitted", **payload):
        told = Told()
        told.act(kind, **payload)
        with told.copied(tmp_path) as index:
            [row] = index.ask("SELECT text FROM acts").rows
        return row[0]

    def test_are_those_of_the_post_of_its_thread_and_of_each_platform(self, tmp_path):
        found = self.text(
            tmp_path, text="One", thread=["Two", "Three"], variants={"x": "Four", "bluesky": "Five"}
        )

        assert found.split("\n") == ["One", "Two", "Three", "Five", "Four"]

    def test_are_read_and_not_as_json_spells_them(self, tmp_path):
        assert self.text(tmp_path, text='He said "no".\n£5 \\ 🚧') == 'He said "no".\n£5 \\ 🚧'

    def test_are_those_that_a_platform_showed(self, tmp_path):
        kind = "publication.sent"
        assert self.text(tmp_path, kind, text_read_back="It is out.", url="https://x") == (
            "It is out."
        )

    def test_are_those_before_and_after_where_somebody_changed_a_post(self, tmp_path):
        found = self.text(tmp_path, "exception.found", published="Ours", shown="Theirs")

        assert found.split("\n") == ["Ours", "Theirs"]

    def test_stand_once_where_evidence_is_what_was_cleared(self, tmp_path):
        kind = "deletion.evidence_kept"
        assert self.text(tmp_path, kind, cleared="Wrong", shown="Wrong") == "Wrong"

    def test_are_none_where_nothing_was_said(self, tmp_path):
        assert self.text(tmp_path, "post.cleared", rules=[]) is None

    def test_of_other_people_stay_sealed(self, tmp_path):
        told = Told()
        told.act("takedown.evidence_kept", "takedown:01T", personal={"text": "I saw him."})
        with told.copied(tmp_path) as index:
            [row] = index.ask("SELECT * FROM acts").as_dicts()

        assert row["text"] is None
        assert "saw" not in str(row)


class TestWhichPostItSpeaksOf:
    @pytest.mark.parametrize(
        ("subject", "said", "expected"),
        [
            ("post:01M3@v2", {}, ("01M3", 2, None)),
            ("post:01M3@v12/x", {}, ("01M3", 12, "x")),
            ("post:01M3@v1/viva-engage#3", {}, ("01M3", 1, "viva-engage")),
            ("exception:01E", {"post": "01M3-4", "platform": "x"}, ("01M3", 4, "x")),
            ("takedown:01T", {"platform": "facebook"}, (None, None, "facebook")),
            ("account:riverside/bluesky", {}, (None, None, "bluesky")),
            ("person:p-officer", {}, (None, None, None)),
            ("import:a@v1", {}, (None, None, None)),
        ],
    )
    def test_follows_from_its_subject(self, tmp_path, subject, said, expected):
        told = Told()
        told.act("post.submitted", subject, **said)
        with told.copied(tmp_path) as index:
            [row] = index.ask("SELECT post_id, version, platform FROM acts").rows

        assert row == expected


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
SEAMS = st.sampled_from(
    ['","leaf_index":1,"payload":', '","salt":null}', "\\", "\x01", "\x00", '"', "\r\n", "\u2028"]
)


@pytest.mark.thorough
@given(
    st.lists(
        st.tuples(
            st.dictionaries(TEXTS | SEAMS, VALUES | SEAMS, max_size=4), TEXTS | SEAMS, st.booleans()
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=25, deadline=None)
def test_whatever_stands_in_a_line_comes_out_as_it_went_in(tmp_path_factory, drawn):
    told = Told()
    for payload, reason, _ in drawn:
        told.act("post.held", reason=reason, **{f"k{key}": each for key, each in payload.items()})
    lines = [
        line_of(index, leaf.envelope, leaf.payload, None if erased else leaf.salt)
        for index, (leaf, (_, _, erased)) in enumerate(zip(told.leaves, drawn, strict=True))
    ]
    folder = tmp_path_factory.mktemp("any")
    part, out = folder / "part.gz", folder / "out.parquet"
    part.write_bytes(packed(lines))

    write_parquet([(0, part)], "post", out, engine := start(folder))

    found = engine.execute(
        f"SELECT payload, reason, leaf_hash, line_offset FROM '{out}' ORDER BY leaf_index"  # noqa: S608
    ).fetchall()
    engine.close()
    offset = 0
    for (payload, reason, leaf_hash, place), leaf, line in zip(
        found, told.leaves, lines, strict=True
    ):
        assert payload.encode() == leaf.payload
        assert reason == json.loads(leaf.envelope)["reason"]
        assert leaf_hash == read_line(line).leaf_hash.hex()
        assert place == offset
        assert entity_of(leaf.envelope) == "post"
        offset += len(line)
