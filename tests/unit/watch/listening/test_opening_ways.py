"""Who listens has a key that only reads, or nobody listens."""

import json
from types import SimpleNamespace

import pytest

from shared.accounts.registry import Handle
from shared.platforms.base import UnsupportedError
from shared.posts.names import PlatformName
from tests.builders import an_account
from watch.listening.opening_ways import opening


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
    to_listen = opening("force/reading/", SimpleNamespace, lambda: client)
    return asked, lambda: to_listen(account, name)


@pytest.mark.parametrize("platform", ["mastodon", "x", "facebook", "sandbox"])
def test_the_key_that_only_reads_is_asked_for_and_no_other(platform):
    asked, listen = opened(platform, {"identifier": "a", "password": "b"})

    assert listen().name == platform
    assert asked == [f"force/reading/riverside/{platform}"]


@pytest.mark.parametrize("platform", ["bluesky", "linkedin", "viva-engage"])
def test_where_every_key_may_write_nobody_listens_and_says_what_to_do(platform):
    asked, listen = opened(platform)

    with pytest.raises(UnsupportedError, match="in the app every day"):
        listen()
    assert asked == []


def test_where_no_key_is_set_the_web_team_is_named():
    _, listen = opened("mastodon")

    with pytest.raises(UnsupportedError, match="ask the web team"):
        listen()
