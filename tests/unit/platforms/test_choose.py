"""A platform's name opens its adapter; an unknown one is told which are known."""

import pytest

from shared.platforms.base import Credentials, UnsupportedError
from shared.platforms.bluesky import Bluesky
from shared.platforms.choose import open_platform
from shared.platforms.console import Console
from shared.platforms.sandbox import Sandbox
from shared.posts.names import PlatformName
from tests.platforms.builders import MemorySessions


def opened(name: str, service: str):
    credentials = Credentials(service, "stoke", "secret")
    return open_platform(PlatformName(name), credentials, MemorySessions(), "@stoke")


@pytest.mark.parametrize(
    ("name", "service", "adapter"),
    [
        ("bluesky", "https://bsky.social", Bluesky),
        ("bluesky", "http://127.0.0.1:2583", Bluesky),
        ("sandbox", "http://localhost:8081", Sandbox),
        ("console", "file:///tmp/a%20log.jsonl", Console),
    ],
)
def test_each_known_name_opens_its_adapter(name, service, adapter):
    platform = opened(name, service)

    assert type(platform) is adapter
    assert platform.name == name


def test_an_unknown_platform_is_told_which_are_known():
    with pytest.raises(UnsupportedError, match="myspace; there are: bluesky, console, sandbox"):
        opened("myspace", "https://myspace.example")


@pytest.mark.parametrize("service", ["http://bsky.social", "bsky.social", "ftp://127.0.0.1", ""])
@pytest.mark.parametrize("name", ["bluesky", "sandbox"])
def test_a_password_never_travels_in_the_clear(name, service):
    with pytest.raises(UnsupportedError, match="https"):
        opened(name, service)


def test_a_console_needs_a_file():
    with pytest.raises(UnsupportedError, match="file:"):
        opened("console", "https://example.org")


def test_credentials_never_show_their_password():
    assert "secret" not in repr(Credentials("https://bsky.social", "stoke", "secret"))
