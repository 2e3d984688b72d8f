"""The second reader's own function: what it tells, of which words, and what it never believes."""

import json
import math

import pytest

from second_reader import app
from tests.clocks import best_of_three
from tests.unit.second_reader.tiny import BIAS, MARKS, RULES, WEIGHT, write_reader

POST = {"kind": "original", "author_role": "officer", "account_level": "neighbourhood"}
SURE = 1 / (1 + math.exp(-(BIAS + WEIGHT)))


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return write_reader(tmp_path_factory.mktemp("reader"))


@pytest.fixture
def reading(folder, monkeypatch):
    reader = app.Reader(folder)
    monkeypatch.setattr(app, "reader", lambda: reader)
    return lambda text, **more: app.read({**POST, "text": text, **more}, None)


def words(told, text):
    return {one["rule"]: text[one["start"] : one["end"]] for one in told["read"]}


TOLD = [
    # the text, which words are told for which rule
    ("The road is open again.", {}),
    ("The road is open. Apparently there was a clown. We are there.", {
        "rumour": "Apparently there was a clown.",
        "joke": "Apparently there was a clown.",
    }),
    ("Honk!", {"joke": "Honk!"}),
    ("🚗 The road is open. Honk! We are there.", {"joke": "Honk!"}),
    ("The road is open again and we are in the road at the road clown and the road is open", {
        "joke": "the road at the road clown",
    }),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_the_words_told_are_those_without_which_the_rule_is_least_probable(reading, text, expected):
    assert words(reading(text), text) == expected


@pytest.mark.parametrize("text", [text for text, expected in TOLD[1:] if len(text) > 10])
def test_without_the_words_told_the_rule_is_told_no_more(reading, text):
    for one in reading(text)["read"]:
        left = f"{text[: one['start']]} {text[one['end'] :]}"
        assert one["rule"] not in {again["rule"] for again in reading(left)["read"]}


def test_it_says_how_probable_each_is_and_which_reader_it_was(reading):
    told = reading("Honk honk, apparently!")

    assert told["version"] == "tiny 7"
    assert [one["rule"] for one in told["read"]] == ["joke", "rumour"]
    assert told["read"][1]["probability"] == pytest.approx(SURE, abs=1e-4)
    json.dumps(told, allow_nan=False)


def test_a_rule_without_a_mark_is_never_told(reading):
    assert "never" in RULES
    assert "never" not in MARKS
    assert reading("Zxqy brll.")["read"] == []


def test_a_correction_is_read_as_an_original_and_a_reply_as_a_reply():
    [original, correction, reply] = [
        app.words_of({**POST, "text": "a", "kind": kind})
        for kind in ("original", "correction", "reply")
    ]

    assert original.circumstances == "original by officer, neighbourhood."
    assert correction == original
    assert reply.circumstances == "reply by officer, neighbourhood."


def test_what_stands_late_in_a_long_text_is_read_too(reading):
    text = "The road is open again. " * 90 + "Honk! " + "The road is open again. " * 30

    assert words(reading(text), text) == {"joke": "road is open again. Honk! The"}


@pytest.mark.parametrize("text", ["", "   \n\t", "\u200b", "\ud800", "\x00", "\ufeff"])
def test_a_text_of_nothing_breaks_no_rule(reading, text):
    assert reading(text)["read"] == []


HOSTILE = [
    "honk! " * 20_000,
    "honk" * 25_000,
    "a." * 50_000,
    "\ud800" * 100_000,
    "e\u0301" * 50_000,
    "👨\u200d👩\u200d👧" * 6_000,
    "apparently\n" * 10_000,
    " " * 99_999 + "honk",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_a_hostile_text_costs_no_more_than_several_long_posts(reading, text):
    usual = best_of_three(lambda: reading("The road at Rudyard is open again today. " * 120))
    told = reading(text)

    assert best_of_three(lambda: reading(text)) < 10 * usual + 0.01
    assert all(0 <= one["start"] < one["end"] <= len(text) for one in told["read"])


def test_half_a_surrogate_pair_moves_no_offset(reading):
    text = "\ud83d\ud83d The road is open. Honk! We are there."

    assert words(reading(text), text) == {"joke": "Honk!"}


@pytest.mark.parametrize("field", ["text", *POST])
@pytest.mark.parametrize("value", [None, 7, ["a"]])
def test_what_is_no_post_is_refused_by_the_field(field, value):
    with pytest.raises(app.BadEventError, match=field):
        app.words_of({**POST, "text": "a", field: value})


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "reader.json"])
def test_a_missing_file_is_named(tmp_path, name):
    write_reader(tmp_path)
    (tmp_path / name).unlink()

    with pytest.raises(app.MissingFileError, match=f"{name} is missing"):
        app.Reader(tmp_path)


@pytest.mark.parametrize("name", app.FILES)
def test_a_file_that_is_not_the_one_that_was_measured_is_not_believed(tmp_path, name):
    write_reader(tmp_path)
    with (tmp_path / name).open("ab") as file:
        file.write(b" ")

    with pytest.raises(app.ChangedFileError, match=name):
        app.Reader(tmp_path)


def test_a_reader_is_loaded_once(tmp_path, monkeypatch):
    monkeypatch.setattr(app, "FOLDER", tmp_path)
    app.reader.cache_clear()
    monkeypatch.setattr(app, "Reader", object)

    assert app.reader() is app.reader()
    app.reader.cache_clear()
