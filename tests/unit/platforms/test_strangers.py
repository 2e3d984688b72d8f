"""Nothing a stranger wrote can break a line, a page or a record."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.platforms.strangers import LONGEST_NAME, address, line, words


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ann  Other", "Ann Other"),
        ("two\nlines\tand\r\nmore", "two lines and more"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2066in\u2069", "in"),
        ("nul\x00bell\x07", "nulbell"),
        ("half \ud83d", "half"),
        ("\u200b\ufeff", ""),
        ("🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", None),
        ("👩🏽\u200d🚒", None),
        ("Zoë Ŵyl", None),
        ("سلام", None),
        (None, ""),
    ],
)
def test_a_name_is_one_plain_line(written, kept):
    assert line(written) == (written if kept is None else kept)


def test_a_long_name_shows_that_it_goes_on():
    assert line("x" * 10_000) == "x" * (LONGEST_NAME - 1) + "…"


def test_words_keep_their_lines_and_their_direction():
    said = "One\nTwo\r\nThree\t\u202eright\u202c"

    assert words(said) == "One\nTwo\nThree\t\u202eright\u202c"


def test_words_that_no_record_could_hold_are_replaced():
    assert words("a\x00b\ud83dc") == "a\ufffdb\ufffdc"


@given(st.text(st.characters(), max_size=300))
def test_whatever_is_written_can_be_kept_as_json_and_as_utf_8(text):
    for kept in (line(text), words(text)):
        assert json.loads(json.dumps(kept, ensure_ascii=False).encode()) == kept


@given(st.text(st.characters(), max_size=300))
def test_a_name_that_was_made_plain_stays_as_it_is(text):
    assert line(line(text)) == line(text)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//elsewhere.example",
        "https://",
        "https://a.example/\nb",
        "https://a.example/\u202eb",
        "https://[::1",
        "ftp://a.example",
        "https://a.example/" + "x" * 2_000,
        "",
        None,
        7,
    ],
)
def test_an_address_that_may_not_be_followed_is_none(url):
    assert address(url) == ""


@pytest.mark.parametrize("url", ["https://a.example/@b", "http://127.0.0.1:80/x?y=ŵ"])
def test_an_address_that_may_be_followed_stays(url):
    assert address(url) == url
