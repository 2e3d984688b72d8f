"""A server's own numbers take the place of the policy's; what it does not tell stays."""

from dataclasses import replace

import pytest

from shared.posts.capabilities import PictureLimits
from shared.posts.limits import Counting, Limit
from shared.posts.server_limits import ServerLimits, doubtful, limited, pictures_limited

POLICY = Limit(500, Counting.MASTODON, url_length=23)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (ServerLimits(), (500, 23)),
        (ServerLimits(characters=5_000), (5_000, 23)),
        (ServerLimits(url_length=25), (500, 25)),
        (ServerLimits(characters=5_000, url_length=25), (5_000, 25)),
    ],
)
def test_what_the_server_tells_is_what_counts(told, expected):
    limit = limited(POLICY, told)

    assert (limit.maximum, limit.url_length) == expected
    assert limit.counting is Counting.MASTODON


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (ServerLimits(), None),
        (ServerLimits(characters=500, url_length=23, pictures=4, types=("image/png",)), None),
        (ServerLimits(characters=100_000, alt_characters=1_500, picture_bytes=16_777_216), None),
        (ServerLimits(characters=1), "characters 1"),
        (ServerLimits(characters=10**9), "characters 1000000000"),
        (ServerLimits(url_length=5_000), "url length 5000"),
        (ServerLimits(pictures=10**30), "pictures 1" + "0" * 19),
        (ServerLimits(picture_bytes=1), "picture bytes 1"),
        (ServerLimits(types=("image/png",) * 300), "too many types of files"),
        (ServerLimits(types=("x" * 200,)), "too many types of files"),
    ],
)
def test_numbers_that_no_server_means_are_told_from_those_that_one_may(told, wrong):
    assert doubtful(told) == wrong


PICTURES = PictureLimits(4, 1_500, 1_000_000)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (ServerLimits(), PICTURES),
        (ServerLimits(pictures=16), replace(PICTURES, most=16)),
        (ServerLimits(alt_characters=700), replace(PICTURES, alt_characters=700)),
        (ServerLimits(picture_bytes=50_000), replace(PICTURES, most_bytes=50_000)),
        (
            ServerLimits(types=("image/png", "video/mp4")),
            replace(PICTURES, types=("image/png",)),
        ),
        (ServerLimits(types=("image/jxl",)), PICTURES),
    ],
)
def test_pictures_go_by_the_server_where_it_tells(told, expected):
    assert pictures_limited(PICTURES, told) == expected
