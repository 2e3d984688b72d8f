"""How many somebody follows is told where the platform tells it, and never guessed."""

import pytest

from shared.platforms.bluesky.people import actor_of as of_bluesky
from shared.platforms.mastodon.people import actor_of as of_mastodon
from shared.platforms.sandbox_people import actor_of as of_sandbox
from shared.platforms.x.people import actor_of as of_x

MASTODON = {"id": "7", "acct": "pat", "display_name": "Pat", "note": "<p>Hello.</p>"}
X = {"id": "7", "username": "pat", "name": "Pat"}
SANDBOX = {"id": "7", "handle": "pat"}
BLUESKY = {"did": "did:plc:pat", "handle": "pat.example"}


def counts(actor):
    return actor.follows, actor.followers, actor.posts


def told(read, fields, following, followers, posts):
    if read is of_mastodon:
        names = ("following_count", "followers_count", "statuses_count")
        return fields | dict(zip(names, (following, followers, posts), strict=True))
    if read is of_x:
        names = ("following_count", "followers_count", "tweet_count")
        metrics = dict(zip(names, (following, followers, posts), strict=True))
        return fields | {"public_metrics": metrics}
    return fields | {"following": following, "followers": followers, "posts": posts}


PLATFORMS = [(of_mastodon, MASTODON), (of_x, X), (of_sandbox, SANDBOX)]


@pytest.mark.parametrize(("read", "fields"), PLATFORMS)
def test_what_is_told_is_read(read, fields):
    assert counts(read(told(read, fields, 3_000, 0, 12))) == (3_000, 0, 12)


@pytest.mark.parametrize(("read", "fields"), [*PLATFORMS, (of_bluesky, BLUESKY)])
def test_what_is_not_told_is_not_guessed(read, fields):
    assert counts(read(fields)) == (None, None, None)


@pytest.mark.parametrize(("read", "fields"), PLATFORMS)
def test_what_is_no_count_is_none(read, fields):
    assert counts(read(told(read, fields, -1, True, "many"))) == (None, None, None)
