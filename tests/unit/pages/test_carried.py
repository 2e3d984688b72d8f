"""Beside the choice of platforms stands what each of them carries."""

import pytest

from shared.pages.carried import carried
from shared.posts.capabilities import ALL
from shared.posts.names import PlatformName


@pytest.mark.parametrize("platform", ALL)
def test_every_platform_has_something_to_say_in_whole_sentences(platform):
    sentences = carried(platform)

    assert sentences
    assert all(sentence.endswith(".") for sentence in sentences)


def test_pictures_come_with_how_many_and_how_they_are_described():
    assert carried(PlatformName("x"))[0] == (
        "Up to 4 pictures, each described in 1,000 characters at most."
    )


def test_a_platform_without_pictures_says_what_to_do_instead():
    assert "link to the picture" in carried(PlatformName("viva-engage"))[0]
