"""Addresses as people copy them: which belong there, and which are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.posts.addresses import SITES, account_page, belongs_to, same_place
from shared.posts.names import PlatformName

X, FACEBOOK, BLUESKY, LINKEDIN, MASTODON = map(
    PlatformName, ("x", "facebook", "bluesky", "linkedin", "mastodon")
)


@pytest.mark.parametrize(
    ("platform", "one", "other"),
    [
        (X, "https://x.com/LeekPolice/status/17", "https://twitter.com/i/web/status/17?s=20"),
        (X, "https://x.com/LeekPolice/status/17", "https://mobile.twitter.com/a/status/17#top"),
        (FACEBOOK, "https://www.facebook.com/1/posts/2", "https://m.facebook.com/1/posts/2/"),
        (
            FACEBOOK,
            "https://facebook.com/permalink.php?story_fbid=2&id=1",
            "https://www.facebook.com/permalink.php?id=1&story_fbid=2&mibextid=zz",
        ),
        (
            BLUESKY,
            "https://bsky.app/profile/leek.example/post/3kabc",
            "https://bsky.app/profile/did:plc:abc/post/3kabc",
        ),
        (
            LINKEDIN,
            "https://www.linkedin.com/feed/update/urn:li:share:7123456",
            "https://uk.linkedin.com/feed/update/urn:li:share:7123456/?utm_source=share",
        ),
        (MASTODON, "https://social.example/@leek/11", "https://social.example/@leek/11?ref=a"),
    ],
)
def test_spellings_of_one_address_are_one(platform, one, other):
    assert same_place(platform, one) == same_place(platform, other)


@pytest.mark.parametrize(
    ("platform", "one", "other"),
    [
        (X, "https://x.com/a/status/17", "https://x.com/a/status/170"),
        (FACEBOOK, "https://facebook.com/a?story_fbid=2", "https://facebook.com/a?story_fbid=3"),
        (MASTODON, "https://social.example/@leek/11", "https://other.example/@leek/11"),
    ],
)
def test_other_posts_are_others(platform, one, other):
    assert same_place(platform, one) != same_place(platform, other)


def test_an_address_of_another_site_does_not_belong_there():
    assert belongs_to(X, "https://x.com/a/status/1")
    assert belongs_to(FACEBOOK, "https://en-gb.facebook.com/a")
    assert not belongs_to(X, "https://x.com.example/a/status/1")
    assert not belongs_to(X, "https://notx.com/a/status/1")
    assert not belongs_to(X, "https://[/")
    assert belongs_to(MASTODON, "https://any.example/@a/1")  # servers of many names


@given(st.text(max_size=60), st.sampled_from([*SITES, "mastodon"]))
def test_whatever_a_platform_says_has_a_place(address, platform):
    assert isinstance(same_place(PlatformName(platform), f"https://{address}"), str)


@pytest.mark.parametrize(
    ("platform", "name", "page"),
    [
        (X, "@LeekPolice", "https://x.com/LeekPolice"),
        (MASTODON, "@leek@social.example", "https://social.example/@leek"),
        (MASTODON, "leek", None),
        (PlatformName("sandbox"), "leek", None),
    ],
)
def test_an_account_is_shown_where_the_public_sees_it(platform, name, page):
    assert account_page(platform, name) == page
