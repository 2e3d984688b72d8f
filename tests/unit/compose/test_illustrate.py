"""Pictures in a draft: what may be shown, and what everything else is told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from compose.illustrate import Album, illustrated
from compose.wishes import PictureWish, wishes_of
from shared.http.fields import Fields
from shared.http.problems import InvalidFieldsError
from shared.posts.consents import Consent, ConsentKind, Withdrawal
from shared.posts.errors import InvalidDraftError
from shared.posts.names import ConsentId, PersonId, PictureId, PlatformName
from shared.posts.pictures import LONGEST_ALT, Licence, Picture, Shows
from shared.records.pictures import Kept
from tests.builders import a_draft

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = NOW.date()
PC = PersonId("p-officer")
C1 = ConsentId("c1")
FORM = Consent(C1, ConsentKind.FORM, "The fair", TODAY, PC, NOW, countersigned_at=NOW)
BACK = Withdrawal(PC, NOW, "Rang")


def an_id(number):
    return PictureId(f"01J0000000000000000000000{number}")


def a_picture(number=1, **more):
    usual = {"licence": Licence.OWN, "content_type": "image/jpeg"}
    told = {"sha256": "ab", "width": 9, "height": 9, "size": 9, "uploaded_by": PC, "at": NOW}
    return Picture(an_id(number), **{**usual, **told, **more})


class Several:
    """Rows by their key, as far as they are there."""

    def __init__(self, rows):
        self.rows = rows

    def several(self, keys):
        return {key: self.rows[key] for key in keys if key in self.rows}


def an_album(*pictures, consents=(FORM,)):
    kept = {each.picture_id: Kept(each, frozenset()) for each in pictures}
    return Album(Several(kept), Several({each.consent_id: each for each in consents}))


def wishes(*numbers, alt="A lorry."):
    return tuple(PictureWish(an_id(number), alt) for number in numbers)


def shown(*wanted, album, today=TODAY, **draft):
    draft = {"platforms": (PlatformName("sandbox"),), **draft}
    return illustrated(a_draft(**draft), wanted, album, today)


def refused(*wanted, album, **more):
    with pytest.raises(InvalidDraftError) as error:
        shown(*wanted, album=album, **more)
    assert error.value.field == "pictures"
    return str(error.value)


def test_a_draft_without_pictures_asks_nobody():
    assert shown(album=None).media == ()


def test_what_a_picture_is_and_where_it_lies_is_filled_in():
    credit = "Photo: Ada Lea, CC BY 4.0"
    album = an_album(a_picture(licence=Licence.CC_BY, credit=credit))

    [media] = shown(*wishes(1), album=album).media

    assert media.key == f"pictures/{an_id(1)}.jpg"
    assert (media.sha256, media.content_type, media.alt) == ("ab", "image/jpeg", "A lorry.")
    assert media.credit == credit


def test_people_who_were_not_asked_are_told_to_the_check():
    album = an_album(a_picture(shows=Shows.PUBLIC, purpose="Appeal"), a_picture(2))

    assert [m.unasked for m in shown(*wishes(1, 2), album=album).media] == [True, False]


@pytest.mark.parametrize(
    ("consents", "today", "why"),
    [
        ((replace(FORM, countersigned_at=None),), TODAY, "ask an inspector"),
        ((replace(FORM, withdrawal=BACK),), TODAY, "took their consent back"),
        ((FORM,), date(2029, 11, 20), "ask for a new one"),
        ((), TODAY, "ask for a new one"),
    ],
)
def test_a_picture_whose_consent_is_not_good_is_refused(consents, today, why):
    album = an_album(a_picture(shows=Shows.PUBLIC, consents=(C1,)), consents=consents)

    assert why in refused(*wishes(1), album=album, today=today)


def test_a_picture_that_was_stopped_stays_so_whatever_was_agreed_since():
    album = an_album(a_picture(stopped_at=NOW, consents=(C1,), shows=Shows.PUBLIC))

    assert "took their consent back" in refused(*wishes(1), album=album)


def test_everything_wrong_is_told_at_once():
    album = an_album(a_picture(1), a_picture(2))
    long = PictureWish(an_id(2), "a" * (LONGEST_ALT + 1))

    told = refused(*wishes(1), *wishes(1, 3, alt=""), long, album=album)

    assert "Picture 2 is in the post already." in told
    assert "Say what picture 2 shows" in told
    assert "Picture 3 is not there" in told
    assert "in 1,500 characters at most" in told


@pytest.mark.parametrize(
    ("platform", "number", "why"),
    [("bluesky", 5, "4 pictures at most"), ("viva-engage", 1, "carries no attachments")],
)
def test_what_a_platform_does_not_take_is_refused_beforehand(platform, number, why):
    album = an_album(*map(a_picture, range(number)))

    told = refused(*wishes(*range(number)), album=album, platforms=(PlatformName(platform),))

    assert why in told


@pytest.mark.parametrize(
    "sent",
    [
        [{"id": 7, "alt": "A lorry."}],
        [{"alt": "A lorry."}],
        [{"id": "x", "alt": 7}],
        [{"id": "x", "alt": "A lorry.", "key": "pictures/x.jpg"}],
        [{"id": "x", "alt": "\x00"}],
        [{"id": "x", "alt": "\ud800"}],
        ["x"],
        "x",
        [{"id": "x", "alt": "A"}] * 21,
    ],
)
def test_wishes_in_another_shape_are_refused(sent):
    fields = Fields({"pictures": sent})
    wishes_of(fields)

    with pytest.raises(InvalidFieldsError):
        fields.done()


@pytest.mark.parametrize("sent", [{}, {"pictures": None}, {"pictures": []}])
def test_a_post_may_have_no_pictures(sent):
    fields = Fields(sent)

    assert wishes_of(fields) == ()
    fields.done()


def a_film(number=1, **more):
    return a_picture(number, content_type="video/mp4", size=9_000_000, milliseconds=2_000, **more)


def test_a_video_brings_its_size_and_length_for_the_check_and_not_for_the_hash():
    draft = shown(*wishes(1), album=an_album(a_film()))

    [media] = draft.media
    assert (media.is_video, media.size, media.milliseconds) == (True, 9_000_000, 2_000)
    assert media.key.endswith(".mp4")


def test_a_video_for_a_platform_without_videos_is_refused_with_what_to_do():
    told = refused(*wishes(1), album=an_album(a_film()), platforms=(PlatformName("facebook"),))

    assert "post a picture and a link to the video" in told


def test_a_video_without_words_is_asked_what_is_seen_and_heard():
    assert "seen and heard" in refused(*wishes(1, alt=""), album=an_album(a_film()))


def test_a_video_with_a_picture_beside_it_is_refused():
    album = an_album(a_film(1), a_picture(2))

    assert "nothing beside it" in refused(*wishes(1, 2), album=album)
