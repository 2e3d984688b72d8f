"""What each platform can do, said beforehand, and no sentence without a next step."""

import pytest

from shared.policy.pack import BUNDLED
from shared.posts.capabilities import ALL, DEED, TITLES, Can, capabilities
from shared.posts.names import PlatformName


@pytest.mark.parametrize("platform", ALL)
def test_a_platform_says_in_a_whole_sentence_what_it_cannot(platform):
    for what, sentence in ALL[platform].cannot.items():
        assert sentence.startswith(TITLES[platform]), what
        assert sentence.endswith(".")
        assert not ALL[platform].can(what)


@pytest.mark.parametrize("platform", ALL)
def test_a_platform_without_pictures_has_no_limits_for_them(platform):
    here = ALL[platform]

    assert (here.pictures is not None) == here.can(Can.PICTURES)
    assert here.can(Can.ALT_TEXT) == here.can(Can.PICTURES)


@pytest.mark.parametrize("platform", ALL)
def test_a_platform_without_videos_has_no_limits_for_them(platform):
    here = ALL[platform]

    assert (here.videos is not None) == here.can(Can.VIDEO)


def test_every_deed_has_words_and_every_platform_a_title():
    assert set(DEED) == set(Can)
    assert set(TITLES) == set(ALL)


def test_every_platform_of_the_policy_has_its_row():
    import json

    assert set(json.loads(BUNDLED.read_bytes())["limits"]) <= set(ALL)


def test_every_post_can_be_taken_away_wherever_it_went():
    assert [name for name, here in ALL.items() if not here.can(Can.DELETE)] == []


def test_of_a_platform_that_nobody_knows_nothing_is_promised():
    here = capabilities(PlatformName("myspace"))

    assert not any(map(here.can, Can))
    assert "no adapter for myspace" in here.sentence(Can.EDIT)


def test_what_a_platform_can_needs_no_sentence():
    assert capabilities(PlatformName("mastodon")).sentence(Can.EDIT) == ""


def test_the_description_of_the_api_names_every_deed():
    import json
    from pathlib import Path

    import shared.http

    described = json.loads((Path(shared.http.__file__).parent / "openapi.json").read_text())
    shape = described["components"]["schemas"]["Platform"]["properties"]

    assert shape["can"]["items"]["enum"] == [what.value for what in Can]
    named = shape["cannot"]["items"]["properties"]["what"]["enum"]
    assert named == [what.value for what in Can]
