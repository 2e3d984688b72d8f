"""Records as JSON Lines, as a table, as pages: each with its leaf, none that runs anything."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from archive.exporting.export_tables import (
    COLUMNS,
    export_csv,
    export_html,
    export_jsonl,
    safe_cell,
)
from archive.exporting.parcel import StrangeNameError, TakenFolderError, parcel_at
from archive.reading.as_sealed import UntrueBagError
from archive.reading.choose_records import Wanted, chosen
from archive.reading.in_words import SAID, in_words
from archive.reading.pointers import (
    BadPointerError,
    fields_of,
    names_in,
    places,
    pointer_of,
    replaced,
)
from shared.recordlog.leaf import Act
from shared.recordlog.tree import leaf_hash
from tests.unit.archive import lives_made as made
from tests.unit.archive.closing import SEPTEMBER, Archived, close, on
from tests.unit.archive.handed_over import handed_over
from tests.unit.archive.test_life_spoilt import POST_LINES, forged, other_words, spoilt

HOSTILE = [
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "|calc",
        "%0A",
    ),
    *("'=1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"),
]


@pytest.fixture(scope="module")
def reading():
    return made.a_reading()


def all_of(reading, **wanted):
    return chosen(reading, Wanted(**wanted))


def lines_in(folder, reading, **wanted):
    files = handed_over(folder, lambda parcel: export_jsonl(all_of(reading, **wanted), parcel))
    return [json.loads(line) for line in files["records.jsonl"].splitlines()]


def test_json_lines_hold_every_record_in_the_order_of_the_log_with_its_leaf(tmp_path, reading):
    lines = lines_in(tmp_path / "out", reading)

    assert [each["leaf_index"] for each in lines] == list(range(372))
    for each in lines:
        entry = reading.holding(each["leaf_index"]).envelope(each["leaf_index"])
        assert each["leaf_hash"] == leaf_hash(entry).hex()
        assert each["envelope"] == json.loads(entry)
    assert {each["month"] for each in lines} == {"2026-09", "2026-10"}


def test_each_line_is_canonical_json(tmp_path, reading):
    files = handed_over(tmp_path / "o", lambda parcel: export_jsonl(all_of(reading), parcel))

    for line in files["records.jsonl"].splitlines():
        assert rfc8785.dumps(json.loads(line)) == line


CHOICES = [
    ({"account": "riverside"}, lambda e: e["account"] == "riverside"),
    ({"account": 'river"side'}, lambda _: False),
    ({"who": "a-hughes"}, lambda e: "a-hughes" in (e["actor"], e["approver"])),
    ({"types": ("deletion.",)}, lambda e: e["type"].startswith("deletion.")),
    (
        {"types": ("deletion.", "post.sub")},
        lambda e: e["type"].startswith(("deletion.", "post.sub")),
    ),
    ({"since": datetime(2026, 10, 5, tzinfo=UTC)}, lambda e: e["at"] >= "2026-10-05"),
    ({"until": datetime(2026, 9, 4, 12, tzinfo=UTC)}, lambda e: e["at"] < "2026-09-04T12"),
    (
        {"who": "a-hughes", "types": ("approval.approved",)},
        lambda e: e["type"] == "approval.approved" and e["actor"] == "a-hughes",
    ),
]


@pytest.mark.parametrize(("wanted", "fits"), CHOICES)
def test_what_is_asked_for_is_given_and_nothing_else(tmp_path, reading, wanted, fits):
    everything = lines_in(tmp_path / "all", reading)

    some = lines_in(tmp_path / "some", reading, **wanted)

    expected = [each["leaf_index"] for each in everything if fits(each["envelope"])]
    assert [each["leaf_index"] for each in some] == expected


def test_leaves_are_given_by_their_index_from_both_months(tmp_path, reading):
    some = lines_in(tmp_path / "o", reading, leaves=frozenset({0, 7, 328, 329, 371, 10**9}))

    assert [each["leaf_index"] for each in some] == [0, 7, 328, 329, 371]


def test_a_months_parts_are_put_together_in_the_order_of_the_log(tmp_path, monkeypatch):
    monkeypatch.setattr("shared.months.bag.PART", 64)
    world = Archived()
    world.log(300, on(SEPTEMBER, 4))
    close(world, SEPTEMBER)
    reading = made.a_reading(objects=world.objects)

    assert [e["leaf_index"] for e in lines_in(tmp_path / "o", reading)] == list(range(300))
    some = frozenset({3, 64, 299})
    assert [e["leaf_index"] for e in lines_in(tmp_path / "p", reading, leaves=some)] == sorted(some)


def table_in(files):
    text = files["records.csv"].decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_table_has_a_line_for_each_record_with_index_and_hash(tmp_path, reading):
    files = handed_over(tmp_path / "o", lambda parcel: export_csv(all_of(reading), parcel))
    header, *rows = table_in(files)

    assert tuple(header) == COLUMNS
    assert [int(row[0]) for row in rows] == list(range(372))
    assert all(len(row[1]) == 64 for row in rows)
    assert files["records.csv"].startswith(b"\xef\xbb\xbf")
    assert rows[7][COLUMNS.index("text")] == made.WORDS
    assert {row[COLUMNS.index("state")] for row in rows} == {"", "sealed"}


@pytest.mark.parametrize("cell", HOSTILE, ids=ascii)
def test_no_cell_is_a_formula(cell):
    assert safe_cell(cell) == f"'{cell}"


@given(st.text(max_size=200))
def test_no_cell_ever_begins_as_a_formula_does_and_none_loses_its_text(text):
    cell = safe_cell(text)

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert cell in (text, f"'{text}")


def test_hostile_words_stay_within_their_cell(tmp_path):
    world = Archived()
    for number, each in enumerate([*HOSTILE, 'a","b\r\n"c', "x" * 40_000, "\x00\x1b[2J"]):
        at = on(SEPTEMBER, 4, number % 20)
        name = each[:60]
        act = ("post.submitted", name, f"post:{name}", at, name, None, name, {"text": each})
        made.tell(world, [Act(*act)])
    close(world, SEPTEMBER)
    reading = made.a_reading(objects=world.objects)
    files = handed_over(tmp_path / "o", lambda parcel: export_csv(all_of(reading), parcel))

    header, *rows = table_in(files)

    assert {len(row) for row in [header, *rows]} == {len(COLUMNS)}
    assert all(len(cell) < 32_767 for row in rows for cell in row)
    dangerous = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    assert not [cell for row in rows for cell in row if cell.startswith(dangerous)]
    assert any("cut here; whole in JSON Lines" in cell for row in rows for cell in row)


def test_pages_show_words_as_text_and_name_what_is_unseen(tmp_path, reading):
    files = handed_over(tmp_path / "o", lambda parcel: export_html(all_of(reading), parcel, "<R>"))

    page = files["page-00001.html"].decode()
    assert "<script" not in page
    assert "<b>£5" not in page
    assert "&lt;b&gt;" in page
    assert "[right-to-left override]" in page
    assert "\u202e" not in page
    assert "372 records" in files["index.html"].decode()
    assert "<h1>&lt;R&gt;</h1>" in files["index.html"].decode()
    assert page.count('class="words exact"') == 372


def test_many_records_are_several_pages(tmp_path, reading, monkeypatch):
    monkeypatch.setattr("archive.exporting.export_tables.ON_A_PAGE", 100)

    files = handed_over(tmp_path / "o", lambda parcel: export_html(all_of(reading), parcel, "R"))

    assert sorted(files) == [
        "about.json",
        "index.html",
        *(f"page-0000{n}.html" for n in (1, 2, 3, 4)),
    ]
    assert files["index.html"].decode().count("<li>") == 4


def test_nothing_found_is_an_answer_too(tmp_path, reading):
    assert lines_in(tmp_path / "o", reading, account="nobody") == []


@pytest.mark.parametrize("write", [export_jsonl, export_csv])
def test_the_same_question_is_the_same_bytes(tmp_path, reading, write):
    first, second = (
        handed_over(tmp_path / name, lambda parcel: write(all_of(reading), parcel)) for name in "ab"
    )

    assert first == second


def test_what_breaks_on_the_way_leaves_nothing_that_could_be_taken_for_an_answer(tmp_path):
    objects = forged(spoilt(POST_LINES, other_words), made.ARCHIVE_SIGNER)
    reading = made.bags_of(objects=objects).between(last=SEPTEMBER)

    with (
        pytest.raises(UntrueBagError, match="post/part-00000"),
        parcel_at(tmp_path / "out") as parcel,
    ):
        export_jsonl(all_of(reading), parcel)

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path, reading):
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")

    for name in ("there", "link"):
        with pytest.raises(TakenFolderError), parcel_at(tmp_path / name):
            pass


@pytest.mark.parametrize("name", ["../x", "/x", "a/../b", ".x", "a//b", "a b", "", "a\x00"])
def test_no_file_of_a_parcel_lies_elsewhere(tmp_path, name):
    with pytest.raises(StrangeNameError), parcel_at(tmp_path / "o") as parcel:
        parcel.add(name, b"x")


def test_every_kind_of_act_has_words_or_says_its_own_name():
    assert in_words("post.submitted") == "Sent in"
    assert in_words("something.new") == "something.new"
    assert all(SAID.values())


# ── pointers ─────────────────────────────────────────────────────────────────

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_every_field_is_found_again_by_its_pointer(value):
    for pointer, held in fields_of(value):
        if pointer and "*" not in pointer:
            assert (pointer, held) in list(places(value, names_in(pointer)))
            assert pointer_of(names_in(pointer)) == pointer


@given(VALUES)
def test_what_is_replaced_is_replaced_there_and_nowhere_else(value):
    for pointer, _ in fields_of(value):
        after = replaced(value, {pointer: "NEW"})
        changed = {p: v for p, v in fields_of(after) if (p, v) not in list(fields_of(value))}
        assert changed in ({pointer: "NEW"}, {})


@pytest.mark.parametrize("text", ["", "payload/text", "*", "text"])
def test_what_is_no_pointer_is_refused(text):
    with pytest.raises(BadPointerError):
        names_in(text)
