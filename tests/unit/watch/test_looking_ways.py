"""A post is looked at as anybody, or with a key that only reads; never with one that may write."""

import json
from types import SimpleNamespace

import pytest

from shared.accounts.registry import Handle
from shared.platforms.base import UnsupportedError
from shared.posts.names import PlatformName
from tests.builders import an_account
from watch.looking_ways import KEYED, opening
from watch.means import Apart, Means


class Secrets:
    """Secrets by name, and which were asked for."""

    class exceptions:  # noqa: N801 - as the client calls it
        class ResourceNotFoundException(Exception):  # noqa: N818 - the same
            """There is none."""

    def __init__(self, **kept):
        self.kept, self.asked = kept, []

    def get_secret_value(self, SecretId):  # noqa: N803 - as the client calls it
        self.asked.append(SecretId)
        if SecretId not in self.kept:
            raise self.exceptions.ResourceNotFoundException
        return {"SecretString": json.dumps(self.kept[SecretId])}


class Kept:
    """Sessions by name."""

    def __init__(self):
        self.names = []

    def load(self, name):
        self.names.append(name)

    def save(self, name, _session):
        self.names.append(name)

    def alone(self, name):
        self.names.append(name)


def opened(platform, client):
    name = PlatformName(platform)
    account = an_account(handles=(Handle(name, "riverside", "https://x.example"),))
    return opening(Means("force/reading/", KEYED, Kept, lambda: client))(account, name)


@pytest.mark.parametrize("platform", ["bluesky", "sandbox"])
def test_where_anybody_may_look_no_key_is_read(platform):
    client = Secrets()

    assert opened(platform, client).name == platform
    assert client.asked == []


@pytest.mark.parametrize("platform", ["mastodon", "x", "facebook"])
def test_elsewhere_the_key_that_only_reads_is_used(platform):
    where = f"force/reading/riverside/{platform}"
    client = Secrets(**{where: {"identifier": "a", "password": "b"}})

    assert opened(platform, client).name == platform
    assert client.asked == [where]


def test_a_key_that_nobody_set_is_asked_of_the_web_team():
    with pytest.raises(UnsupportedError, match="web team"):
        opened("mastodon", Secrets())


@pytest.mark.parametrize("platform", ["linkedin", "viva-engage"])
def test_where_every_key_may_write_none_is_read(platform):
    client = SimpleNamespace()

    with pytest.raises(UnsupportedError, match="no keys that only read"):
        opened(platform, client)


def test_what_is_kept_of_signing_in_lies_under_names_of_its_own():
    kept = Kept()
    apart = Apart(kept)
    apart.load("x/a")
    apart.save("x/a", {})
    apart.alone("x/a")

    assert kept.names == ["reading/x/a"] * 3
