"""What each platform carries, as programs read it."""

from compose.platforms_api import platform_shape
from shared.posts.capabilities import ALL, Can
from shared.posts.limits import Counting, Limit
from shared.posts.names import PlatformName


def test_every_deed_is_either_among_what_it_can_or_what_it_cannot():
    for here in ALL.values():
        shape = platform_shape(here, None)

        assert {*shape["can"], *(one["what"] for one in shape["cannot"])} == {c.value for c in Can}
        assert len(shape["can"]) + len(shape["cannot"]) == len(Can)


def test_limits_are_told_in_the_platforms_own_counting():
    shape = platform_shape(ALL[PlatformName("x")], Limit(280, Counting.X, 23))

    assert shape["title"] == "X"
    assert shape["words"] == {
        "maximum": 280,
        "counting": "x",
        "url_length": 23,
        "maximum_bytes": None,
    }
    assert shape["pictures"]["most"] == 4


def test_where_there_is_no_limit_there_is_nothing():
    shape = platform_shape(ALL[PlatformName("viva-engage")], None)

    assert shape["words"] is None
    assert shape["pictures"] is None
