"""What single platforms say instead, and the card of a link: read, and judged before it is sent."""

import pytest

from compose.reading import check_draft, wanted_from_form, wanted_from_json
from compose.shown import typed
from shared.accounts.registry import Handle
from shared.http.problems import InvalidFieldsError
from shared.pages.forms import new_form
from shared.posts.content import Card, Variant
from shared.posts.errors import InvalidDraftError
from shared.posts.names import PlatformName
from tests.builders import NOW, a_draft, a_post, an_account

BODY = {"text": "Open.", "account": "riverside", "platforms": ["bluesky", "x"]}
A34 = {"url": "https://force.example/a34", "title": "The A34", "description": "Open again."}
CARD = Card(**A34)


def wanted(**changes):
    return wanted_from_json({**BODY, **changes}, None).draft


def everywhere():
    names = ("bluesky", "x", "linkedin", "viva-engage")
    return an_account(
        handles=tuple(Handle(PlatformName(n), "@a", "https://a.example") for n in names)
    )


def test_words_are_read_by_platform_and_an_empty_text_is_none():
    draft = wanted(variants={"x": "A34 open.", "bluesky": " \n"})

    assert draft.variants == (Variant("x", "A34 open."),)


def test_a_card_is_read_without_spaces_around_it():
    assert wanted(card={**A34, "title": " The A34 "}).card == CARD
    assert wanted(card={"url": A34["url"], "title": "The A34"}).card == Card(A34["url"], "The A34")
    assert wanted(card=None).card is None


@pytest.mark.parametrize(
    "body",
    [
        {"variants": ["x"]},
        {"variants": {"x": 5}},
        {"variants": {"x": "\ud800"}},
        {"variants": {f"p{n}": "A" for n in range(21)}},
        {"variants": {"x": "A" * 70_001}},
        {"card": "https://force.example"},
        {"card": {"url": "https://force.example"}},
        {"card": {**A34, "thumb": "https://force.example/a.png"}},
        {"card": {**A34, "title": "A" * 201}},
    ],
)
def test_what_cannot_be_read_is_told_of_its_field(body):
    with pytest.raises(InvalidFieldsError) as caught:
        wanted(**body)

    assert {fault.field for fault in caught.value.faults} <= {*body, *A34}


def test_words_for_a_platform_the_post_does_not_go_to_are_not_dropped_silently():
    draft = a_draft(platforms=("x",), variants=(Variant("bluesky", "A34."),))

    with pytest.raises(InvalidDraftError, match="bluesky, and the post does not go there"):
        check_draft(draft, everywhere(), NOW)


@pytest.mark.parametrize(
    "url",
    [
        "http://force.example",
        "https://",
        "https://force",
        "javascript:alert(1)",
        "https://gov.uk@evil.example/",
        "https://force.example/a b",
        "https://[",
    ],
)
def test_a_card_leads_to_a_whole_https_address(url):
    draft = a_draft(platforms=("bluesky",), card=Card(url, "The A34"))

    with pytest.raises(InvalidDraftError, match="https://"):
        check_draft(draft, everywhere(), NOW)


def test_a_card_has_a_title():
    draft = a_draft(platforms=("bluesky",), card=Card(A34["url"], ""))

    with pytest.raises(InvalidDraftError, match="title"):
        check_draft(draft, everywhere(), NOW)


def test_where_no_card_is_shown_the_address_stands_in_the_words():
    bare = a_draft("Open.", platforms=("bluesky", "viva-engage"), card=CARD)
    said = a_draft(f"Open: {CARD.url}", platforms=("bluesky", "viva-engage"), card=CARD)

    with pytest.raises(InvalidDraftError, match="Viva Engage: no card is shown there"):
        check_draft(bare, everywhere(), NOW)
    check_draft(said, everywhere(), NOW)


def test_the_form_says_the_same_as_the_api_and_keeps_all_of_it_in_a_newer_version():
    sent = {
        **{name: [value] for name, value in {"text": "Open.", "account": "riverside"}.items()},
        "platforms": ["bluesky", "x"],
        "variant-x": ["A34\r\nopen."],
        "variant-bluesky": [""],
        "card_url": [A34["url"]],
        "card_title": [A34["title"]],
        "card_text": [A34["description"]],
        "language": ["cy-GB"],
        "submission": ["once"],
    }

    draft = wanted_from_form(new_form(sent)).draft

    assert (draft.variants, draft.card) == ((Variant("x", "A34\nopen."),), CARD)
    assert draft.language == "cy-GB"
    again = typed(a_post(draft=draft))
    assert (again.variants, again.card) == ((("x", "A34\nopen."),), tuple(A34.values()))
    assert again.language == "cy-GB"


def test_a_language_the_form_does_not_offer_is_refused():
    sent = {
        "text": ["A"],
        "account": ["a"],
        "platforms": ["x"],
        "language": ["tlh"],
        "submission": ["1"],
    }

    with pytest.raises(InvalidFieldsError, match="language"):
        wanted_from_form(new_form(sent))
