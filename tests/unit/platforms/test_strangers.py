"""Nothing a stranger wrote can break a line, a page or a record."""

import json
import sys
import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.platforms.strangers import (
    JOINERS,
    LONGEST_ADDRESS,
    LONGEST_NAME,
    NOT_SAID,
    PLAIN_ADDRESS,
    TAGS,
    address,
    line,
    words,
)


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


def line_by_signs(text):
    """What `line` keeps of a text, each of its signs looked at."""

    def kept(sign):
        kind = unicodedata.category(sign)
        if kind == "Cf":
            return sign if sign in JOINERS or ord(sign) in TAGS else ""
        if kind in ("Cc", "Cs"):
            return " " if sign.isspace() else ""
        return sign

    shown = " ".join("".join(map(kept, text[: 4 * LONGEST_NAME])).split())
    return shown if len(shown) <= LONGEST_NAME else f"{shown[: LONGEST_NAME - 1]}…"


def words_by_signs(text):
    """The same of `words`."""
    lost = ("Cc", "Cs")
    return "".join(
        sign if sign in "\n\t" or unicodedata.category(sign) not in lost else "\ufffd"
        for sign in text.replace("\r\n", "\n")
    )


def address_by_parts(url):
    """The same of `address`, for one that is not too long."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_good = url == line(url, LONGEST_ADDRESS) and parts.scheme in ("https", "http")
    return url if is_good and parts.hostname else ""


def test_what_is_taken_for_harmless_is_so_of_every_sign_there_is():
    for sign in map(chr, range(sys.maxunicode + 1)):
        kind = unicodedata.category(sign)
        is_lost = kind in ("Cc", "Cs")
        assert not (sign.isprintable() and (is_lost or kind == "Cf")), ascii(sign)
        assert bool(NOT_SAID.match(sign)) == (is_lost and sign not in "\n\t"), ascii(sign)


ANY_SIGNS = st.text(st.characters() | st.sampled_from(" \t\r\n\x85\u200d\u2028\u202e\ud83d"))


@given(ANY_SIGNS | st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=900))
def test_the_quick_way_keeps_of_any_text_what_the_slow_way_keeps(text):
    assert line(text) == line_by_signs(text)
    assert words(text) == words_by_signs(text)


@given(st.from_regex(PLAIN_ADDRESS, fullmatch=True) | st.text(max_size=40).map("https://".__add__))
def test_an_address_that_is_plainly_one_is_one_when_it_is_parsed(url):
    assert address(url) == address_by_parts(url)
