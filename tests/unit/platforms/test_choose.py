"""A platform's name opens its adapter; an unknown one is told which are known."""

import os
import subprocess
import sys

import pytest

from shared.platforms.base import Credentials, UnsupportedError
from shared.platforms.bluesky import Bluesky
from shared.platforms.choose import open_platform
from shared.platforms.console import Console
from shared.platforms.sandbox import Sandbox
from shared.platforms.timeline import TimelinePlatform
from shared.posts.names import PlatformName
from tests.platforms.builders import MemorySessions
from tests.platforms.shelves import MemoryShelf


def opened(name: str, service: str):
    credentials = Credentials(service, "stoke", "secret")
    return open_platform(PlatformName(name), credentials, MemorySessions(), "@stoke")


@pytest.mark.parametrize(
    ("name", "service", "adapter"),
    [
        ("bluesky", "https://bsky.social", Bluesky),
        ("bluesky", "http://127.0.0.1:2583", Bluesky),
        ("mastodon", "https://mastodon.example", TimelinePlatform),
        ("x", "https://api.x.com", TimelinePlatform),
        ("facebook", "https://graph.facebook.com/v26.0", TimelinePlatform),
        ("linkedin", "https://api.linkedin.com", TimelinePlatform),
        ("viva-engage", "https://www.yammer.com/api/v1", TimelinePlatform),
        ("sandbox", "http://localhost:8081", Sandbox),
        ("console", "file:///tmp/a%20log.jsonl", Console),
    ],
)
def test_each_known_name_opens_its_adapter(name, service, adapter):
    platform = opened(name, service)

    assert type(platform) is adapter
    assert platform.name == name


def test_a_feed_is_opened_with_a_place_to_lie_in():
    keys = Credentials("https://feeds.moorshire.example", "stoke", "")

    feed = open_platform(
        PlatformName("feed"), keys, MemorySessions(), "Stoke Town Team", shelf=MemoryShelf()
    )

    assert feed.name == "feed"
    with pytest.raises(UnsupportedError, match="nowhere"):
        opened("feed", "https://feeds.moorshire.example")


def test_an_unknown_platform_is_told_which_are_known():
    with pytest.raises(UnsupportedError, match=r"myspace; there are: bluesky, console, .*x\."):
        opened("myspace", "https://myspace.example")


def test_opening_one_platform_does_not_read_in_the_others():
    script = (
        "import sys; from shared.platforms.base import Credentials;"
        "from shared.platforms.choose import open_platform;"
        "open_platform('sandbox', Credentials('https://a.example', 'a', 'b'), None, '@a');"
        "print([m for m in sys.modules if m.startswith('shared.platforms.bluesky')])"
    )
    heard = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": "functions"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert heard.stdout.strip() == "[]"


@pytest.mark.parametrize("service", ["http://bsky.social", "bsky.social", "ftp://127.0.0.1", ""])
@pytest.mark.parametrize(
    "name", ["bluesky", "sandbox", "mastodon", "x", "facebook", "linkedin", "viva-engage"]
)
def test_a_password_never_travels_in_the_clear(name, service):
    with pytest.raises(UnsupportedError, match="https"):
        opened(name, service)


def test_neither_does_what_renews_a_token():
    keys = Credentials("https://www.yammer.com", "1", "secret", "id", "s", "http://login.example")
    with pytest.raises(UnsupportedError, match="https"):
        open_platform(PlatformName("viva-engage"), keys, MemorySessions(), "1")


def test_a_console_needs_a_file():
    with pytest.raises(UnsupportedError, match="file:"):
        opened("console", "https://example.org")


def test_credentials_never_show_their_password():
    assert "secret" not in repr(Credentials("https://bsky.social", "stoke", "secret"))
