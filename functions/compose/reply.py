"""Answer somebody: a post of ours under what they said, from the page that shows it.

Whoever posts for the account sends it; it is checked, approved and published as any other post is.
Sent twice, by a second tap or by two at once, it is one answer: the second is shown the first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from compose.begin_reply import Beginner
from compose.errors import BeingAnsweredError, MayNotPostError
from compose.reading import Wanted
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may_for, may_read
from shared.mentions.errors import InvalidMentionError
from shared.mentions.mention import Mention, check_day
from shared.mentions.replies import reply_draft, why_not
from shared.mentions.set_answers import HOLDING
from shared.posts.errors import InvalidDraftError
from shared.posts.life import KEPT_IN, Post, State, Urgency
from shared.posts.names import AccountId
from shared.posts.reply import Reply
from shared.records.errors import NotFoundError
from shared.records.mentions import Mentions, Words

NO_WORDS = "Say something; the answer is empty."


@dataclass(frozen=True)
class Replying:
    """What somebody wants to answer, and how: `follow_up` makes it a holding reply."""

    mention_id: str
    words: str
    language: str
    follow_up: date | None = None
    urgency: Urgency = Urgency.IMMEDIATE


@dataclass(frozen=True)
class Shelf:
    """Where the mention is looked up, whose account it was said to, and what answers it."""

    mentions: Mentions
    account: Callable[[AccountId], Account]
    begun: Beginner


@dataclass(frozen=True)
class Said:
    """A mention that can be answered from here, with what is sealed of it."""

    mention: Mention
    account: Account
    words: Words

    def told(self, name: str) -> str:
        """One thing of what is sealed; empty where there is none."""
        value = self.words.get(name)
        return str(value) if value else ""


def to_answer(mention_id: str, person: Person, shelf: Shelf) -> Said:
    """What is to be answered; NotFoundError, MayNotPostError, InvalidDraftError."""
    said = _said(mention_id, person, shelf)
    _check_answerable(said)
    return said


def reply(
    replying: Replying,
    person: Person,
    shelf: Shelf,
    submitted: Callable[[Wanted, Person], Post],
    *,
    key: str | None,
    today: date,
) -> Post:
    """The answer as it stands on record, or the same one that this person sent before; what
    `to_answer` raises, BeingAnsweredError."""
    said = _said(replying.mention_id, person, shelf)
    wanted = _wanted(replying, said, key)
    before = shelf.begun.answering(said.mention)
    if before is not None and _is_same(before, wanted, person):
        return before
    _check_answerable(said)
    _check_day(replying, today)
    try:
        return submitted(wanted, person)
    except BeingAnsweredError as error:  # a second tap at the same moment
        if _is_same(error.post, wanted, person):
            return error.post
        raise


def _said(mention_id: str, person: Person, shelf: Shelf) -> Said:
    mention = shelf.mentions.get(mention_id)
    account = shelf.account(mention.account)
    if not may_read(person, account):
        raise NotFoundError("mentions", mention_id)
    answer = may_for(person, Right.ANSWER, account)
    if not answer.allowed:
        raise MayNotPostError(answer.reason)
    return Said(mention, account, shelf.mentions.words([mention]).get(mention_id, {}))


def _check_answerable(said: Said) -> None:
    if reason := why_not(said.mention, said.told("platform_id")):
        raise InvalidDraftError("mention", reason)


def _wanted(replying: Replying, said: Said, key: str | None) -> Wanted:
    if not replying.words.strip():
        raise InvalidDraftError("words", NO_WORDS)
    mention = said.mention
    draft = reply_draft(mention, said.told("handle"), replying.words, replying.language)
    answered = Reply(
        mention.mention_id, mention.platform, said.told("platform_id"), replying.follow_up
    )
    return Wanted(draft, key=key, urgency=replying.urgency, reply=answered)


def _is_same(post: Post, wanted: Wanted, person: Person) -> bool:
    """Whether this person sent the same before, and it did not come to nothing."""
    same = (post.author, post.draft, post.reply) == (person.person_id, wanted.draft, wanted.reply)
    return same and post.state not in KEPT_IN | {State.FAILED}


def _check_day(replying: Replying, today: date) -> None:
    """A holding reply names the day on which somebody comes back to it (policy D12)."""
    if replying.follow_up is None and replying.words.strip() != HOLDING:
        return
    try:
        check_day(replying.follow_up, today)
    except InvalidMentionError as error:
        raise InvalidDraftError(error.field, str(error)) from error
