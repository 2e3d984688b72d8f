"""Answering from here: what a reply says, where it may stand, and whether it still answers what was
approved (policy D09).

A reply is a post of ours on the platform of the mention, and nowhere else. What was said in private
is never answered where all can read it. Where a platform tells people of an answer only if it names
them, the words begin with their handle: so those are the words that are checked and approved.
"""

from dataclasses import replace

from shared.mentions.mention import MAY_FOLLOW, Mention, MentionState, mention_name
from shared.mentions.set_answers import CALL_IN_WELSH
from shared.posts.capabilities import Can, capabilities
from shared.posts.content import Draft, Kind
from shared.posts.life import Post
from shared.posts.names import PlatformName, PostId
from shared.posts.reply import Reply

FORM = "reply"
"""What the token of a form that sends a reply is for, on whatever page it stands."""

ADDRESS = "/replies/new"

TOLD_BY_NAME = frozenset({PlatformName("mastodon"), PlatformName("x")})
"""Where nobody hears of an answer that does not name them."""

ENGLISH, WELSH = "en-GB", "cy-GB"

IN_PRIVATE = "It was said in private. Answer in the app: what leaves from here all can read."
ERASED = "What was said was erased, and where it stands. Answer in the app."
SETTLED = "It needs no such answer any more. Look at what became of it."


def why_not(mention: Mention, platform_id: str) -> str:
    """Why it cannot be answered from here; empty where it can."""
    if mention.private:
        return IN_PRIVATE
    if not capabilities(mention.platform).can(Can.REPLY):
        return capabilities(mention.platform).sentence(Can.REPLY)
    if not platform_id:
        return ERASED
    return "" if may_become(mention, MentionState.ANSWERED) else SETTLED


def may_become(mention: Mention, wanted: MentionState) -> bool:
    """Whether this may become of it now."""
    return wanted in MAY_FOLLOW.get(mention.state, frozenset())


def wanted_state(reply: Reply) -> MentionState:
    """What becomes of the mention once the reply stands."""
    return MentionState.HOLDING if reply.follow_up else MentionState.ANSWERED


def begins_with(mention: Mention, handle: str) -> str:
    """What a reply begins with there, so that whoever is answered hears of it; mostly nothing."""
    named = mention.platform in TOLD_BY_NAME and handle
    return f"@{handle.removeprefix('@')} " if named else ""


def reply_draft(mention: Mention, handle: str, words: str, language: str) -> Draft:
    """The reply as it is submitted: `handle` is that of whoever is answered."""
    begins = begins_with(mention, handle)
    text = words.strip()
    return Draft(
        text=text if text.startswith(begins) else f"{begins}{text}",
        account=mention.account,
        platforms=(mention.platform,),
        kind=Kind.REPLY,
        about=mention.mention_id,
        language=language,
    )


def language_of(answer: str) -> str:
    """The language of a set answer."""
    return WELSH if answer == CALL_IN_WELSH else ENGLISH


def is_of(reply: Reply, draft: Draft) -> bool:
    """Whether a reply is to what its draft says that it answers: nobody approved another one."""
    named = mention_name(draft.account, reply.platform, reply.platform_id)
    return draft.about == reply.mention_id == named and draft.platforms == (reply.platform,)


def answers_what_was_approved(post: Post) -> bool:
    """Whether a post that calls itself a reply is one to what was approved, and no other is one."""
    if post.reply is None:
        return post.draft.kind is not Kind.REPLY
    return post.draft.kind is Kind.REPLY and is_of(post.reply, post.draft)


def being_answered(mention: Mention, post_id: PostId) -> Mention:
    """The mention with the post that is on its way to answer it."""
    return replace(mention, answering=post_id)
