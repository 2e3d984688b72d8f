"""The words of a reminder, filled for each date."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.posts.placeholders import clock_words, filled, placeholders_in, wrong_placeholder
from shared.posts.reminders import DaysBefore, Rule, Weekly, occurrences

RULE = Rule(
    Weekly(frozenset({1})),
    date(2026, 11, 24),
    date(2026, 11, 24),
    time(18),
    DaysBefore(1, time(17)),
    time(19, 30),
)
[TUESDAY] = occurrences(RULE, date(2026, 11, 1), date(2026, 11, 30))


def test_every_placeholder_is_filled_for_the_date():
    words = "Meet us on {day} {date}, {time}, at {place}. {day}!"

    assert filled(words, TUESDAY, "Leek Library") == (
        "Meet us on Tuesday 24 November, 6pm to 7:30pm, at Leek Library. Tuesday!"
    )


def test_an_event_without_an_end_only_says_when_it_begins():
    [open_ended] = occurrences(
        Rule(**{**vars(RULE), "ends": None}), date(2026, 11, 1), date(2026, 11, 30)
    )

    assert filled("{time}", open_ended, "") == "6pm"


def test_what_a_place_is_called_fills_nothing():
    assert filled("At {place}.", TUESDAY, "{day} House {") == "At {day} House {."


@pytest.mark.parametrize("text", ["{when}", "{Date}", "{ date}", "{}", "{dat}", "{date.year}"])
def test_an_unknown_placeholder_is_refused_with_a_sentence(text):
    sentence = wrong_placeholder(f"Come on {{day}} {text}!")

    assert sentence is not None
    assert text in sentence
    assert "{date}, {day}, {time} or {place}" in sentence


@pytest.mark.parametrize("text", ["No braces.", "{", "} {", "{day\n}", "{date} :-}"])
def test_braces_that_enclose_nothing_are_words_like_others(text):
    assert wrong_placeholder(text) is None


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (time(0), "midnight"),
        (time(0, 5), "12:05am"),
        (time(9), "9am"),
        (time(12), "midday"),
        (time(12, 30), "12:30pm"),
        (time(18), "6pm"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_a_time_is_said_as_people_say_it(clock, words):
    assert clock_words(clock) == words


@given(st.text())
def test_any_text_is_filled_or_told_of(text):
    if wrong_placeholder(text) is None:
        done = filled(text, TUESDAY, "here")
        assert len(placeholders_in(text)) > 0 or done == text
