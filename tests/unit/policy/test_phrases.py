"""Term lists: how a phrase is written and found."""

import pytest

from shared.policy.phrases import Phrases, Words


def said(listed, text):
    """The words of each phrase found, as they stand in the text."""
    words = Words(text)
    return [
        text[slice(*words.span(found.first, found.last))] for found in Phrases(listed).find(words)
    ]


@pytest.mark.parametrize(
    ("phrase", "text", "expected", "why"),
    [
        ("not for release", "It is NOT, for release!", ["NOT, for release"], "case, punctuation"),
        ("dont copy", "Don't copy", ["Don't copy"], "apostrophes do not count"),
        ("don't copy", "dont copy", ["dont copy"], "on neither side"),
        ("burn/shred it", "shred it, burn it", ["shred it", "burn it"], "one word or the other"),
        ("not ... leave", "not to leave", ["not to leave"], "a gap of one"),
        ("not ... leave", "not leave", ["not leave"], "a gap of none"),
        ("not ... leave", "not a b c d leave", ["not a b c d leave"], "a gap of four"),
        ("not ... leave", "not a b c d e leave", [], "a gap of five"),
        ("a ... b ... c", "a x b y c", ["a x b y c"], "two gaps"),
        ("a ... b c", "a b x b c", ["a b x b c"], "the gap may pass a false start"),
        ("intel", "intelligent intel", ["intel"], "whole words only"),
        ("subject 2", "eyes on subject 2.", ["subject 2"], "digits are words"),
        ("not for", "nota for", [], "the first word whole too"),
        ("a b", "", [], "nothing"),
    ],
)
def test_a_phrase_is_found_where_it_stands(phrase, text, expected, why):
    assert said([phrase], text) == expected, why


def test_phrases_that_begin_alike_are_all_found():
    assert said(["not for you", "not for", "not ... you"], "not for you") == [
        "not for you",
        "not for",
        "not for you",
    ]


@pytest.mark.parametrize("phrase", ["", "... a", "a ...", "a ... ... b", "a ... b ... c ... d"])
def test_a_phrase_that_cannot_be_found_is_refused(phrase):
    with pytest.raises(ValueError, match="holds"):
        Phrases([phrase])
