"""A server's own numbers take the place of the policy's; what it does not tell stays."""

import pytest

from shared.posts.limits import Counting, Limit
from shared.posts.server_limits import ServerLimits, limited

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
