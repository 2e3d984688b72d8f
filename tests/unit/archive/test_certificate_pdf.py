"""What is printed: a file strict readers take, with every letter on it, the same every time."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from archive.exporting.paper import Heading, Lines, Look, NewPage, Paper, Row, Table, Words, cut
from archive.exporting.print_html import print_html
from archive.exporting.print_pdf import BOTTOM, HEIGHT, LEFT, WIDTH, pages_of, print_pdf
from archive.exporting.set_type import BOLD, EXACT, PLAIN, spelled, wrapped
from tests.unit.archive.certified import joined, pages_in

TEXTS = st.text(max_size=300)
BLOCKS = st.one_of(
    st.builds(Heading, TEXTS),
    st.builds(Words, TEXTS, st.sampled_from(Look)),
    st.builds(Row, TEXTS, TEXTS, st.sampled_from(Look)),
    st.builds(lambda a, b: Table((("One", 1), ("Two", 2)), ((a, b),)), TEXTS, TEXTS),
    st.builds(lambda a: Lines((a,)), TEXTS),
    st.just(NewPage()),
)


@given(st.builds(Paper, TEXTS, st.lists(BLOCKS, max_size=6).map(tuple), TEXTS))
def test_whatever_is_printed_is_a_file_that_a_strict_reader_takes(paper):
    printed = print_pdf(paper)

    reader = PdfReader(io.BytesIO(printed), strict=True)
    assert len(reader.pages) == pages_of(paper)
    assert printed == print_pdf(paper)
    assert printed.isascii()
    assert print_html(paper).decode()


@given(TEXTS)
def test_exact_text_can_be_read_off_the_print(text):
    printed = print_pdf(Paper("T", (Words(text, Look.EXACT),)))

    assert joined(spelled(text.replace("\n", " "), EXACT)) in joined("".join(pages_in(printed)))


@given(TEXTS)
def test_what_json_spells_is_the_same_text_when_it_is_read_again(text):
    import json

    written = json.dumps(text, ensure_ascii=False)

    assert json.loads(spelled(written, EXACT)) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Siân’s £5 — “fine” …", "Siân’s £5 — “fine” …"),
        ("ŵ", "[U+0175]"),
        ("\u202eevil", "[U+202E]evil"),
        ("a\u00adb", "a[U+00AD]b"),
        ("\U0001f6a7", "[U+1F6A7]"),
        ("\x00\x1b[2J", "[U+0000][U+001B][2J"),
        ("\ud800", "[U+D800]"),
        ("(\\)", "(\\)"),
    ],
)
def test_a_letter_that_the_fonts_do_not_have_is_spelled_by_its_code(text, plain):
    assert spelled(text, PLAIN) == plain
    assert joined(plain) in joined(pages_in(print_pdf(Paper("T", (Words(text),))))[0])


@pytest.mark.parametrize("font", [PLAIN, BOLD, EXACT])
@given(text=TEXTS, width=st.floats(20, 500))
def test_no_line_is_wider_than_its_place_and_nothing_is_lost(font, text, width):
    lines = list(wrapped(text, width, font, 8))

    assert lines
    assert all(font.width(line, 8) <= width or len(line) == 1 for line in lines)
    said = spelled(text.replace("\n", " "), font)
    assert joined("".join(lines)) == joined(said)


def test_no_text_leaves_the_paper():
    paper = Paper("T" * 300, (Words("x" * 20_000), Row("L" * 99, "y " * 2_000)), "F" * 99)
    places = re.findall(r"Tf ([\d.]+) ([\d.]+) Td", print_pdf(paper).decode())

    assert places
    assert all(LEFT <= float(x) < WIDTH - LEFT for x, _ in places)
    assert all(BOTTOM - 40 < float(y) < HEIGHT - 20 for _, y in places)


def test_a_title_in_any_script_is_the_title_of_the_file():
    printed = print_pdf(Paper("Tystysgrif Siân ŵ “x”", ()))

    assert PdfReader(io.BytesIO(printed)).metadata.title == "Tystysgrif Siân ŵ “x”"


def test_a_long_text_is_printed_in_time_that_grows_with_its_length():
    paper = Paper("T", (Words("word " * 60_000), Words("z" * 300_000, Look.EXACT)))

    assert pages_of(paper) > 40


def test_what_is_cut_says_where_the_rest_is():
    assert cut("abc", 3, "there") == "abc"
    assert cut("abcd", 3, "there") == "abc … (there)"
