"""How accounts are looked at: as anybody, or with keys that only read, and with no other."""

import json

import pytest

from shared.accounts.registry import Handle
from shared.drift.drift import Kind
from shared.drift.telling import TELLS
from shared.platforms.base import UnsupportedError
from shared.platforms.choose_presence import KNOWN
from shared.posts.names import PlatformName
from shared.records.beats import Beat
from tests.builders import an_account
from watch.drifting.ways import KEYED, opening_to_compare
from watch.means import Means

BLUESKY, MASTODON = PlatformName("bluesky"), PlatformName("mastodon")
ACCOUNT = an_account(
    handles=(
        Handle(BLUESKY, "riverside.example", "https://pds.example"),
        Handle(MASTODON, "riverside", "https://social.example"),
    )
)


class Secrets:
    """Secrets by name; `asked` are those that somebody asked for."""

    class exceptions:  # noqa: N801 - as the client spells it
        class ResourceNotFoundException(Exception):  # noqa: N818
            pass

    def __init__(self, kept):
        self.kept, self.asked = kept, []

    def get_secret_value(self, *, SecretId):  # noqa: N803 - the client's own name
        self.asked.append(SecretId)
        if SecretId not in self.kept:
            raise self.exceptions.ResourceNotFoundException
        return {"SecretString": json.dumps(self.kept[SecretId])}


def opened(secrets, platform, **known):
    open_it = opening_to_compare(Means("force/reading/", KEYED, dict, lambda: secrets))
    return open_it(ACCOUNT, Beat(ACCOUNT.account_id, platform, **known))


def test_every_platform_that_is_compared_can_be_opened():
    assert KNOWN.keys() == TELLS.keys()


def test_on_bluesky_nobody_signs_in_and_a_known_number_is_asked_for():
    secrets = Secrets({})

    first, later = (
        opened(secrets, BLUESKY),
        opened(secrets, BLUESKY, known={Kind.ACCOUNT: "did:plc:7"}),
    )

    assert secrets.asked == []
    assert (first._asked_for, later._asked_for) == ("riverside.example", "did:plc:7")


def test_elsewhere_only_keys_that_only_read_are_asked_for():
    name = f"force/reading/{ACCOUNT.account_id}/mastodon"
    keys = {"service": "https://social.example", "identifier": "riverside", "password": "t"}
    secrets = Secrets({name: keys})

    assert opened(secrets, MASTODON).name == MASTODON
    assert secrets.asked == [name]


def test_without_keys_it_is_said_why_nobody_looks():
    with pytest.raises(UnsupportedError, match="No keys that only read"):
        opened(Secrets({}), MASTODON)
