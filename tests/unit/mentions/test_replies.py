"""What a reply says, where it may stand, and that it answers what was approved and nothing else."""

from dataclasses import replace

import pytest

from shared.mentions.mention import MentionState, Settled, mention_name
from shared.mentions.replies import (
    ERASED,
    IN_PRIVATE,
    SETTLED,
    answers_what_was_approved,
    begins_with,
    language_of,
    may_become,
    reply_draft,
    wanted_state,
    why_not,
)
from shared.mentions.set_answers import CALL, CALL_IN_WELSH
from shared.posts.capabilities import Can, capabilities
from shared.posts.content import Kind
from shared.posts.names import PersonId, PlatformName
from shared.posts.reply import Reply
from tests.builders import NOW, a_post
from tests.unit.mentions.mentions_made import MENTION, OUTCOMES, TODAY

THERE, X, FACEBOOK = (PlatformName(name) for name in ("sandbox", "x", "facebook"))
NAMED = replace(MENTION, mention_id=mention_name(MENTION.account, THERE, "77"))


def a_reply(mention=NAMED, platform_id="77", **changes):
    return Reply(mention.mention_id, mention.platform, platform_id, **changes)


def a_reply_post(mention=NAMED, reply=None, **changes):
    draft = replace(reply_draft(mention, "pat", "At noon.", "en-GB"), **changes)
    return a_post(draft=draft, reply=reply or a_reply(mention))


def settled(state):
    return replace(MENTION, settled=Settled(OUTCOMES[state], PersonId("pc-1"), NOW))


@pytest.mark.parametrize(
    ("mention", "platform_id", "expected"),
    [
        (MENTION, "77", ""),
        (replace(MENTION, private=True), "77", IN_PRIVATE),
        (MENTION, "", ERASED),
        (replace(MENTION, platform=FACEBOOK), "77", capabilities(FACEBOOK).sentence(Can.REPLY)),
        (settled(MentionState.ANSWERED), "77", SETTLED),
        (settled(MentionState.HOLDING), "77", ""),
        (settled(MentionState.NO_ANSWER), "77", ""),
    ],
)
def test_why_something_cannot_be_answered_from_here_is_said(mention, platform_id, expected):
    assert why_not(mention, platform_id) == expected


@pytest.mark.parametrize("platform", ["bluesky", "facebook", "linkedin", "viva-engage", "feed"])
def test_where_no_reply_leaves_from_here_the_sentence_names_the_platform(platform):
    mention = replace(MENTION, platform=PlatformName(platform))

    assert why_not(mention, "77").endswith("gets no replies from here yet; reply there.")


@pytest.mark.parametrize("platform", ["mastodon", "x", "sandbox"])
def test_where_replies_leave_from_here_nothing_is_against_it(platform):
    assert not why_not(replace(MENTION, platform=PlatformName(platform)), "77")


@pytest.mark.parametrize(
    ("platform", "handle", "text"),
    [
        ("sandbox", "pat", "At noon."),
        ("x", "pat", "@pat At noon."),
        ("x", "@pat", "@pat At noon."),
        ("mastodon", "pat@other.example", "@pat@other.example At noon."),
        ("x", "", "At noon."),
    ],
)
def test_a_reply_begins_with_whom_it_answers_where_nobody_hears_of_it_else(platform, handle, text):
    mention = replace(MENTION, platform=PlatformName(platform))

    assert reply_draft(mention, handle, " At noon.\n", "en-GB").text == text
    assert text.startswith(begins_with(mention, handle))


def test_whoever_typed_the_handle_themselves_says_it_once():
    mention = replace(MENTION, platform=X)

    assert reply_draft(mention, "pat", "@pat At noon.", "en-GB").text == "@pat At noon."


def test_a_reply_is_said_on_the_platform_of_the_mention_and_by_its_account():
    draft = reply_draft(MENTION, "pat", "At noon.", "cy-GB")

    assert (draft.kind, draft.about) == (Kind.REPLY, MENTION.mention_id)
    assert (draft.account, draft.platforms) == (MENTION.account, (THERE,))
    assert draft.language == "cy-GB"


def test_the_set_answers_say_their_language():
    assert (language_of(CALL), language_of(CALL_IN_WELSH)) == ("en-GB", "cy-GB")


def test_a_reply_answers_what_was_approved():
    assert answers_what_was_approved(a_reply_post())


@pytest.mark.parametrize(
    "post",
    [
        a_reply_post(reply=a_reply(platform_id="78")),
        a_reply_post(reply=a_reply(MENTION)),
        a_reply_post(reply=replace(a_reply(), platform=X)),
        a_reply_post(about="b" * 32),
        a_reply_post(kind=Kind.ORIGINAL),
        a_reply_post(platforms=(THERE, X)),
        replace(a_reply_post(), reply=None),
    ],
)
def test_a_reply_to_anything_else_than_was_approved_is_none(post):
    assert not answers_what_was_approved(post)


def test_any_other_post_answers_nobody_and_that_is_right():
    assert answers_what_was_approved(a_post())


def test_with_a_day_it_is_a_holding_reply():
    assert wanted_state(a_reply()) is MentionState.ANSWERED
    assert wanted_state(a_reply(follow_up=TODAY)) is MentionState.HOLDING
    assert may_become(MENTION, MentionState.HOLDING)
    assert not may_become(settled(MentionState.NO_ANSWER), MentionState.HOLDING)
