"""Who writes a post is told what of it a platform will not carry; and so it is."""

import pytest

from shared.platforms.base import Before, Credentials, UnsupportedError
from shared.platforms.choose import open_platform
from shared.posts.capabilities import ALL, Can
from shared.posts.content import Card, Kind, Media
from shared.posts.names import PlatformName
from shared.posts.reply import Reply
from shared.posts.server_limits import ServerLimits
from shared.posts.shortfalls import shortfalls
from tests.builders import a_draft
from tests.platforms.builders import MemorySessions, a_key, now
from tests.platforms.shelves import MemoryShelf


def pictures(count: int, alt: str = "A dog.", kind: str = "image/png") -> tuple[Media, ...]:
    return tuple(Media("0" * 64, f"k/{place}", kind, alt) for place in range(count))


def video(size: int = 9_000_000, seconds: int = 60) -> tuple[Media, ...]:
    told = {"size": size, "milliseconds": seconds * 1000}
    return (Media("0" * 64, "k/v", "video/mp4", "A van.", **told),)


def told(**fields):
    return list(shortfalls(a_draft(**fields)))


def stopping(*platforms, **fields):
    return [one.what for one in told(platforms=platforms, **fields) if one.stops]


def test_a_plain_post_is_carried_everywhere():
    assert told(platforms=tuple(ALL)) == []


def test_a_picture_for_viva_engage_stops_and_says_what_to_do():
    [short] = told(platforms=("viva-engage", "bluesky"), media=pictures(1))

    assert (short.platform, short.what, short.stops) == ("viva-engage", Can.PICTURES, True)
    assert "link to the picture" in short.sentence


def test_a_fifth_picture_is_too_many_for_some():
    assert [
        s.platform for s in told(platforms=("x", "linkedin", "bluesky"), media=pictures(5))
    ] == [
        "x",
        "bluesky",
    ]


def test_a_long_alt_text_is_told_with_how_long_it_may_be():
    [short] = told(platforms=("x",), media=pictures(1, "x" * 1_001))

    assert short.what is Can.ALT_TEXT
    assert "1,000 characters" in short.sentence


def test_a_picture_of_another_type_stops():
    assert stopping("bluesky", media=pictures(1, kind="image/heic")) == [Can.PICTURES]


def test_a_language_that_cannot_be_told_is_said_and_stops_nothing():
    shorts = told(platforms=("mastodon", "facebook"), language="cy")

    assert [(s.platform, s.what, s.stops) for s in shorts] == [("facebook", Can.LANGUAGE, False)]


def test_a_platform_named_twice_is_told_once():
    assert len(told(platforms=("x", "x"), kind=Kind.RESHARE)) == 1


CARD = Card("https://www.police.uk/leek", "Road closed at Leek", "Until six.")


def test_a_card_that_a_platform_makes_itself_is_said_and_stops_nothing():
    shorts = told(platforms=("linkedin", "facebook", "viva-engage"), card=CARD)

    assert [(s.platform, s.stops) for s in shorts] == [("facebook", False), ("viva-engage", False)]
    assert "itself" in shorts[0].sentence


def test_pictures_and_a_card_are_too_much_for_who_shows_either():
    shorts = told(platforms=("bluesky",), card=CARD, media=pictures(1))

    assert [(s.what, s.stops) for s in shorts] == [(Can.LINK_CARD, True)]


def test_a_video_is_carried_by_mastodon_x_and_the_sandbox_alone():
    shorts = [s for s in told(platforms=tuple(ALL), media=video()) if s.stops]

    assert {s.what for s in shorts} == {Can.VIDEO}
    assert set(ALL) - {s.platform for s in shorts} == {"mastodon", "x", "sandbox"}
    assert all("link to the video" in s.sentence for s in shorts)


def test_a_video_goes_alone():
    [short] = told(platforms=("x",), media=(*video(), *pictures(1)))[:1]

    assert (short.what, short.stops) == (Can.VIDEO, True)
    assert "nothing beside it" in short.sentence
    assert stopping("mastodon", media=video() * 2) == [Can.VIDEO]


@pytest.mark.parametrize(
    ("platform", "media", "says"),
    [
        ("mastodon", video(size=41_943_041), "41 MB at most"),
        ("x", video(seconds=141), "140 seconds at most"),
    ],
)
def test_a_video_larger_or_longer_than_a_platform_takes_stops(platform, media, says):
    [short] = [s for s in told(platforms=(platform,), media=media) if s.stops]

    assert says in short.sentence


def test_what_a_server_says_of_videos_goes_before_what_is_known_of_its_kind():
    mastodon = PlatformName("mastodon")
    draft = a_draft(platforms=(mastodon,), media=video(size=45_000_000))

    assert list(shortfalls(draft, {mastodon: ServerLimits(video_bytes=50_000_000)})) == []
    assert list(shortfalls(draft, {mastodon: ServerLimits(video_bytes=44_000_000)})) != []


def test_x_keeps_no_description_of_a_video_and_that_is_said_and_stops_nothing():
    [short] = told(platforms=("x", "mastodon"), media=video())

    assert (short.platform, short.what, short.stops) == ("x", Can.ALT_TEXT, False)
    assert "say in the words" in short.sentence


SERVICES = {"console": "file:///tmp/log.jsonl"}

ASKED = [
    {"kind": Kind.RESHARE},
    {"kind": Kind.REPLY},
    {"kind": Kind.CORRECTION},
    {"media": pictures(1)},
    {"media": pictures(4)},
    {"media": pictures(5)},
    {"media": pictures(11)},
    {"media": pictures(21)},
    {"media": pictures(1, "x" * 1_001)},
    {"media": pictures(1, "x" * 4_087)},
    {"media": video()},
    {"media": video(size=49_000_000, seconds=139)},
    {"media": video(seconds=141)},
    {"media": video() + pictures(1)},
    {"language": "cy"},
    {"card": CARD},
    {"card": CARD, "media": pictures(1)},
]


@pytest.mark.parametrize("platform", ALL)
@pytest.mark.parametrize("asked", ASKED, ids=range(len(ASKED)))
def test_an_adapter_refuses_only_what_was_told_beforehand(platform, asked):
    draft = a_draft(platforms=(platform,), **asked)
    keys = Credentials(SERVICES.get(platform, "https://there.example"), "1", "x", "a", "b")
    adapter = open_platform(platform, keys, MemorySessions(), "@stoke", shelf=MemoryShelf())
    stops = any(short.stops for short in shortfalls(draft))

    if stops:
        return  # the composer has refused it
    said = Reply("a" * 32, platform, "77")
    before = Before(said, said) if draft.kind is Kind.REPLY else None
    try:
        adapter.prepare(draft, a_key(), now(), before)
    except UnsupportedError as error:
        pytest.fail(f"{platform} refuses without a word beforehand: {error}")
