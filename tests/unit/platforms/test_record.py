"""A draft becomes one exact record, or is told beforehand that it cannot go."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from shared.platforms.base import UnsupportedError
from shared.platforms.bluesky.record import is_same, record_of, stamp, with_blobs
from shared.posts.content import Kind
from tests.platforms.builders import NOON, MemoryMedia, a_draft, a_png


def a_record_with_a_picture():
    media = MemoryMedia(a_png())
    record = record_of(a_draft(media=media.named("A dog")), NOON)
    blob = {**record["embed"]["images"][0]["image"], "size": 68}
    return record, with_blobs(record, [blob])


def test_a_record_holds_the_words_the_language_and_the_moment():
    record = record_of(a_draft("Bore da", language="cy"), NOON)

    assert record == {
        "$type": "app.bsky.feed.post",
        "text": "Bore da",
        "createdAt": "2026-11-21T12:00:00.123Z",
        "langs": ["cy"],
    }


def test_the_moment_is_told_in_utc():
    summer = datetime(2026, 7, 1, 13, 0, tzinfo=timezone(timedelta(hours=1)))

    assert stamp(summer) == "2026-07-01T12:00:00.000Z"
    assert stamp(datetime(2026, 7, 1, tzinfo=UTC)) == "2026-07-01T00:00:00.000Z"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": Kind.RESHARE}, "reshare"),
        ({"kind": Kind.REPLY}, "reply"),
        ({"media": MemoryMedia(*[a_png(n) for n in range(5)]).named(*"abcde")}, "4 pictures"),
    ],
)
def test_what_bluesky_cannot_carry_is_told_beforehand(fields, says):
    with pytest.raises(UnsupportedError, match=says):
        record_of(a_draft(**fields), NOON)


def test_a_film_is_not_a_picture():
    (picture,) = MemoryMedia(b"film").named("A dog")
    film = type(picture)(picture.sha256, picture.key, "video/mp4", "A dog")

    with pytest.raises(UnsupportedError, match="video/mp4"):
        record_of(a_draft(media=(film,)), NOON)


def test_a_record_is_the_same_once_the_server_has_filled_in_sizes():
    frozen, standing = a_record_with_a_picture()

    assert is_same(frozen, standing)


@pytest.mark.parametrize("change", ["text", "alt", "link", "langs", "more", "gone"])
def test_any_other_difference_makes_it_another_record(change):
    frozen, standing = a_record_with_a_picture()
    image = standing["embed"]["images"][0]
    changed = {
        "text": {**standing, "text": "Good morning Leek."},
        "alt": {**standing, "embed": {**standing["embed"], "images": [{**image, "alt": "A cat"}]}},
        "link": with_blobs(standing, [{**image["image"], "ref": {"$link": "bafkrei"}}]),
        "langs": {**standing, "langs": ["cy"]},
        "more": {**standing, "labels": []},
        "gone": {name: value for name, value in standing.items() if name != "embed"},
    }

    assert not is_same(frozen, changed[change])
