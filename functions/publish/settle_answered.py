"""A reply stands under what somebody said: so that is answered, with the address of the reply.

It is on record before the reply has its ending: whoever goes on after a crash does it then, and who
did it before does nothing twice. Somebody's own word about the mention, given meanwhile, stands.
"""

from datetime import datetime

from shared.mentions.mention import HAPPENED, Mention, MentionState, Outcome, settle
from shared.mentions.replies import may_become, wanted_state
from shared.posts import life
from shared.posts.life import Post
from shared.posts.localtime import local
from shared.posts.reply import Reply
from shared.records.errors import BusyError, ChangedError, NotFoundError
from shared.records.mention_entries import act_on_mention, outcome_said
from shared.records.mentions import Mentions, Step
from shared.records.publication import Publication

TRIES = 3
"""How often a mention that somebody changes this very moment is looked at again."""

HELD_WITH = "The holding reply: {}"


def settle_answered(
    post: Post, found: tuple[Publication, ...], mentions: Mentions, now: datetime
) -> None:
    """What became of the mention, if its reply stands and nobody said it yet; BusyError, which the
    state machine waits out, where it changes again and again."""
    reply, address = post.reply, _address(post, found)
    if reply is None or not address:
        return
    for left in reversed(range(TRIES)):
        try:
            step = _step(post, reply, mentions.get(reply.mention_id), address, now)
            if step is not None:
                mentions.settle(step)
        except NotFoundError:
            return  # it was disposed of, and its month is sealed
        except ChangedError as error:
            if not left:
                raise BusyError("settling a mention") from error
        else:
            return


def _step(post: Post, reply: Reply, before: Mention, address: str, now: datetime) -> Step | None:
    """What becomes of it; None where somebody has said so already."""
    settled, wanted = before.settled, wanted_state(reply)
    said_since = settled is not None and settled.at >= post.submitted_at
    if not may_become(before, wanted) or (said_since and wanted is before.state):
        return None
    outcome = _outcome(reply, wanted, address, now)
    after = settle(before, outcome, post.author, now, local(now).date(), proved=True)
    said = {**outcome_said(outcome), "post": post.post_id, "version": post.version}
    return Step(
        before, after, act_on_mention(after, HAPPENED[wanted], now, said, actor=post.author)
    )


def _outcome(reply: Reply, wanted: MentionState, address: str, now: datetime) -> Outcome:
    """An approval may take longer than the holding reply promised: then it is due today."""
    if reply.follow_up is None:
        return Outcome(wanted, answer=address)
    day = max(reply.follow_up, local(now).date())
    return Outcome(wanted, why=HELD_WITH.format(address), follow_up=day)


def _address(post: Post, found: tuple[Publication, ...]) -> str:
    """Where the reply stands; empty where it does not."""
    there = post.reply and post.reply.platform
    for each in found:
        first = each.platform == there and each.part == 1
        if first and each.state is life.Outcome.SENT and each.receipt:
            return each.receipt.url
    return ""
