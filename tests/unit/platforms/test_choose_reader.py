"""A platform's name opens what reads it, and what changes words there."""

import pytest

from shared.platforms import choose_editor, choose_reader
from shared.platforms.base import Credentials, UnsupportedError
from shared.platforms.choose_editor import open_editor
from shared.platforms.choose_reader import open_reader
from shared.posts.capabilities import ALL, Can
from shared.posts.names import PlatformName
from tests.platforms.builders import MemorySessions


def keys(service="https://there.example"):
    return Credentials(service, "1", "secret", "client", "secret", "https://login.example/token")


@pytest.mark.parametrize("name", choose_reader.KNOWN)
def test_each_known_name_opens_its_reader(name):
    assert open_reader(name, keys(), MemorySessions()).name == name


@pytest.mark.parametrize("name", choose_editor.KNOWN)
def test_each_known_name_opens_its_editor(name):
    assert open_editor(name, keys(), MemorySessions()).name == name


def test_what_has_a_profile_has_a_reader():
    assert {name for name, here in ALL.items() if here.can(Can.PROFILE)} == set(choose_reader.KNOWN)


def test_what_can_be_edited_has_an_editor():
    assert {name for name, here in ALL.items() if here.can(Can.EDIT)} == set(choose_editor.KNOWN)


def test_what_nobody_reads_is_told_what_can_be_read():
    with pytest.raises(UnsupportedError, match="feed; what can be read is: bluesky"):
        open_reader(PlatformName("feed"), keys(), MemorySessions())


@pytest.mark.parametrize("opened", [open_reader, open_editor])
def test_no_password_travels_in_the_clear(opened):
    with pytest.raises(UnsupportedError, match="https"):
        opened(PlatformName("mastodon"), keys("http://there.example"), MemorySessions())
