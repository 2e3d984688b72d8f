"""A post that answers somebody is noted at their mention, in the transaction that keeps the post.

So of two answers that are sent in at once one is kept, whoever sends them; a newer version of a
post that came back takes the note over only where no other answer is on its way.
"""

from dataclasses import dataclass

from compose.beside import NOTHING, Beside
from compose.errors import BeingAnsweredError
from shared.mentions.mention import Mention
from shared.mentions.replies import (
    SETTLED,
    answers_what_was_approved,
    being_answered,
    may_become,
    wanted_state,
)
from shared.posts.errors import InvalidDraftError
from shared.posts.life import ENDINGS, Post, State
from shared.records.errors import NotFoundError
from shared.records.mentions import Mentions
from shared.records.posts import Posts

ONLY_THERE = "An answer stands under what it answers: only there, and by the same account."


@dataclass(frozen=True)
class Beginner:
    """Notes at mentions which post answers them."""

    mentions: Mentions
    posts: Posts

    def __call__(self, post: Post) -> Beside:
        """What is kept beside a post; nothing where it answers nobody. InvalidDraftError where it
        cannot answer, BeingAnsweredError where another one does."""
        if post.reply is None or post.state is State.BLOCKED:
            return NOTHING
        if not answers_what_was_approved(post):
            raise InvalidDraftError("platforms", ONLY_THERE)
        mention = self.mentions.get(post.reply.mention_id)
        if not may_become(mention, wanted_state(post.reply)):
            raise InvalidDraftError("mention", SETTLED)
        if mention.answering == post.post_id:
            return NOTHING
        other = self.answering(mention)
        if other is not None and other.state not in ENDINGS:
            raise BeingAnsweredError(other)
        noted = self.mentions.being_answered(mention, being_answered(mention, post.post_id))
        return Beside((noted,))

    def answering(self, mention: Mention) -> Post | None:
        """The newest version of the post that was sent in last to answer it, if there is one."""
        if mention.answering is None:
            return None
        try:
            return self.posts.get(mention.answering)
        except NotFoundError:
            return None  # it was disposed of
