"""What an approver is told of a picture: whose it is, and who is shown."""

from datetime import UTC, datetime

import pytest

from moderate.shown_pictures import LICENCES, SHOWN, picture_views
from shared.posts.content import Media
from shared.posts.names import ConsentId, PersonId, PictureId
from shared.posts.pictures import Licence, Picture, Shows
from tests.builders import a_draft, a_picture

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
NAME = PictureId("01J0000000000000000000000A")
PLAIN = {"sha256": "ab", "content_type": "image/png", "width": 9, "height": 9, "size": 9}


def told(**more):
    usual = {"uploaded_by": PersonId("pc-okafor"), "at": NOW, "licence": Licence.OWN}
    picture = Picture(NAME, **{**PLAIN, **usual, **more})
    media = Media(picture.sha256, picture.key, picture.content_type, "A fair.")
    [view] = picture_views(a_draft(media=(media,)), "/approvals/x", {NAME: picture})
    assert (view.alt, view.address) == ("A fair.", "/approvals/x/pictures/1")
    return view.notes


def test_there_are_words_for_every_licence_and_for_whoever_is_shown():
    assert set(LICENCES) == {licence.value for licence in Licence}
    assert set(SHOWN) == {shows.value for shows in Shows}


@pytest.mark.parametrize(
    ("picture", "note"),
    [
        ({"licence": Licence.CC_BY, "source": "https://a.example"}, "BY. https://a.example"),
        ({"shows": Shows.PUBLIC, "consents": (ConsentId("c"),)}, "people who agreed"),
        ({"shows": Shows.PUBLIC, "purpose": "Appeal"}, "not asked, for this purpose: Appeal"),
        ({"ai_generated": True}, "made by a machine"),
        ({"stopped_at": NOW}, "took their consent back"),
    ],
)
def test_what_matters_for_the_decision_is_told(picture, note):
    assert any(note in each for each in told(**picture))


def test_a_picture_that_was_never_uploaded_here_shows_by_its_words_only():
    [view] = picture_views(a_draft(media=(a_picture(),)), "/approvals/x", {})

    assert (view.address, view.notes) == (None, ())
