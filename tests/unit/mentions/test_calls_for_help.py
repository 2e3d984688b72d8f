"""Who cries for help is heard, in English and Welsh; what everybody says every day is not."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mentions.calls_for_help import READ, calls_for_help

CALLS = (
    "Help me please, he's outside",
    "can someone help me im stuck in the lift",
    "please help us",
    "he’s hitting me",
    "There is a man with a knife outside the Co-op",
    "theres a lad in the park with a machete",
    "I can't breathe",
    "I want to die",
    "I'm going to kill myself",
    "someone is breaking into my neighbour's shed",
    "They are trying to break in",
    "My son has gone missing",
    "my daughter is missing since lunch",
    "I've been robbed on the High Street",
    "I was attacked last night and nobody answers",
    "we need police now",
    "NEED THE POLICE HERE QUICKLY!!!",
    "send police to Mill Lane",
    "I can't talk, can't ring 999",
    "999 not answering",
    "he has a knife",
    "my husband threatens me",
    "I am being followed",
    "our house is on fire",
    "she's not breathing",
    "hеlp me plеase",  # with Cyrillic letters
    "Helpwch fi plis",
    "Dwi angen yr heddlu rŵan",
    "Mae rhywun yn torri i mewn i dŷ drws nesaf",
    "Mae o'n fy nharo i",
    "mae ganddo fo gyllell",
    "mae gan y dyn gyllell",
    "dwi isio marw",
    "Mae fy mab ar goll ers bore",
    "Mae'r tŷ ar dân",
    "ddim yn anadlu",
    "Plîs helpwch",
    "anfonwch yr heddlu i'r stryd fawr",
    "dwi'n cael fy nilyn",
    "lladd fy hun",
)

EVERYDAY = (
    "",
    "Thank you for your help yesterday",
    "Great work by the team, help is at hand",
    "Can anyone help me find the opening hours?",
    "Could somebody help me understand the new parking rules?",
    "Please ring 101 if you saw it",
    "If you are being followed ring 999",
    "In an emergency dial 999",
    "I watched 999 What's Your Emergency last night",
    "died laughing at this",
    "I want to die laughing",
    "When is the next surgery?",
    "The knife surrender bin is full",
    "He was jailed for carrying a knife",
    "Lovely to meet PC Hollin at the fete",
    "How do I report lost keys?",
    "My cat is missing",
    "Do I need a police check for this job?",
    "The team is on fire tonight",
    "Diolch am eich help",
    "Sut alla i helpu?",
    "Pryd mae'r orsaf ar agor?",
    "Os ydych chi angen yr heddlu ffoniwch 101",
    "Mae ci ar goll yn y pentref",
)


@pytest.mark.parametrize("text", CALLS)
def test_a_call_for_help_is_recognised(text):
    assert calls_for_help(text)


@pytest.mark.parametrize("text", EVERYDAY)
def test_what_only_sounds_like_one_is_none(text):
    assert calls_for_help(text) == ""


@given(
    st.sampled_from(CALLS),
    st.text(string.ascii_lowercase[-3:] + " ", max_size=60),
    st.text(string.ascii_lowercase[-3:] + " \n.", max_size=60),
    st.booleans(),
)
def test_neither_capitals_nor_what_stands_around_it_hides_a_call(call, before, after, loud):
    text = f"{before}. {call} .{after}"

    assert calls_for_help(text.upper() if loud else text)


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_what_is_found_stands_in_it(text):
    found = calls_for_help(text)

    assert isinstance(found, str)


@pytest.mark.parametrize(
    "piece", ["help ", "is ", "there is ", "i have ", "if you ", "з", "a/b... "]
)
def test_a_text_of_whatever_length_is_read_to_a_limit(piece):
    assert calls_for_help(piece * READ) == ""


def test_a_call_behind_one_that_is_harmless_is_heard_all_the_same():
    text = "Nobody could help me find the way. Now he is hitting me"

    assert calls_for_help(text) == "is hitting me"
