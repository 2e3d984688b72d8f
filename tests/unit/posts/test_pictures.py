"""What has to be said of a picture, and what is owed for it."""

import pytest

from shared.posts.content import Media
from shared.posts.credits import uncredited
from shared.posts.names import ConsentId, PictureId
from shared.posts.picture_keys import picture_named_by, pictures_of
from shared.posts.pictures import (
    Licence,
    Origin,
    Shows,
    key_of,
    origin_faults,
)

LEA = "Photo: Ada Lea, CC BY 4.0"
ONE = (ConsentId("01J0000000000000000000000A"),)
GOOD = [
    Origin(Licence.OWN),
    Origin(Licence.PUBLIC_DOMAIN, source="The county archive"),
    Origin(Licence.PERMISSION, source="The owner, by letter"),
    Origin(Licence.CC_BY, source="https://pictures.example", credit=LEA),
    Origin(Licence.OWN, shows=Shows.PUBLIC, consents=ONE),
    Origin(Licence.OWN, shows=Shows.PUBLIC, purpose="Appeal for a missing person"),
    Origin(Licence.OWN, shows=Shows.STAFF, consents=ONE),
]
WRONG = [
    (Origin(Licence.PUBLIC_DOMAIN), {"source"}),
    (Origin(Licence.CC_BY), {"source", "credit"}),
    (Origin(Licence.CC_BY_NC, source="There", credit=" "), {"credit"}),
    (Origin(Licence.OPEN_GOVERNMENT, source="There", credit="Two\nlines"), {"credit"}),
    (Origin(Licence.OWN, consents=ONE), {"shows"}),
    (Origin(Licence.OWN, purpose="Appeal"), {"shows"}),
    (Origin(Licence.OWN, shows=Shows.STAFF), {"consents"}),
    (Origin(Licence.OWN, shows=Shows.STAFF, purpose="Appeal"), {"consents"}),
    (Origin(Licence.OWN, shows=Shows.PUBLIC), {"consents"}),
    (Origin(Licence.OWN, shows=Shows.PUBLIC, consents=ONE, purpose="Appeal"), {"purpose"}),
]


@pytest.mark.parametrize("origin", GOOD)
def test_enough_is_said(origin):
    assert list(origin_faults(origin)) == []


@pytest.mark.parametrize(("origin", "fields"), WRONG)
def test_what_is_still_to_be_said_is_told_by_field(origin, fields):
    found = list(origin_faults(origin))

    assert {field for field, _ in found} == fields
    assert all(sentence.endswith((".", "”.")) for _, sentence in found)


@pytest.mark.parametrize(
    ("owed", "text", "missing"),
    [
        ((LEA,), f"A bridge. {LEA}", ()),
        ((LEA,), f"A bridge.\n{LEA.upper().replace(' ', '  ')}", ()),
        ((LEA, LEA, ""), "A bridge.", (LEA,)),
        ((LEA,), "Photo: Ada Lea", (LEA,)),
        ((), "A bridge.", ()),
    ],
)
def test_a_credit_is_found_whatever_its_case_and_blanks(owed, text, missing):
    assert uncredited(owed, text) == missing


def test_a_video_is_named_and_kept_as_a_picture_is():
    name = PictureId("01J0000000000000000000000A")

    assert picture_named_by(key_of(name, "video/mp4")) == name


def test_only_keys_of_our_own_name_a_picture():
    name = "01J0000000000000000000000A"
    ours = Media("ab", f"pictures/{name}.jpg", "image/jpeg", "")
    others = [
        Media("ab", key, "image/jpeg", "") for key in ("", "media/ab", f"pictures/{name}.gif")
    ]

    assert picture_named_by(ours.key) == name
    assert pictures_of([*others, ours, ours]) == (name,)
