"""A video on its way to a platform: refused beforehand, checked, sent in pieces, asked after."""

import io
from dataclasses import replace

import pytest

from shared.platforms.base import Credentials, RefusedError, UnsupportedError
from shared.platforms.choose import open_platform
from shared.platforms.videos import Multipart, Underway, cleared_file, handed_over
from shared.posts.capabilities import ALL, Can
from shared.posts.names import PlatformName
from tests.platforms.builders import MemoryMedia, MemorySessions, a_draft, a_key, now
from tests.platforms.shelves import MemoryShelf

MEDIA = MemoryMedia(b"ftyp and more" * 1_000)
[FILMED] = MEDIA.filmed("A van.")
NAMED = {"key": FILMED.key, "sha256": FILMED.sha256, "type": "video/mp4", "alt": "A van."}
SERVICES = {"console": "file:///tmp/log.jsonl"}


@pytest.mark.parametrize(
    "platform", [name for name, here in ALL.items() if not here.can(Can.VIDEO)]
)
def test_a_platform_that_takes_no_videos_refuses_one_before_anything_is_claimed(platform):
    keys = Credentials(SERVICES.get(platform, "https://there.example"), "1", "x", "a", "b")
    adapter = open_platform(platform, keys, MemorySessions(), "@stoke", shelf=MemoryShelf())

    with pytest.raises(UnsupportedError, match=r"video|carries no attachments"):
        adapter.prepare(a_draft(media=(FILMED,)), a_key(), now())


def test_a_server_that_takes_more_than_its_kind_is_not_overruled_when_it_is_too_late():
    keys = Credentials("https://mastodon.example", "1", "x")
    adapter = open_platform(PlatformName("mastodon"), keys, MemorySessions(), "@stoke")
    large = replace(FILMED, size=49_000_000)

    assert adapter.prepare(a_draft(media=(large,)), a_key(), now()).request["pictures"]


def test_a_form_is_as_long_as_it_says():
    data = b"x" * 200_000
    form = Multipart({"a": "ü", "file": ("v.mp4", b"", "video/mp4")}, io.BytesIO(data), len(data))

    whole = b"".join(form)

    assert len(whole) == int(form.headers["Content-Length"])
    assert data in whole
    assert whole.endswith(b"--\r\n")
    assert max(map(len, form)) < 100_000


def test_the_cleared_video_is_a_file_from_its_beginning():
    with cleared_file(NAMED, MEDIA) as (file, size):
        assert file.read() == b"ftyp and more" * 1_000
        assert size == 13_000


def test_a_video_that_was_changed_is_refused():
    with (
        pytest.raises(RefusedError, match="cleared"),
        cleared_file({**NAMED, "sha256": "0"}, MEDIA),
    ):
        pass


def test_a_service_without_videos_refuses_one():
    with pytest.raises(RefusedError, match="gets no videos"):
        handed_over(object(), "Facebook", NAMED, MEDIA, "key")


def test_a_video_is_handed_over_once_for_one_key_and_again_when_it_was_forgotten():
    underway, handed = Underway(MemorySessions(), "x/1"), iter("abc")

    def hand_over():
        return next(handed)

    first = [underway.once("key", "sha", hand_over) for _ in range(2)]
    other = underway.once("another", "sha", hand_over)
    underway.forget("key")
    again = underway.once("key", "sha", hand_over)

    assert (first, other, again) == (["a", "a"], "b", "c")


def test_what_was_underway_is_no_other_video():
    underway = Underway(MemorySessions(), "x/1")
    underway.once("key", "sha", lambda: "a")

    assert underway.once("key", "another", lambda: "b") == "b"
