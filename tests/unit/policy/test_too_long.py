"""A post no longer than its platforms take, each by its own counting (policy.md N20, B32-B35)."""

import pytest

from shared.policy.check import check
from shared.policy.errors import UnknownPlatformError
from shared.policy.reading import READ_WITH_CARE
from shared.policy.rules.too_long import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import PACK, a_candidate, found, words_found

LONG_LINK = "https://www.staffordshire.police.uk/" + "your-area/" * 30
FAMILY = "👨\u200d👩\u200d👧\u200d👦"

FIRING = [
    ("a" * 281, "x", "one over"),
    ("word " * 56 + "end", "x", "three over"),
    ("🎈" * 141, "x", "an emoji weighs two"),
    ("日" * 141, "x", "so does Chinese"),
    ("gov.uk " * 12, "x", "a bare host weighs 23"),
    ("a" * 301, "bluesky", "one over"),
    (f"See {LONG_LINK}", "bluesky", "Bluesky counts the link in full"),
    ("e" + "\u0301" * 1500, "bluesky", "one grapheme of more than 3,000 bytes"),
    ("a" * 501, "mastodon", "one over"),
    ("police.uk/" + "a" * 500, "mastodon", "a link without http counts in full"),
    ("a" * 3001, "linkedin", "one over"),
    ("a" * 63207, "facebook", "one over"),
    ("a" * 501, "sandbox", "one over"),
]
FITTING = [
    ("a" * 280, "x", "exactly on the limit"),
    ("🎈" * 140, "x", "exactly, in emoji"),
    (FAMILY * 140, "x", "a family is one emoji"),
    (f"See {LONG_LINK} " * 8, "x", "a link weighs 23 whatever its length"),
    ("a" * 300, "bluesky", "exactly on the limit"),
    (FAMILY * 100, "bluesky", "a family is one grapheme"),
    ("🏴󠁧󠁢󠁷󠁬󠁳󠁿" * 100, "bluesky", "so is the flag of Wales"),
    ("a" * 450 + " " + LONG_LINK, "mastodon", "a link with http weighs 23"),
    (
        "@officer@a-very-long-server-name.example " * 40,
        "mastodon",
        "a server's name weighs nothing",
    ),
    ("a" * 3000, "linkedin", "exactly on the limit"),
    ("a" * 63206, "facebook", "exactly on the limit"),
    ("a" * 100_000, "feed", "no limit at all"),
    ("", "x", "nothing"),
]


@pytest.mark.parametrize(("text", "platform", "why"), FIRING)
def test_a_post_past_the_limit_is_too_long(text, platform, why):
    assert found(a_candidate(text, platform), RULE), why


def refused(text, platform):
    """Findings that a platform's limit is passed; a post may be too long to be judged as well."""
    return [
        one for one in found(a_candidate(text, platform), RULE) if one.severity is Severity.BLOCK
    ]


@pytest.mark.parametrize(("text", "platform", "why"), FITTING)
def test_a_post_up_to_the_limit_fits(text, platform, why):
    assert not refused(text, platform), why


def test_a_post_longer_than_anything_reads_with_care_is_read_by_somebody():
    text = "word " * (READ_WITH_CARE // 5) + "and one more"

    findings = found(a_candidate(text, "facebook"), RULE)

    assert [one.severity for one in findings] == [Severity.REVIEW]
    assert text[findings[0].start :] == "and one more"
    assert not found(a_candidate(text[:READ_WITH_CARE], "facebook"), RULE)


def test_every_platform_that_is_over_is_named_with_by_how_much():
    text = "word " * 61 + "end"

    finding = found(a_candidate(text, "x", "bluesky", "facebook"), RULE)[0]

    assert finding.message == (
        "This post is too long: 28 characters over for X and 8 characters over for Bluesky."
    )
    assert finding.suggestion == "Cut the last 6 words, or post it on Facebook only."


def test_the_words_past_the_limit_are_pointed_at():
    text = "a" * 270 + " these words are past it  "

    assert words_found(a_candidate(text, "x"), RULE) == ["words are past it"]


@pytest.mark.parametrize(("text", "platform", "why"), FIRING)
def test_without_the_words_past_the_limit_a_post_fits(text, platform, why):
    finding = found(a_candidate(text, platform), RULE)[0]

    assert not refused(text[: finding.start], platform), why


def test_too_many_bytes_are_told_as_bytes():
    finding = found(a_candidate("e" + "\u0301" * 1500, "bluesky"), RULE)[0]

    assert finding.message == "This post is too long: 1 byte over for Bluesky."


def test_far_past_the_limit_nobody_counts_on():
    finding = found(a_candidate("日本 gov.uk " * 1000, "x"), RULE)[0]

    assert finding.message == "This post is too long: more than 850 characters over for X."


def test_a_platform_nobody_set_a_limit_for_is_refused():
    with pytest.raises(UnknownPlatformError, match="myspace"):
        check(a_candidate("Hello", "myspace"), PACK)
