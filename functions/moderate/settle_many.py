"""One answer for many who say much the same (policy D13): each is settled by itself, with its leaf.

That one was refused says nothing of the others. Whatever reads like a call for help is looked at by
itself, however much it is like the rest.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from moderate.incident_errors import MayNotActError
from moderate.mention_case import MentionCase
from moderate.mention_room import Desk
from moderate.settle_mention import step_of
from shared.accounts.registry import Person
from shared.mentions.mention import Mention, Outcome
from shared.posts.errors import PostError
from shared.records.errors import NotFoundError, RecordsError
from shared.records.mentions import Step

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
    cases: Mapping[str, MentionCase],
    outcome: Outcome,
    by: Person,
    *,
    desk: Desk,
    sentence_of: Callable[[Exception], str],
    now: datetime,
) -> tuple[Settling, ...]:
    """An answer for each, in order; `cases` are those that there are for this person.
    InvalidMentionError, and then none of them is settled."""
    wanted, steps, refused = tuple(dict.fromkeys(mention_ids)), dict[str, Step](), dict[str, str]()
    for mention_id in wanted:
        try:
            case = _case(cases, mention_id)
            if case.mention.is_open and case.mention.calls:
                refused[mention_id] = ALONE
                continue
            steps[mention_id] = step_of(case.mention, outcome, by, account=case.account, now=now)
        except (MayNotActError, PostError, RecordsError) as error:
            refused[mention_id] = sentence_of(error)
    outcomes = desk.mentions.settle_each(tuple(steps.values()))
    for mention_id, failed in zip(steps, outcomes, strict=True):
        if failed is not None:
            refused[mention_id] = sentence_of(failed)
    return tuple(
        Settling(each, None if each in refused else steps[each].after, refused.get(each, ""))
        for each in wanted
    )


def _case(cases: Mapping[str, MentionCase], mention_id: str) -> MentionCase:
    if mention_id not in cases:
        raise NotFoundError("mentions", mention_id)
    return cases[mention_id]
