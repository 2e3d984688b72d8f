"""Fields taken out of a request: nothing guessed, nothing forgotten, all faults told at once."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.http.fields import Fields
from shared.http.problems import InvalidFieldsError

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)

READERS = {
    "text": lambda fields: fields.text("it"),
    "short": lambda fields: fields.text("it", longest=3),
    "maybe_text": lambda fields: fields.maybe_text("it"),
    "flag": lambda fields: fields.flag("it"),
    "one_of": lambda fields: fields.one_of("it", ("red", "green"), default="red"),
    "words": lambda fields: fields.words("it"),
    "maybe_texts": lambda fields: fields.maybe_texts("it", longest=3, most=2),
    "maybe_moment": lambda fields: fields.maybe_moment("it"),
}


def faults_of(source, read):
    fields = Fields(source)
    value = read(fields)
    try:
        fields.done()
    except InvalidFieldsError as error:
        error.body().encode("utf-8")
        return value, [fault.field for fault in error.faults]
    return value, []


@settings(max_examples=150)
@given(value=anything, name=st.sampled_from(sorted(READERS)))
@example(value="\ud800", name="maybe_text")
@example(value=["\ud800"], name="words")
def test_no_value_whatever_raises_anything_but_a_problem(value, name):
    found, faults = faults_of({"it": value}, READERS[name])

    assert faults in ([], ["it"])
    assert str(found).encode("utf-8").decode("utf-8") == str(found)


GOOD = [
    ("text", "", ""),
    ("text", "é 👮🏽‍♀️\n", "é 👮🏽‍♀️\n"),
    ("short", "abc", "abc"),
    ("maybe_text", None, None),
    ("maybe_text", "", ""),
    ("flag", True, True),
    ("flag", False, False),
    ("one_of", "green", "green"),
    ("words", ["a"], ("a",)),
    ("words", ["b", "a"], ("b", "a")),
    ("words", [str(number) for number in range(20)], tuple(map(str, range(20)))),
    ("maybe_moment", None, None),
    ("maybe_moment", "2026-11-20T18:30:00Z", datetime(2026, 11, 20, 18, 30, tzinfo=UTC)),
    ("maybe_moment", "2026-07-20T18:30:00+01:00", datetime(2026, 7, 20, 17, 30, tzinfo=UTC)),
    ("maybe_moment", "2026-11-20T18:30:00.5Z", datetime(2026, 11, 20, 18, 30, 0, 500_000, UTC)),
]
BAD = [
    ("text", None),
    ("text", 1),
    ("text", ["a"]),
    ("text", {}),
    ("text", "half a \ud83d"),
    ("text", "a\x00b"),
    ("text", "a" * 70_001),
    ("short", "abcd"),
    ("maybe_text", 1),
    ("maybe_text", "a" * 2_001),
    ("maybe_text", "\x00"),
    ("flag", None),
    ("flag", 0),
    ("flag", 1),
    ("flag", "true"),
    ("one_of", "blue"),
    ("one_of", "RED"),
    ("one_of", None),
    ("one_of", ["red"]),
    ("words", None),
    ("words", []),
    ("words", "a"),
    ("words", [""]),
    ("words", ["a", 1]),
    ("words", ["a", "a"]),
    ("words", ["a" * 101]),
    ("words", [str(number) for number in range(21)]),
    ("maybe_moment", ""),
    ("maybe_moment", "tomorrow"),
    ("maybe_moment", 1_800_000_000),
    ("maybe_moment", "2026-11-20"),
    ("maybe_moment", "2026-11-20T18:30:00"),
    ("maybe_moment", "2026-13-20T18:30:00Z"),
    ("maybe_moment", "2026-11-20T25:30:00Z"),
    ("maybe_moment", "0001-01-01T00:00:00+14:00"),
    ("maybe_moment", "9999-12-31T23:59:59-14:00"),
    ("maybe_moment", "2026-11-20T18:30:00+99:00"),
]


@pytest.mark.parametrize(("name", "value", "read"), GOOD)
def test_what_is_right_is_read_as_it_was_meant(name, value, read):
    assert faults_of({"it": value}, READERS[name]) == (read, [])


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_is_wrong_is_named(name, value):
    assert faults_of({"it": value}, READERS[name])[1] == ["it"]


@pytest.mark.parametrize(
    ("name", "read", "missing"),
    [
        ("text", "", True),
        ("maybe_text", None, False),
        ("flag", False, False),
        ("one_of", "red", False),
        ("words", (), True),
        ("maybe_moment", None, False),
    ],
)
def test_a_field_that_is_absent_is_required_or_has_its_default(name, read, missing):
    assert faults_of({}, READERS[name]) == (read, ["it"] if missing else [])


def test_everything_wrong_is_told_at_once_in_the_order_it_was_read():
    fields = Fields({"text": 1, "stray": True, "flag": "yes"})
    fields.text("text")
    fields.flag("flag")
    fields.wrong("key", "That key is none.")

    with pytest.raises(InvalidFieldsError) as told:
        fields.done()
    assert [fault.field for fault in told.value.faults] == ["text", "flag", "key", "stray"]
    assert all(fault.sentence.endswith(".") for fault in told.value.faults)


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=())))
@example("\ud800")
def test_a_field_nobody_asked_for_is_told_shortly_whatever_its_name(name):
    with pytest.raises(InvalidFieldsError) as told:
        Fields({name * 20: 1}).done()
    told.value.body().encode("utf-8")
    assert len(told.value.faults[0].field) <= 60


def test_a_form_says_in_its_own_words_what_is_wrong():
    fields = Fields({"account": None}, {"account": "Choose which account speaks."})
    fields.text("account")
    fields.text("text")

    with pytest.raises(InvalidFieldsError) as told:
        fields.done()
    assert told.value.faults[0].sentence == "Choose which account speaks."
    assert "“text” must be a text." in str(told.value)


@pytest.mark.parametrize(
    ("value", "read", "faults"),
    [
        (None, None, []),
        ([], (), []),
        (["", "abc"], ("", "abc"), []),
        ("abc", None, ["it"]),
        (["abcd"], None, ["it"]),
        (["", "", ""], None, ["it"]),
        ([1], None, ["it"]),
        (["\x00"], None, ["it"]),
        (["\ud800"], None, ["it"]),
    ],
)
def test_a_list_of_texts_may_be_empty_and_hold_empty_ones(value, read, faults):
    assert faults_of({"it": value}, READERS["maybe_texts"]) == (read, faults)
