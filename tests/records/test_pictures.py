"""Pictures and consents as they are kept: what cannot happen even when two act at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shared.posts.consents import MOST_PICTURES, Consent, ConsentKind, Withdrawal
from shared.posts.content import Media, content_hash
from shared.posts.names import ConsentId, PersonId, PictureId, PostId
from shared.posts.pictures import Licence, Picture, Shows
from shared.records.consents import Consents
from shared.records.errors import (
    AlreadyExistsError,
    ChangedError,
    InvalidCursorError,
    NotFoundError,
    StoppedPictureError,
)
from shared.records.pen import ulid
from shared.records.picture_uses import using
from shared.records.pictures import Pictures
from shared.records.posts import Posts
from shared.records.transaction import commit
from tests.builders import a_pen, a_post, an_act

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OFFICER = PersonId("PC1")
POST = PostId("01POST1")


def an_id(number, kind=PictureId):
    return kind(ulid(NOW + timedelta(seconds=number), number.to_bytes(10, "big")))


def a_picture(number=1, **more):
    told = {
        "sha256": "ab" * 32,
        "content_type": "image/jpeg",
        "width": 640,
        "height": 480,
        "size": 70_000,
        "uploaded_by": OFFICER,
        "at": NOW,
        "licence": Licence.OWN,
    }
    return Picture(an_id(number), **{**told, **more})


def a_consent(number=1, **more):
    told = {
        "kind": ConsentKind.FORM,
        "purpose": "The summer fair",
        "given_on": date(2026, 11, 19),
        "obtained_by": OFFICER,
        "recorded_at": NOW + timedelta(seconds=number),
        "reference": "CF/2026/17",
    }
    return Consent(an_id(number, ConsentId), **{**told, **more})


def media(picture):
    return Media(picture.sha256, picture.key, picture.content_type, "A fair")


@pytest.fixture
def pictures(store):
    return Pictures(store, a_pen())


@pytest.fixture
def consents(store):
    return Consents(store, a_pen())


def withdrawn(consent, at=NOW):
    return replace(consent, withdrawal=Withdrawal(OFFICER, at, "rang us"))


def test_a_picture_comes_back_as_it_was_kept(pictures):
    picture = a_picture(
        content_type="image/png",
        licence=Licence.CC_BY,
        source="https://pictures.example/7",
        credit="Photo: Ada Lea, CC BY 4.0",
        ai_generated=True,
    )

    pictures.keep(picture, an_act())

    assert pictures.get(picture.picture_id) == picture
    assert pictures.kept(picture.picture_id).posts == frozenset()


def test_a_picture_is_kept_once(pictures):
    pictures.keep(a_picture(), an_act())

    with pytest.raises(AlreadyExistsError):
        pictures.keep(a_picture(), an_act())


def test_a_picture_that_is_not_there_is_not_found(pictures):
    with pytest.raises(NotFoundError):
        pictures.get(an_id(404))


def test_where_a_picture_is_used_is_noted_once(store, pictures):
    pictures.keep(a_picture(), an_act())
    one, two = PostId("01POST1"), PostId("01POST2")

    for post in (one, two, one):
        commit(store.connection, using(store, [media(a_picture())], post))

    assert pictures.kept(a_picture().picture_id).posts == {one, two}


def test_what_is_not_there_cannot_be_used(store, pictures):
    with pytest.raises(NotFoundError):
        commit(store.connection, using(store, [media(a_picture(404))], PostId("01POST1")))


def test_somebodys_pictures_are_listed_newest_first_by_cursor(pictures):
    for number in range(5):
        pictures.keep(a_picture(number), an_act())
    pictures.keep(a_picture(9, uploaded_by=PersonId("PC2")), an_act())

    first = pictures.by_uploader(OFFICER, limit=3)
    rest = pictures.by_uploader(OFFICER, first.cursor, limit=3)

    assert [p.picture_id for p in first.entries] == [an_id(n) for n in (4, 3, 2)]
    assert [p.picture_id for p in rest.entries] == [an_id(n) for n in (1, 0)]
    assert rest.cursor is None
    with pytest.raises(InvalidCursorError):
        pictures.by_uploader(OFFICER, "nonsense!")


def test_a_consent_comes_back_as_it_was_recorded(consents):
    consent = a_consent(guardian=True)

    consents.record(consent, an_act())

    assert consents.get(consent.consent_id) == consent
    with pytest.raises(AlreadyExistsError):
        consents.record(consent, an_act())


def test_a_consent_knows_the_pictures_it_was_given_for(pictures, consents):
    consents.record(a_consent(), an_act())
    shown = a_picture(shows=Shows.PUBLIC, consents=(a_consent().consent_id,))

    pictures.keep(shown, an_act())

    assert consents.get(a_consent().consent_id).pictures == {shown.picture_id}


def test_consents_that_are_disposed_of_by_a_day_are_found_the_first_to_end_first(consents):
    later, sooner, other = (
        a_consent(number, given_on=day)
        for number, day in enumerate((date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 3)))
    )
    for each in (later, sooner, other):
        consents.record(each, an_act())

    assert consents.ending(date(2029, 3, 2)) == (sooner, later)
    assert consents.ending(date(2029, 2, 28)) == ()


def test_a_consent_is_countersigned_once(consents):
    before = a_consent()
    consents.record(before, an_act())
    after = replace(before, countersigned_by=PersonId("INSP1"), countersigned_at=NOW)

    consents.countersign(before, after, an_act())

    assert consents.get(before.consent_id) == after
    with pytest.raises(ChangedError):
        consents.countersign(before, after, an_act())


def test_taking_a_consent_back_stops_its_pictures_and_no_other(store, pictures, consents):
    consents.record(a_consent(), an_act())
    for number in (1, 2):
        shown = a_picture(number, shows=Shows.PUBLIC, consents=(a_consent().consent_id,))
        pictures.keep(shown, an_act())
    pictures.keep(a_picture(3), an_act())
    before = consents.get(a_consent().consent_id)

    consents.withdraw(before, withdrawn(before), an_act())

    assert [pictures.get(an_id(n)).stopped_at is not None for n in (1, 2, 3)] == [True, True, False]
    with pytest.raises(StoppedPictureError):
        commit(store.connection, using(store, [media(a_picture(3)), media(a_picture(1))], POST))
    assert pictures.kept(an_id(3)).posts == frozenset()


def test_no_picture_is_kept_by_a_consent_that_was_taken_back(pictures, consents):
    before = a_consent()
    consents.record(before, an_act())
    consents.withdraw(before, withdrawn(before), an_act())

    with pytest.raises(ChangedError):
        pictures.keep(a_picture(consents=(before.consent_id,), shows=Shows.PUBLIC), an_act())
    with pytest.raises(ChangedError):
        pictures.keep(a_picture(consents=(ConsentId("none"),), shows=Shows.PUBLIC), an_act())


def test_a_consent_that_got_another_picture_meanwhile_is_not_taken_back_by_the_old_list(
    pictures, consents
):
    before = a_consent()
    consents.record(before, an_act())
    pictures.keep(a_picture(consents=(before.consent_id,), shows=Shows.PUBLIC), an_act())

    with pytest.raises(ChangedError):
        consents.withdraw(before, withdrawn(before), an_act())
    assert pictures.get(a_picture().picture_id).stopped_at is None


def test_a_consent_takes_as_many_pictures_as_can_be_stopped_at_once(pictures, consents):
    consents.record(a_consent(), an_act())
    several = [
        a_picture(number, shows=Shows.PUBLIC, consents=(a_consent().consent_id,))
        for number in range(MOST_PICTURES + 1)
    ]
    for picture in several[:-1]:
        pictures.keep(picture, an_act())

    with pytest.raises(ChangedError):
        pictures.keep(several[-1], an_act())
    before = consents.get(a_consent().consent_id)
    consents.withdraw(before, withdrawn(before), an_act())

    assert all(pictures.get(p.picture_id).stopped_at for p in several[:-1])


def test_a_member_of_staff_may_agree_anew_and_nobody_else(consents):
    form, own = a_consent(1), a_consent(2, kind=ConsentKind.STAFF)
    for consent in (form, own):
        consents.record(consent, an_act())
        consents.withdraw(consent, withdrawn(consent), an_act())

    consents.record(own, an_act())

    assert consents.get(own.consent_id).withdrawal is None
    with pytest.raises(AlreadyExistsError):
        consents.record(form, an_act())


def test_consents_are_listed_newest_first_by_cursor(consents):
    for number in range(4):
        consents.record(a_consent(number), an_act())

    first = consents.all(limit=3)
    rest = consents.all(first.cursor, limit=3)

    assert [c.consent_id for c in (*first.entries, *rest.entries)] == [
        an_id(n, ConsentId) for n in (3, 2, 1, 0)
    ]
    assert rest.cursor is None


def test_a_consent_vanishes_after_three_years(store, consents):
    consents.record(a_consent(given_on=date(2028, 2, 29)), an_act())

    row = store.consents.get(a_consent().consent_id)

    assert row.ttl == datetime(2031, 3, 1, tzinfo=UTC)


def test_a_post_is_not_kept_with_a_picture_that_was_stopped(store, pictures, consents):
    consents.record(a_consent(), an_act())
    pictures.keep(a_picture(shows=Shows.PUBLIC, consents=(a_consent().consent_id,)), an_act())
    before = consents.get(a_consent().consent_id)
    consents.withdraw(before, withdrawn(before), an_act())
    posts = Posts(store, a_pen())
    draft = replace(a_post().draft, media=(media(a_picture()),))
    post = replace(a_post(), draft=draft, content_hash=content_hash(draft))

    with pytest.raises(StoppedPictureError):
        posts.submit(post, an_act())
    assert posts.history(post.post_id) == ()


def test_a_post_that_is_kept_is_noted_beside_its_pictures(store, pictures):
    pictures.keep(a_picture(), an_act())
    draft = replace(a_post().draft, media=(media(a_picture()),))
    post = replace(a_post(), draft=draft, content_hash=content_hash(draft))

    Posts(store, a_pen()).submit(post, an_act())

    assert pictures.kept(a_picture().picture_id).posts == {post.post_id}
