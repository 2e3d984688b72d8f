"""Links and hashtags: which words are found, and that the byte offsets are theirs."""

import pytest
from hypothesis import given

from shared.platforms.bluesky.facets import LINK, LONGEST_TAG, TAG, facets
from tests.platforms.words import texts


def found(text: str) -> list[tuple[str, str]]:
    """Each facet as (the words it covers, what it leads to)."""
    data = text.encode()
    covered = []
    for facet in facets(text):
        index, (feature,) = facet["index"], facet["features"]
        words = data[index["byteStart"] : index["byteEnd"]].decode()
        covered.append((words, feature.get("uri") or feature["tag"]))
    return covered


LINKS = [
    ("See https://www.gov.uk/x.", [("https://www.gov.uk/x", "https://www.gov.uk/x")]),
    ("HTTP://EXAMPLE.ORG!", [("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG")]),
    ("(https://x.org/a_(b))", [("https://x.org/a_(b)", "https://x.org/a_(b)")]),
    ("“https://x.org/”", [("https://x.org/", "https://x.org/")]),
    ("https://x.org/?a=1&b=ŵ#top, ok", [("https://x.org/?a=1&b=ŵ#top",) * 2]),
    ("日本 https://x.org/路。", [("https://x.org/路", "https://x.org/路")]),
    ("ŵ 👮 staffordshire.police.uk", [("staffordshire.police.uk",) * 1]),
    ("cy.heddlu.uk/a, yma", [("cy.heddlu.uk/a", "https://cy.heddlu.uk/a")]),
    ("bit.ly/2xYz", [("bit.ly/2xYz", "https://bit.ly/2xYz")]),
]


@pytest.mark.parametrize(("text", "expected"), LINKS)
def test_links_are_found_without_the_sentences_own_punctuation(text, expected):
    expected = [pair if len(pair) == 2 else (pair[0], f"https://{pair[0]}") for pair in expected]

    assert found(text) == expected


NO_LINKS = [
    ("Stay safe tonight.We are near", "a missing space is no address"),
    ("Stay safe.Be kind", "nor is one before a capital"),
    ("post@staffordshire.police.uk", "an e-mail address"),
    ("first.last@staffordshire.police.uk", "its first half neither"),
    ("https:// and https://... and http://.uk", "no host"),
    ("7.30pm, v1.2, e.g. this", "numbers and abbreviations"),
    ("xhttps://", "nothing after it"),
    ("file.txt and photo.jpg", "no ending of the web"),
    ("example.community", "a longer word than the ending"),
]


@pytest.mark.parametrize(("text", "why"), NO_LINKS)
def test_what_is_no_link_stays_text(text, why):
    assert found(text) == [], why


TAGS = [
    ("#Stoke", [("#Stoke", "Stoke")]),
    ("ŵ #Stoke!", [("#Stoke", "Stoke")]),
    ("\uff03全角 ok", [("\uff03全角", "全角")]),
    ("(#Leek) “#Stone”", [("#Leek", "Leek"), ("#Stone", "Stone")]),
    ("#DrinkDrive's", [("#DrinkDrive", "DrinkDrive")]),
    ("#101calls #2026", [("#101calls", "101calls")]),
    ("#ŵyl_y_banc", [("#ŵyl_y_banc", "ŵyl_y_banc")]),
    ("#e\u0301te\u0301", [("#e\u0301te\u0301", "e\u0301te\u0301")]),
    ("#👩🏽\u200d🚒", [("#👩🏽\u200d🚒", "👩🏽\u200d🚒")]),
    ("#One #Two", [("#One", "One"), ("#Two", "Two")]),
    ("#" + "x" * LONGEST_TAG, [("#" + "x" * LONGEST_TAG, "x" * LONGEST_TAG)]),
]


@pytest.mark.parametrize(("text", "expected"), TAGS)
def test_hashtags_are_found(text, expected):
    assert found(text) == expected


NO_TAGS = [
    ("#", "nothing after it"),
    ("# Stoke", "a space after it"),
    ("#101", "a number"),
    ("#\ufe0f\u20e3 1\ufe0f\u20e3", "a key on a telephone"),
    ("C#Major x#y", "inside a word"),
    ("&#39;", "an escaped character"),
    ("#" + "x" * (LONGEST_TAG + 1), "longer than a tag may be"),
]


@pytest.mark.parametrize(("text", "why"), NO_TAGS)
def test_what_is_no_hashtag_stays_text(text, why):
    assert found(text) == [], why


def test_a_hash_inside_a_link_is_the_links():
    assert found("https://x.org/#Stoke #Leek") == [
        ("https://x.org/#Stoke", "https://x.org/#Stoke"),
        ("#Leek", "Leek"),
    ]


@given(texts)
def test_offsets_are_in_bytes_in_order_and_cover_what_they_name(text):
    reached = 0
    for facet in facets(text):
        index, (feature,) = facet["index"], facet["features"]
        assert reached <= index["byteStart"] < index["byteEnd"] <= len(text.encode())
        reached = index["byteEnd"]
        words = text.encode()[index["byteStart"] : index["byteEnd"]].decode()
        if feature["$type"] == TAG:
            assert words[0] in "#\uff03"
            assert words[1:] == feature["tag"]
        else:
            assert feature["$type"] == LINK
            assert feature["uri"] in (words, f"https://{words}")
