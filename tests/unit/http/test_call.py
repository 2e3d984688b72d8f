"""A request read without trusting it: what can be read is, and everything else is one problem."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.http.call import LARGEST_BODY, MOST_FIELDS, Call
from shared.http.problems import (
    BadRequestError,
    InvalidFieldsError,
    ProblemError,
    TooLargeError,
    UnsupportedTypeError,
)

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def a_call(body=b"", content_type=JSON, **headers):
    return Call("POST", "/", {"content-type": content_type, **headers}, {}, body)


@settings(max_examples=100)
@given(body=st.binary() | st.text().map(str.encode), kind=st.sampled_from([JSON, FORM, "", "x"]))
@example(body=b'"\\ud800"', kind=JSON)
@example(body=b'{"a": 1e999}', kind=JSON)
@example(body=b"[" * 100_000, kind=JSON)
@example(body=b"1" * 5_000, kind=JSON)
@example(body=b"a=%ff", kind=FORM)
def test_no_body_whatever_is_anything_but_read_or_refused(body, kind):
    for read in (Call.json, Call.form):
        try:
            found, status = read(a_call(body, kind)), 200
        except ProblemError as problem:
            found, status = {}, problem.status

        assert isinstance(found, dict)
        assert status == 200 or 400 <= status < 500


@settings(max_examples=30)
@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none() | st.lists(st.booleans())))
def test_an_object_comes_in_as_it_was_sent(sent):
    assert a_call(json.dumps(sent).encode()).json() == sent


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "nothing"),
        (b"{", "half of it"),
        (b"{'a': 1}", "not JSON"),
        (b'{"a": 1} {}', "two of them"),
        (b'\xff\xfe{"a": 1}', "not UTF-8"),
        (b'\xef\xbb\xbf{"a": 1}', "a byte order mark"),
        (b'{"a": NaN}', "not a number"),
        (b'{"a": Infinity}', "no number"),
        (b'{"a": -Infinity}', "no number"),
    ],
)
def test_bytes_that_are_no_json_are_unreadable(body, why):
    with pytest.raises(BadRequestError, match="JSON"):
        a_call(body).json()


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"1", b"true"])
def test_json_that_is_no_object_is_told_so(body):
    with pytest.raises(InvalidFieldsError, match="one JSON object"):
        a_call(body).json()


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        (JSON, True),
        ("application/json; charset=utf-8", True),
        ("APPLICATION/JSON", True),
        (" application/json ", True),
        ("text/json", False),
        ("application/jsonp", False),
        ("text/plain", False),
        ("", False),
        (FORM, False),
    ],
)
def test_json_is_read_only_where_it_says_so(kind, read):
    if read:
        assert a_call(b"{}", kind).json() == {}
    else:
        with pytest.raises(UnsupportedTypeError, match=JSON):
            a_call(b"{}", kind).json()


def test_a_body_may_be_so_long_and_no_longer():
    longest = b'"' + b"a" * (LARGEST_BODY - 2) + b'"'
    assert len(longest) == LARGEST_BODY

    with pytest.raises(InvalidFieldsError):  # read, and found to be no object
        a_call(longest).json()
    for read in (Call.json, Call.form):
        kind = JSON if read is Call.json else FORM
        with pytest.raises(TooLargeError, match="300,000"):
            read(a_call(longest + b" ", kind))


def test_a_form_keeps_every_value_of_a_field_in_order_and_empty_ones_too():
    found = a_call(b"p=b&text=caf%C3%A9+%26&p=a&empty=", FORM).form()

    assert found == {"p": ["b", "a"], "text": ["café &"], "empty": [""]}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("é".encode(), "not ASCII"),
        (b"a=%ff", "not UTF-8 within"),
        (b"a=%ed%a0%80", "half a surrogate pair"),
        (b"&".join(b"a=1" for _ in range(MOST_FIELDS + 1)), "too many fields"),
    ],
)
def test_a_form_that_cannot_be_read_is_told_so(body, why):
    with pytest.raises(BadRequestError, match="form"):
        a_call(body, FORM).form()


@pytest.mark.parametrize(
    ("cookies", "value"),
    [
        ("session=abc", "abc"),
        ("a=b; session=abc; c=d", "abc"),
        ("  session=abc  ", "abc"),
        ("session=a=b", "a=b"),
        ("session=", ""),
        ("session=one; session=two", "one"),
        ("xsession=abc", None),
        ("session", ""),
        ("; ;;=", None),
        ("", None),
    ],
)
def test_a_cookie_is_found_by_its_whole_name(cookies, value):
    assert a_call(cookie=cookies).cookie("session") == value


def test_headers_that_are_not_there_are_empty():
    assert Call("GET", "/").header("authorization") == ""
    assert Call("GET", "/").cookie("session") is None
