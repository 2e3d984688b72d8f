"""One answer for many who say much the same (policy D13): each is settled by itself, with its leaf.

That one was refused says nothing of the others. Whatever reads like a call for help is looked at by
itself, however much it is like the rest.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from moderate.incident_errors import MayNotActError
from moderate.mention_case import MentionCase
from moderate.mention_room import Desk
from moderate.settle_mention import settle_mention
from shared.accounts.registry import Person
from shared.mentions.mention import Mention, Outcome
from shared.posts.errors import PostError
from shared.records.errors import RecordsError

MOST = 50
"""Mentions in one request."""

ALONE = "It reads like a call for help. Look at it, and settle this one by itself."


@dataclass(frozen=True)
class Settling:
    """What became of one of them: `after` as it stands then, or why not."""

    mention_id: str
    after: Mention | None
    sentence: str = ""


def settle_many(
    mention_ids: Iterable[str],
    case_of: Callable[[str], MentionCase],
    outcome: Outcome,
    by: Person,
    *,
    desk: Desk,
    sentence_of: Callable[[Exception], str],
    now: datetime,
) -> tuple[Settling, ...]:
    """An answer for each, in order. InvalidMentionError, and then none of them is settled."""
    done = []
    for mention_id in mention_ids:
        try:
            after = _settled(case_of(mention_id), outcome, by, desk, now)
        except (MayNotActError, PostError, RecordsError) as error:
            done.append(Settling(mention_id, None, sentence_of(error)))
        else:
            done.append(Settling(mention_id, after, "" if after else ALONE))
    return tuple(done)


def _settled(
    case: MentionCase, outcome: Outcome, by: Person, desk: Desk, now: datetime
) -> Mention | None:
    if case.mention.is_open and case.mention.calls:
        return None
    return settle_mention(case.mention, outcome, by, account=case.account, desk=desk, now=now)
