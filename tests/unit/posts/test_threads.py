"""A thread: several posts where a platform has that, one text elsewhere."""

import pytest

from shared.posts.content import Card, Variant, said_on, whole_text, wordings
from shared.posts.life import Outcome
from shared.posts.threads import (
    MOST_PARTS,
    outcomes_in_order,
    part_of,
    parts_on,
    places,
    spelled,
)
from tests.builders import a_draft, a_picture

PARTS = ("Second.", "Third.")
WHOLE = "First.\n\nSecond.\n\nThird."


def a_thread(**changes):
    return a_draft("First.", **{"platforms": ("sandbox", "facebook"), "thread": PARTS, **changes})


def test_a_platform_with_threads_says_it_part_by_part():
    said = parts_on(a_thread(), "sandbox")

    assert [each.text for each in said] == ["First.", *PARTS]
    assert {each.thread for each in said} == {()}


def test_a_platform_without_threads_says_it_as_one_text():
    [said] = parts_on(a_thread(), "facebook")

    assert said.text == WHOLE == said_on(a_thread(), "facebook").text


def test_words_for_one_platform_stand_for_the_whole_thread():
    draft = a_thread(variants=(Variant("sandbox", "In short."),))

    assert [each.text for each in parts_on(draft, "sandbox")] == ["In short."]


def test_pictures_and_card_belong_to_the_first_part():
    draft = a_thread(media=(a_picture(),), card=Card("https://force.example/1", "One"))
    first, *others = parts_on(draft, "sandbox")

    assert (first.media, first.card) == (draft.media, draft.card)
    assert {(each.media, each.card) for each in others} == {((), None)}


def test_what_is_no_thread_is_one_part_and_one_place():
    draft = a_draft("Open.", platforms=("x", "facebook"))

    assert parts_on(draft, "x") == (said_on(draft, "x"),)
    assert places(draft) == (("x", 1), ("facebook", 1))
    assert whole_text(draft) == "Open."


def test_every_part_on_every_platform_is_a_place():
    expected = (("sandbox", 1), ("sandbox", 2), ("sandbox", 3), ("facebook", 1))

    assert places(a_thread()) == expected


@pytest.mark.parametrize("platform", ["bluesky", "viva-engage"])
@pytest.mark.parametrize("part", [1, 2, MOST_PARTS])
def test_a_place_is_read_as_it_was_spelled(platform, part):
    assert part_of(spelled(platform, part)) == (platform, part)


def test_the_first_part_is_spelled_as_a_post_without_others():
    assert (spelled("bluesky", 1), spelled("bluesky", 2)) == ("bluesky", "bluesky#2")


def test_every_part_and_all_of_it_are_wordings():
    assert wordings(a_thread()) == (
        ("First.", ("sandbox",)),
        ("Second.", ("sandbox",)),
        ("Third.", ("sandbox",)),
        (WHOLE, ("facebook",)),
    )
    assert wordings(a_thread(platforms=("sandbox",)))[-1] == (WHOLE, ())


SENT, FAILED, GONE = Outcome.SENT, Outcome.FAILED, Outcome.WITHDRAWN
ORDERS = [
    ("all sent", [SENT, SENT, SENT], [SENT, SENT, SENT]),
    ("nobody came to the third", [SENT, SENT, None], [SENT, SENT, None]),
    ("the second failed", [SENT, FAILED, None], [SENT, FAILED, FAILED]),
    ("the first was taken away", [GONE, None, None], [GONE, FAILED, FAILED]),
    ("the second is unknown", [SENT, Outcome.UNCERTAIN, None], [SENT, Outcome.UNCERTAIN, None]),
]


@pytest.mark.parametrize(("why", "found", "known"), ORDERS)
def test_behind_what_failed_or_is_gone_nothing_is_unknown(why, found, known):
    assert outcomes_in_order(found) == known, why
