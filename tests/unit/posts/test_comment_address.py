"""What a person pastes for a comment becomes what the platform calls it, or a sentence."""

import pytest

from shared.posts.capabilities import ALL, Can
from shared.posts.comment_address import PASTE, READ, comment_of
from shared.posts.errors import InvalidTakedownError
from shared.posts.names import PlatformName

FACEBOOK = "https://www.facebook.com"
LINKEDIN = "https://www.linkedin.com/feed/update/urn:li:activity:12"
BLUESKY = "at://ann.example/app.bsky.feed.post/3k44"

KNOWN = [
    ("facebook", "122_456", "122_456"),
    ("facebook", f"{FACEBOOK}/stoke/posts/122?comment_id=456", "122_456"),
    ("facebook", f"{FACEBOOK}/stoke/posts/a-title/122/?comment_id=456", "122_456"),
    ("facebook", f"{FACEBOOK}/permalink.php?story_fbid=122&id=9&comment_id=456", "122_456"),
    ("facebook", f"{FACEBOOK}/photo/?fbid=122&comment_id=456", "122_456"),
    ("facebook", f"{FACEBOOK}/x/posts/122?comment_id=456&reply_comment_id=789", "122_789"),
    # base 64 of comment:122_456
    ("facebook", f"{FACEBOOK}/x/posts/pfbid0aB?comment_id=Y29tbWVudDoxMjJfNDU2", "122_456"),
    ("x", "1700000001", "1700000001"),
    ("x", "https://x.com/ann/status/1700000001?s=20", "1700000001"),
    ("x", " https://mobile.twitter.com/ann/status/1700000001/photo/1 ", "1700000001"),
    ("mastodon", "114000001", "114000001"),
    ("mastodon", "https://far.example/@ann/7", "https://far.example/@ann/7"),
    ("bluesky", "https://bsky.app/profile/ann.example/post/3k44", BLUESKY),
    ("bluesky", BLUESKY, BLUESKY),
    (
        "linkedin",
        f"{LINKEDIN}?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A12%2C34%29",
        "urn:li:comment:(urn:li:activity:12,34)",
    ),
    (
        "linkedin",
        "urn:li:comment:(urn:li:activity:12,34)",
        "urn:li:comment:(urn:li:activity:12,34)",
    ),
    ("viva-engage", "881", "881"),
    ("viva-engage", "https://www.yammer.com/force.example/messages/881", "881"),
    # base 64 of {"_type":"Message","id":"881"}
    (
        "viva-engage",
        "https://engage.cloud.microsoft/main/messages/eyJfdHlwZSI6Ik1lc3NhZ2UiLCJpZCI6Ijg4MSJ9",
        "881",
    ),
    ("sandbox", "r1", "r1"),
    ("sandbox", "http://127.0.0.1:8026/remarks/r1", "r1"),
]

UNKNOWN = [
    ("facebook", f"{FACEBOOK}/stoke/posts/122"),
    ("facebook", f"{FACEBOOK}/stoke/posts/pfbid0aB?comment_id=456"),
    ("facebook", "https://facebook.example/x/posts/122?comment_id=456"),
    ("x", "https://x.com/ann"),
    ("x", "https://x.example/ann/status/17"),
    ("mastodon", "http://far.example/@ann/7"),
    ("mastodon", "https://far.example"),
    ("bluesky", "https://bsky.app/profile/ann.example"),
    ("linkedin", LINKEDIN),
    # the thread is our own post
    (
        "viva-engage",
        "https://engage.cloud.microsoft/main/messages/eyJfdHlwZSI6IlRocmVhZCIsImlkIjoiODgxIn0",
    ),
    ("viva-engage", "https://www.yammer.com/force.example/messages/inbox"),
    ("sandbox", "http://127.0.0.1:8026/posts/p000001"),
]


@pytest.mark.parametrize(("platform", "pasted", "named"), KNOWN)
def test_an_address_names_its_comment(platform, pasted, named):
    assert comment_of(PlatformName(platform), pasted) == named


@pytest.mark.parametrize(("platform", "pasted"), UNKNOWN)
def test_what_does_not_tell_for_certain_is_refused_with_what_to_paste(platform, pasted):
    with pytest.raises(InvalidTakedownError) as caught:
        comment_of(PlatformName(platform), pasted)

    assert str(caught.value) == PASTE[PlatformName(platform)]
    assert caught.value.field == "comment"


@pytest.mark.parametrize("pasted", ["", "  ", "x" * 5_000, "a\nb", "https://[", "the third one"])
@pytest.mark.parametrize("platform", READ)
def test_what_is_no_address_is_refused(platform, pasted):
    with pytest.raises(InvalidTakedownError):
        comment_of(platform, pasted)


@pytest.mark.parametrize("platform", ALL)
def test_where_nothing_can_be_done_nothing_is_asked_for(platform):
    deeds = (Can.HIDE_COMMENT, Can.DELETE_COMMENT, Can.REPORT_COMMENT, Can.BLOCK)

    assert (platform in READ) == any(map(ALL[platform].can, deeds))
    assert set(PASTE) == set(READ)


@pytest.mark.parametrize("platform", ["feed", "console", "myspace"])
def test_where_nobody_comments_an_address_is_refused(platform):
    with pytest.raises(InvalidTakedownError, match="Nobody comments"):
        comment_of(PlatformName(platform), "https://feed.example/1")
