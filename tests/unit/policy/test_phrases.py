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


@pytest.mark.parametrize("phrase", ["a " * 13, " ".join(["a/b/c/d/e/f/g/h"] * 5)])
def test_a_phrase_that_would_take_too_long_to_learn_is_refused(phrase):
    with pytest.raises(ValueError, match="too many words to choose from"):
        Phrases([phrase])


def apart(phrases, text):
    words = Words(text)
    found = Phrases(phrases).find_apart(words)
    return [text[slice(*words.span(one.first, one.last))] for one in found]


@pytest.mark.parametrize(
    ("phrases", "text", "expected", "why"),
    [
        (["not for"], "Not for me, not for you.", ["Not for", "not for"], "every place"),
        (["not for", "for you"], "not for you", ["not for"], "none within another"),
        (["a b", "b"], "a b b", ["a b", "b"], "but one behind another"),
        (["not for"], "a nice day", [], "nowhere"),
        (["not for"], "not " * 201 + "for", [], "behind more beginnings than any post has"),
        (["not for"], "not " * 199 + "not for", ["not for"], "behind as many as a post may have"),
        (["not for"], "", [], "nothing"),
    ],
)
def test_phrases_apart_are_told_once_each(phrases, text, expected, why):
    assert apart(phrases, text) == expected, why
