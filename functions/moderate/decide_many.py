"""Approve several posts in one go: those that nobody has found anything to review in.

Each is decided by itself, in its own transaction, and each gets an answer of its own: that one was
refused says nothing of the others. Whatever a finding speaks of is read and decided alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from moderate.case import Case, Choice
from moderate.decide import Bench, Seat, decide
from moderate.errors import DecideError
from shared.policy.verdict import Severity
from shared.posts.errors import PostError
from shared.posts.names import ContentHash, PostId
from shared.records.approval import Decision
from shared.records.errors import RecordsError

MOST = 20
"""Posts in one request: nobody has read more at one sitting."""

ALONE = "It has findings to review. Read them, and decide this one by itself."


@dataclass(frozen=True)
class Meant:
    """One post that is meant, and the words that were read."""

    post_id: PostId
    version: int
    content_hash: ContentHash


@dataclass(frozen=True)
class Outcome:
    """What became of one: approved, or why not."""

    meant: Meant
    approved: bool
    sentence: str = ""


def approve_many(
    meant: Iterable[Meant],
    case_of: Callable[[Meant], Case],
    seat: Seat,
    bench: Bench,
    *,
    sentence_of: Callable[[Exception], str],
    now: datetime,
) -> tuple[Outcome, ...]:
    """An outcome for each, in order."""
    outcomes = []
    for one in meant:
        try:
            outcomes.append(_approve(one, case_of(one), seat, bench, now))
        except (DecideError, PostError, RecordsError) as error:
            outcomes.append(Outcome(one, approved=False, sentence=sentence_of(error)))
    return tuple(outcomes)


def _approve(one: Meant, case: Case, seat: Seat, bench: Bench, now: datetime) -> Outcome:
    if any(finding.get("severity") != Severity.ADVISE.value for finding in case.post.findings):
        return Outcome(one, approved=False, sentence=ALONE)
    decide(case, Choice(Decision.APPROVE, None, one.content_hash), seat, bench, now)
    return Outcome(one, approved=True)
