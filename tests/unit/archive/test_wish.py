"""What somebody asks is read field by field; what is wrong is said before anything is fetched."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.auditing.errors import WrongWishError
from archive.auditing.wish import wish_in, wish_of
from archive.questions.errors import BadSearchError, NoSuchQuestionError
from archive.questions.pack import pack
from shared.months.month import Month

MONTHS = {"from": "2026-09", "to": "2026-10"}
SEARCH = {**MONTHS, "account": "leek-npt"}


def test_months_are_the_moments_between_which_is_asked():
    wish = wish_in(SEARCH)

    assert (wish.first, wish.last) == (Month(2026, 9), Month(2026, 10))
    assert wish.fields["since"] == "2026-09-01T00:00:00.000Z"
    assert wish.fields["until"] == "2026-11-01T00:00:00.000Z"


def test_since_and_until_narrow_them():
    wish = wish_in({**SEARCH, "since": "2026-09-05", "until": "2026-10-05T12:00+01:00"})

    assert wish.fields["since"] == "2026-09-05T00:00:00.000Z"
    assert wish.fields["until"] == "2026-10-05T11:00:00.000Z"


def test_as_it_stands_on_record_it_is_the_same_question():
    wish = wish_in({**SEARCH, "text": "road", "as_of": 17})

    assert wish_of(wish.asks, wish.first, wish.last) == wish


def test_a_field_that_is_empty_or_null_is_not_said():
    assert wish_in({**SEARCH, "text": "", "author": None, "phrase": "  "}) == wish_in(SEARCH)


@pytest.mark.parametrize("name", pack())
def test_every_fixed_question_is_asked_by_its_name(name):
    assert wish_in({**MONTHS, "question": name}).name == name


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"from": ""}, "from"),
        ({"from": "2026-13"}, "from"),
        ({"from": "2026-10-01"}, "from"),
        ({"to": "../2026-10"}, "to"),
        ({"to": "s3://elsewhere/2026-10"}, "to"),
        ({"to": "2026-10' OR 1=1 --"}, "to"),
        ({"from": "2026-11"}, "to"),
        ({"from": "2016-11"}, "to"),
        ({"since": "2026-08-31"}, "since"),
        ({"until": "2026-11-02"}, "until"),
        ({"since": "yesterday"}, "since"),
        ({"since": "2026-10-02", "until": "2026-10-02"}, "until"),
        ({"as_of": "-1"}, "as_of"),
        ({"as_of": "1; DROP VIEW acts"}, "as_of"),
        ({"account": "../other-force"}, "account"),
        ({"account": "leek' UNION SELECT * FROM read_text('x')"}, "account"),
        ({"account": ["leek"]}, "account"),
        ({"text": "x" * 2_000}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"bucket": "somebody-elses"}, "bucket"),
        ({"month": "2026-10"}, "month"),
        ({"account": ""}, "text"),
        ({"question": "own_approvals", "seconds": "5"}, "seconds"),
    ],
)
def test_what_is_asked_wrongly_is_said_with_its_field(said, field):
    wrong = {**SEARCH, **said}
    if "question" in said:
        del wrong["account"]

    with pytest.raises((WrongWishError, BadSearchError)) as caught:
        wish_in(wrong)

    assert caught.value.field == field
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("name", ["nothing", "own_approvals; DROP", "../pack", "search "])
def test_a_question_that_nobody_fixed_is_none(name):
    if name.strip() == "search":
        assert wish_in({**SEARCH, "question": name}).name == "search"
    else:
        with pytest.raises(NoSuchQuestionError):
            wish_in({**MONTHS, "question": name})


def test_too_many_fields_are_refused_without_reading_them():
    with pytest.raises(WrongWishError, match="30 fields at most"):
        wish_in({f"field{n}": "x" for n in range(31)})


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(["from", "to", "text", "regex", "as_of", "question", "since", "kind"])


@given(st.dictionaries(NAMES | st.text(max_size=8), JSONS | st.text(), max_size=6))
def test_nothing_whatever_is_answered_with_anything_but_a_wish_or_a_sentence(said):
    with suppress(WrongWishError, BadSearchError, NoSuchQuestionError):
        assert wish_in({**MONTHS, **said}).first
