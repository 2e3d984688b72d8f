"""The whole life of a post from the copy of sealed months: every leaf about it, and about what
speaks of it (deletions, corrections, notes, mentions, exceptions, erasures), as the command line
finds it in the bags.

Leaves that name the post are found first; what they are about is looked for in turn, until nothing
new turns up.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from archive.auditing.ask_question import AuditDesk, Months, files_of, months_read, opened
from archive.auditing.errors import NothingSealedError, OutOfTimeError, WrongWishError
from archive.auditing.wish import FROM, TO, Wish, wish_in, wish_of
from archive.questions.search import MOST_MONTHS
from archive.reading.find_life import BadPostNameError, Told, leads_to, post_named
from shared.months.month import Month, month_of
from shared.months.question import Question
from shared.recordlog.canonical import JSON
from shared.recordlog.sealed import SEALED
from shared.recordlog.subjects import moment_of

POST = "post"
MOST_LEAVES = 5_000
FOUND = """SELECT leaf_index, leaf_hash, leaf_id, type, "at", subject, post_id, version, platform,
  actor, approver, reason, text, payload
FROM acts WHERE regexp_matches(subject || ' ' || payload, $names) ORDER BY leaf_index LIMIT 5001"""


@dataclass(frozen=True)
class Lived:
    """One leaf of the life of a post; `at` is aware."""

    leaf_index: int
    leaf_hash: str
    leaf_id: str
    type: str
    at: datetime
    subject: str
    post_id: str | None
    version: int | None
    platform: str | None
    actor: str
    approver: str | None
    reason: str | None
    text: str | None
    payload: Mapping[str, JSON]

    @property
    def is_sealed(self) -> bool:
        """Whether it holds text of other people, which nobody can read here."""
        return SEALED in self.payload


def wish_for(post_id: str, sealed: tuple[Month, ...]) -> Wish:
    """The search that stands on record where somebody looks at a post: from the month in which it
    began, as far as one search reaches. WrongWishError, NothingSealedError."""
    named = named_in(post_id)
    try:
        first = month_of(moment_of(named))
    except (ValueError, OverflowError):  # 26 letters that tell no time
        first = Month(2000, 1)
    if not sealed or sealed[-1] < first:
        raise NothingSealedError(first, first)
    first, last = max(first, sealed[0]), sealed[-1]
    reach = first
    for _ in range(MOST_MONTHS - 1):
        reach = reach.next
    return wish_in({FROM: str(first), TO: str(min(last, reach)), POST: named})


def named_in(text: str) -> str:
    """The id in a text that names a post; WrongWishError."""
    try:
        return post_named(text)
    except BadPostNameError as error:
        raise WrongWishError(POST, str(error)) from error


def life_in(question: Question, desk: AuditDesk) -> tuple[Lived, ...]:
    """The life of the post that was asked about, in the order of the log; AuditError,
    QuestionError."""
    wish = wish_of(question.whole, question.first, question.last)
    return life_from(wish, months_read(question, desk), desk)


def life_from(wish: Wish, months: Months, desk: AuditDesk) -> tuple[Lived, ...]:
    """The same from these months; the search names the post."""
    post_id = wish.fields[POST]
    names = {post_id}
    with opened(lambda read: files_of(wish, months, read), desk) as (index, left):
        while True:
            if left() <= 0:
                raise OutOfTimeError
            given = {"names": "|".join(re.escape(each) for each in sorted(names))}
            asked = index.ask(FOUND, given, size=months.size, seconds=left())
            found = [_lived(row) for row in asked.as_dicts()]
            grown = names.union(*(leads_to(_told(each), post_id, names) for each in found))
            if grown == names or len(found) > MOST_LEAVES:
                return tuple(found[:MOST_LEAVES])
            names = grown


def _lived(row: Mapping[str, Any]) -> Lived:
    return Lived(
        **{**row, "at": row["at"].replace(tzinfo=UTC), "payload": json.loads(row["payload"])}
    )


def _told(lived: Lived) -> Told:
    return Told(lived.leaf_id, lived.type, lived.subject, lived.payload)
