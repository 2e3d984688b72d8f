"""What each platform makes of a text: links, mentions, hashtags, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.posts.looks import Sign, marks
from shared.posts.names import PlatformName
from tests.clocks import best_of_three

EVERYWHERE = ("x", "bluesky", "mastodon", "facebook", "linkedin", "viva-engage", "feed", "sandbox")


def made(text, platform):
    found = marks(text, PlatformName(platform))
    return [(text[mark.start : mark.end], mark.sign.value) for mark in found]


MADE = [
    # the text, the platform, what becomes of it
    ("See https://gov.uk/a.", "x", [("https://gov.uk/a", "link")]),
    ("See https://gov.uk/a.", "mastodon", [("https://gov.uk/a", "link")]),
    ("See https://gov.uk/a.", "bluesky", [("https://gov.uk/a", "link")]),
    ("See gov.uk/a.", "x", [("gov.uk/a", "link")]),
    ("See gov.uk/a.", "bluesky", [("gov.uk/a", "link")]),
    ("See gov.uk/a.", "mastodon", []),
    ("Thanks @LeekPolice!", "x", [("@LeekPolice", "mention")]),
    ("Thanks @LeekPolice!", "mastodon", [("@LeekPolice", "mention")]),
    ("Thanks @leek@police.example!", "mastodon", [("@leek@police.example", "mention")]),
    ("Thanks @LeekPolice!", "bluesky", []),
    ("Thanks @LeekPolice!", "facebook", []),
    ("Write to leek@police.example", "mastodon", []),
    ("#Leek #2026 #Llŷn2", "x", [("#Leek", "hashtag"), ("#Llŷn2", "hashtag")]),
    ("#Leek #2026", "bluesky", [("#Leek", "hashtag")]),
    ("https://gov.uk/#part", "x", [("https://gov.uk/#part", "link")]),
    ("a&#b c#d", "x", []),
]


@pytest.mark.parametrize(("text", "platform", "expected"), MADE)
def test_what_becomes_of_the_words(text, platform, expected):
    assert made(text, platform) == expected


@given(st.text(alphabet="@#.:/ aé_1👮ＡＢ\u200b\n", max_size=60), st.sampled_from(EVERYWHERE))
def test_marks_stand_in_order_and_never_overlap(text, platform):
    last = 0
    for mark in marks(text, PlatformName(platform)):
        assert last <= mark.start < mark.end <= len(text)
        assert mark.sign in Sign
        last = mark.end


HOSTILE = ["#a ", "@a ", "a.a.", "#", "@", "#_", "@a@a.a.", "https://", "#é", "@a_"]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("platform", ["x", "mastodon", "facebook"])
def test_four_times_a_hostile_text_costs_about_four_times_the_work(piece, platform):
    short = piece * (15_000 // len(piece))
    once, more = (
        best_of_three(lambda text=text: marks(text, PlatformName(platform)))
        for text in (short, short * 4)
    )

    assert more < 10 * once + 0.01
