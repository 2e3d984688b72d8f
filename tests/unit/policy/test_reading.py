"""The plain view of a post, and the way back to the words as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.policy.lookalikes import Folds, fold
from shared.policy.reading import Reading
from tests.unit.policy.candidates import a_candidate


@pytest.mark.parametrize(
    ("typed", "plain", "why"),
    [
        ("Plain words, £5 – “yes”…", "Plain words, £5 - “yes”...", "dashes and an ellipsis"),
        ("СЕКРЕТ", "CEKPET", "Cyrillic letters that look Latin"),
        ("ΑΒΕ", "ABE", "Greek ones"),
        ("ＦＵＬＬ", "FULL", "full width"),
        ("𝐛𝐨𝐥𝐝 𝓼𝓬𝓻𝓲𝓹𝓽", "bold script", "mathematical letters"),
        ("ⓒⓘⓡⓒⓛⓔⓓ 🅂🅀", "circled SQ", "in rings and boxes"),
        ("🅾🆂 🅕", "OS F", "in black boxes and discs"),
        ("café Tŷ Ŵyau", "cafe Ty Wyau", "accents"),
        ("s̶t̶r̶u̶c̶k̶", "struck", "struck through"),
        ("zero\u200bwid\u00adth\ufeff", "zerowidth", "what nobody sees"),
        ("ﬁ ½ №", "fi 1/2 No", "one that reads as several"),
        ("no\u00a0break\u3000space", "no break space", "spaces of all widths"),
        ("one․two。three", "one.two.three", "dots of all kinds"),
        ("ਪੁਲਿਸ 警察", "ਪਲਿਸ 警察", "other scripts keep their letters"),
    ],
)
def test_a_post_is_read_as_a_reader_would(typed, plain, why):
    assert Reading(a_candidate(typed)).plain == plain, why


@given(st.text(st.characters(codec=None), min_size=1, max_size=80), st.data())
def test_every_stretch_of_the_plain_view_leads_back_to_what_was_typed(text, data):
    reading = Reading(a_candidate(text))
    if not reading.plain:
        return
    start = data.draw(st.integers(0, len(reading.plain) - 1))
    end = data.draw(st.integers(start + 1, len(reading.plain)))

    first, last = reading.typed(start, end)

    assert 0 <= first < last <= len(text)
    assert reading.plain[start:end] in Reading(a_candidate(text[first:last])).plain


def test_the_way_back_includes_the_marks_on_the_last_letter():
    reading = Reading(a_candidate("x SECRE\u200bT\u0336 y"))

    start, end = reading.typed(2, 8)

    assert reading.text[start:end] == "SECRE\u200bT\u0336"


@given(st.characters(codec=None))
def test_folding_twice_changes_nothing(character):
    once = "".join(map(fold, character))

    assert "".join(map(fold, once)) == once


def test_what_was_folded_is_forgotten_before_it_fills_the_memory():
    folds = Folds()

    for code in range(0x4E00, 0x4E00 + 2 * Folds.MOST):
        assert folds[chr(code)] == fold(chr(code))

    assert len(folds) <= Folds.MOST
