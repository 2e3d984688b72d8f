"""A question that somebody asked of sealed months, as it stands on record.

It says all that another person needs to ask it again and get the same bytes: the question, the
months by the hash of their bags, and how many leaves the log had at the moment that was asked
about. `sha256` stands for the whole answer. Words that were looked for may name anybody, so they
are sealed in the leaf (ADR 0022), and an erasure reaches them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shared.months.month import Month
from shared.posts.names import PersonId, QuestionId
from shared.recordlog.acts import Happened
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act

WORDS = frozenset({"text", "phrase", "regex"})
"""Fields of a question that hold words somebody typed."""


@dataclass(frozen=True)
class Question:
    """What was asked and of which months; `asks` holds the question's fields by name, `words` those
    of them that are sealed. `read` are the months whose copies were read, each with the hash of its
    bag, earlier ones for the registry's sake too; `missing` are asked for and not sealed,
    `disposed` are asked for and destroyed.
    """

    question_id: QuestionId
    asks: Mapping[str, str]
    first: Month
    last: Month
    read: tuple[tuple[Month, str], ...]
    missing: tuple[Month, ...]
    size: int
    total: int
    sha256: str
    asked_by: PersonId
    asked_at: datetime
    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    disposed: tuple[Month, ...] = ()

    @property
    def whole(self) -> dict[str, str]:
        """All of its fields, words too."""
        return {**self.asks, **self.words}


def parted(asked: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The fields of a question that stand open on record, and those that are sealed."""
    words = {name: asked[name] for name in asked if name in WORDS}
    return {name: asked[name] for name in asked if name not in WORDS}, words


def question_entry(question: Question) -> dict[str, JSON]:
    """All but its words, as JSON."""
    gone: list[JSON] = [str(each) for each in question.disposed]
    return {
        **({"disposed": gone} if gone else {}),
        "asks": dict(question.asks),
        "from": str(question.first),
        "to": str(question.last),
        "read": [{"bag": bag, "month": str(month)} for month, bag in question.read],
        "missing": [str(each) for each in question.missing],
        "size": question.size,
        "total": question.total,
        "sha256": question.sha256,
    }


def question_act(question: Question) -> Act:
    """That it was asked."""
    return Act(
        type=Happened.QUESTION_ASKED.value,
        account=None,
        subject=f"question:{question.question_id}",
        at=question.asked_at,
        actor=question.asked_by,
        approver=None,
        reason=None,
        payload=question_entry(question),
        personal=dict(question.words),
    )
