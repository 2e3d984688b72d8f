"""Whoever reads for an account has a key that only reads, or nobody reads."""

import json
from types import SimpleNamespace

import pytest

from shared.accounts.registry import Handle
from shared.platforms.base import UnsupportedError
from shared.posts.names import PlatformName
from tests.builders import an_account
from watch.means import Means
from watch.read_only_ways import READABLE, opening_to_read

INSTEAD = "look there every day"


class NoSuchSecretError(Exception):
    """As Secrets Manager raises it."""


def opened(platform, secret=None):
    name, asked = PlatformName(platform), []

    def value(SecretId):  # noqa: N803 - the client's own name
        asked.append(SecretId)
        if secret is None:
            raise NoSuchSecretError
        return {"SecretString": json.dumps(secret)}

    client = SimpleNamespace(
        get_secret_value=value,
        exceptions=SimpleNamespace(ResourceNotFoundException=NoSuchSecretError),
    )
    account = an_account(handles=(Handle(name, "RiversideNPT", "https://social.example"),))
    means = Means("force/reading/", READABLE, SimpleNamespace, lambda: client)
    to_read = opening_to_read(means, INSTEAD)
    return asked, lambda: to_read(account, name)


@pytest.mark.parametrize("platform", ["mastodon", "x", "facebook", "sandbox"])
def test_the_key_that_only_reads_is_asked_for_and_no_other(platform):
    asked, read = opened(platform, {"identifier": "a", "password": "b"})

    assert read().name == platform
    assert asked == [f"force/reading/riverside/{platform}"]


@pytest.mark.parametrize("platform", ["bluesky", "linkedin", "viva-engage"])
def test_where_every_key_may_write_nobody_reads_and_it_says_what_to_do(platform):
    asked, read = opened(platform)

    with pytest.raises(UnsupportedError, match=f"only read there; {INSTEAD}."):
        read()
    assert asked == []


def test_where_no_key_is_set_the_web_team_is_named():
    _, read = opened("mastodon")

    with pytest.raises(UnsupportedError, match="ask the web team"):
        read()


def test_an_account_that_is_not_there_has_no_key_either():
    def never():
        raise AssertionError("Nobody asks for a secret.")

    to_read = opening_to_read(Means("force/reading/", READABLE, never, lambda: None), INSTEAD)

    with pytest.raises(UnsupportedError, match="ask the web team"):
        to_read(an_account(handles=()), PlatformName("mastodon"))
