"""What a run looks with is read together, kept apart from what writes, and shared by its looks."""

import json
from types import SimpleNamespace

import pytest

from shared.accounts.registry import Handle
from shared.platforms.base import UnsupportedError
from shared.posts.names import PlatformName
from tests.builders import an_account
from watch.means import Means

MASTODON, BLUESKY = PlatformName("mastodon"), PlatformName("bluesky")


class World:
    """Secrets of every account but those `without` one, and sessions; what was asked for."""

    def __init__(self, *without):
        self.without, self.secrets, self.sessions, self.loaded = without, [], [], []

    exceptions = SimpleNamespace(ResourceNotFoundException=KeyError)

    def batch_get_secret_value(self, SecretIdList):  # noqa: N803 - the client's own name
        self.secrets.append(SecretIdList)
        told = [name for name in SecretIdList if name.split("/")[2] not in self.without]
        missing = [name for name in SecretIdList if name not in told]
        code = "ResourceNotFoundException"
        return {
            "SecretValues": [{"Name": name, "SecretString": self._secret(name)} for name in told],
            "Errors": [{"SecretId": name, "ErrorCode": code} for name in missing],
        }

    def _secret(self, name):
        return json.dumps({"identifier": name.split("/")[2], "password": "p"})

    def foresee(self, names):
        self.sessions.append(list(names))

    def load(self, name):
        self.loaded.append(name)

    def means(self):
        return Means("force/reading/", frozenset({MASTODON}), lambda: self, lambda: self)


def accounts(*names):
    handles = tuple(Handle(each, "r", "https://social.example") for each in (MASTODON, BLUESKY))
    return [an_account(name, handles=handles) for name in names]


def test_keys_and_sessions_of_the_next_accounts_are_read_in_a_call_each():
    world, (first, second) = World(), accounts("first", "second")
    means = world.means()
    means.expect([(first, MASTODON), (second, MASTODON)])
    assert (world.secrets, world.sessions) == ([], [])

    assert means.keys(first, MASTODON).identifier == "first"
    assert means.keys(second, MASTODON).identifier == "second"

    names = ["force/reading/first/mastodon", "force/reading/second/mastodon"]
    assert world.secrets == [names]
    assert world.sessions == [["reading/mastodon/first", "reading/mastodon/second"]]


def test_where_anybody_may_look_no_keys_are_read_ahead():
    world, (first, second) = World(), accounts("first", "second")
    means = world.means()
    means.expect([(first, BLUESKY), (first, MASTODON), (second, BLUESKY), (second, MASTODON)])

    means.keys(first, MASTODON)

    assert world.secrets == [["force/reading/first/mastodon", "force/reading/second/mastodon"]]


def test_an_account_without_keys_keeps_nobody_else_from_being_looked_at():
    world, (first, second) = World("first"), accounts("first", "second")
    means = world.means()
    means.expect([(first, MASTODON), (second, MASTODON)])

    with pytest.raises(UnsupportedError, match="ask the web team"):
        means.keys(first, MASTODON)
    assert means.keys(second, MASTODON).identifier == "second"
    assert world.sessions == [["reading/mastodon/second"]]


def test_what_is_kept_of_signing_in_lies_where_no_session_that_writes_is():
    world = World()

    world.means().sessions.load("mastodon/first")

    assert world.loaded == ["reading/mastodon/first"]
