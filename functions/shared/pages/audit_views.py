"""The shapes of the pages of those who audit: sealed months with what can be asked, one answer."""

from dataclasses import dataclass

from shared.pages.registry_views import Fact, FormView, Way


@dataclass(frozen=True)
class AuditMonth:
    """One month, sealed or not; `hint` says what proves it, or since when it is missing."""

    month: str
    tag: str
    colour: str
    hint: str = ""


@dataclass(frozen=True)
class AuditView:
    """The months, newest first, and the forms to ask them."""

    months: tuple[AuditMonth, ...]
    forms: tuple[FormView, ...]
    next_cursor: str | None = None


@dataclass(frozen=True)
class AnswerRow:
    """One row of an answer: the leaf that it can be proved from, and what it says of it; `title`
    says what happened, where the row does not, and `ways` lead further."""

    leaf_index: int
    leaf_hash: str
    facts: tuple[Fact, ...]
    title: str = ""
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class AnswerView:
    """A question as it stands on record, and a page of its answer; `ways` lead to all of it."""

    title: str
    facts: tuple[Fact, ...]
    rows: tuple[AnswerRow, ...]
    ways: tuple[Way, ...]
    next_address: str | None = None
    notice: str = ""
