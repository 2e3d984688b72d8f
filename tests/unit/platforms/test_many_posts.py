"""A list proves what it shows; whatever it leaves out is asked for by itself."""

import pytest

from shared.platforms.base import RefusedError, SignInError
from shared.platforms.many_posts import one_by_one, together
from shared.platforms.reading import Shown

FIVE = [(f"p{number}", f"Words {number}") for number in range(5)]


class Platform:
    """Shows what stands; `listed` is what its lists have of that, `refuses` what they end in."""

    def __init__(self, stands=(), listed=None, refuses=None):
        self.stands = set(stands)
        self.listed = self.stands if listed is None else set(listed)
        self.refuses, self.asked = refuses, []

    def one(self, name, sent):
        self.asked.append(name)
        return a_shown(sent) if name in self.stands else None

    def told(self, posts):
        self.asked.append([name for name, _ in posts])
        if self.refuses:
            raise self.refuses
        return {name: a_shown(sent) for name, sent in posts if name in self.listed}

    def look(self, posts=FIVE, at_once=10):
        shown = together(posts, self.one, self.told, at_once)
        return [each.text if each else None for each in shown]


def a_shown(text):
    return Shown(text, "https://social.example/1", None)


def test_what_one_answer_shows_is_not_asked_for_again():
    platform = Platform(stands=dict(FIVE))

    assert platform.look() == [text for _, text in FIVE]
    assert platform.asked == [["p0", "p1", "p2", "p3", "p4"]]


def test_what_a_list_leaves_out_is_gone_only_where_a_look_at_it_alone_says_so():
    platform = Platform(stands={"p0", "p1", "p3"}, listed={"p0", "p3"})

    assert platform.look() == ["Words 0", "Words 1", None, "Words 3", None]
    assert platform.asked[1:] == ["p1", "p2", "p4"]


def test_an_empty_answer_makes_nothing_gone():
    platform = Platform(stands=dict(FIVE), listed=())

    assert platform.look() == [text for _, text in FIVE]


def test_no_more_are_asked_for_in_one_answer_than_the_platform_takes():
    platform = Platform(stands=dict(FIVE))

    platform.look(at_once=2)

    assert platform.asked == [["p0", "p1"], ["p2", "p3"], "p4"]


def test_the_next_are_not_asked_for_before_it_is_their_turn():
    platform = Platform(stands=dict(FIVE))
    shown = together(FIVE, platform.one, platform.told, 2)

    next(shown)

    assert platform.asked == [["p0", "p1"]]


def test_a_platform_that_refuses_to_tell_several_is_asked_one_by_one():
    platform = Platform(stands={"p1"}, refuses=RefusedError("There is no such list."))

    assert platform.look(FIVE[:2]) == [None, "Words 1"]


def test_keys_that_are_no_good_end_the_look():
    platform = Platform(refuses=SignInError("Sign in again."))

    with pytest.raises(SignInError):
        platform.look()
    assert len(platform.asked) == 1


def test_one_by_one_each_is_asked_for_when_it_is_its_turn():
    platform = Platform(stands=dict(FIVE))
    shown = one_by_one(FIVE, platform.one)

    assert next(shown) == a_shown("Words 0")
    assert platform.asked == ["p0"]
