"""Something is to be proved: which records, in which months, is settled here; who wants what is on
record; and the state machine that verifies and makes it is started.

What was disposed of, and what is not sealed yet, is told with a sentence before anything is begun.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from archive.auditing.ask_question import AuditDesk, Part, months_of, read_answer
from archive.auditing.errors import (
    LetGoError,
    NothingLeftError,
    NothingSealedError,
    NothingToProveError,
    NotSealedLeafError,
    TooManyLeavesError,
)
from archive.auditing.post_life import life_from, named_in, wish_for
from archive.auditing.proof_wish import ProofWish
from archive.questions.answer import MOST_ON_A_PAGE
from shared.accounts.registry import Person
from shared.conductor.executions import NoAnswerError
from shared.months.month import Month
from shared.months.note import Sealed
from shared.months.proof_order import Kind, Needed, Order, Producer, broken
from shared.months.question import Question
from shared.posts.names import ProofId, QuestionId
from shared.records.errors import ChangedError
from shared.records.pen import ENTROPY_BYTES, ulid

MOST = 500
"""Records of one bundle: as many as `export_court` takes."""

NOT_BEGUN = "It could not be begun. Ask for it anew."


class Kept(Protocol):
    """Where orders are kept."""

    def ask(self, order: Order) -> None:
        """It was asked for, and that is on record."""

    def end(self, before: Order, after: Order) -> None:
        """It is over, and that is on record; ChangedError."""


@dataclass(frozen=True)
class ProofDesk:
    """Where questions are answered and orders kept; what finds a question; what starts an order."""

    audit: AuditDesk
    orders: Kept
    question: Callable[[QuestionId], Question]
    start: Callable[[ProofId], None]


@dataclass(frozen=True)
class _Scope:
    """What an order is about, the months that it is answered from, and its records."""

    about: str
    first: Month
    last: Month
    leaves: tuple[int, ...] = ()


def order_proof(wish: ProofWish, *, by: Person, desk: ProofDesk, now: datetime) -> Order:
    """The order, on record and begun, or over where nobody could begin it; AuditError,
    QuestionError."""
    scope = _SCOPES[wish.kind](wish, desk)
    order = Order(
        proof_id=ProofId(ulid(now, desk.audit.pen.chance(ENTROPY_BYTES))),
        kind=wish.kind,
        about=scope.about,
        first=scope.first,
        last=scope.last,
        needed=tuple(_needed(scope, desk.audit)),
        asked_by=by.person_id,
        asked_at=now,
        leaves=scope.leaves,
        producer=_producer(wish, by),
    )
    desk.orders.ask(order)
    return _begun(order, desk, now)


def _begun(order: Order, desk: ProofDesk, now: datetime) -> Order:
    try:
        desk.start(order.proof_id)
    except NoAnswerError:
        over = broken(order, NOT_BEGUN, now)
        with suppress(ChangedError):  # it was begun all the same, and somebody is at it
            desk.orders.end(order, over)
            return over
    return order


def _leaf(wish: ProofWish, desk: ProofDesk) -> _Scope:
    index = wish.leaf if wish.leaf is not None else -1
    month = _month_holding(index, desk.audit)
    return _Scope(f"leaf:{index}", month, month, (index,))


def _bundle(wish: ProofWish, desk: ProofDesk) -> _Scope:
    return _of_post(wish.post, desk) if wish.post else _of_question(wish.question or "", desk)


def _of_post(name: str, desk: ProofDesk) -> _Scope:
    audit, post_id = desk.audit, named_in(name)
    gone = audit.disposed()
    search = wish_for(post_id, tuple(e.month for e in audit.months() if e.month not in gone))
    months = months_of(search, audit.months(), gone)
    leaves = _few(each.leaf_index for each in life_from(search, months, audit))
    return _Scope(f"post:{post_id}", search.first, months.read[-1].month, leaves)


def _of_question(question_id: str, desk: ProofDesk) -> _Scope:
    question = desk.question(QuestionId(question_id))
    leaves = _few(_leaves_in(question, desk.audit))
    holding = [_month_holding(each, desk.audit) for each in leaves]
    last = max(month for month, _ in question.read)
    return _Scope(f"question:{question_id}", min(question.first, *holding), last, leaves)


def _months(wish: ProofWish, desk: ProofDesk) -> _Scope:
    sealed = [each.month for each in desk.audit.months()]
    if not sealed:
        month = wish.first or wish.last or Month(2000, 1)
        raise NothingSealedError(month, month)
    first, last = wish.first or sealed[0], wish.last or sealed[-1]
    return _Scope("months", first, last)


_SCOPES: dict[Kind, Callable[[ProofWish, ProofDesk], _Scope]] = {
    Kind.LEAF: _leaf,
    Kind.BUNDLE: _bundle,
    Kind.MONTHS: _months,
}


def _needed(scope: _Scope, audit: AuditDesk) -> Iterator[Needed]:
    """The months that hold the records, or all of them; NothingLeftError, NothingSealedError."""
    gone, found = audit.disposed(), False
    for each in audit.months():
        if not scope.first <= each.month <= scope.last or each.month in gone:
            continue
        if scope.leaves and not any(_holds(each, index) for index in scope.leaves):
            continue
        found = True
        yield Needed(each.month, each.bag)
    if not found:
        lost = any(scope.first <= month <= scope.last for month in gone)
        raise (NothingLeftError if lost else NothingSealedError)(scope.first, scope.last)


def _month_holding(index: int, audit: AuditDesk) -> Month:
    """The sealed month that a leaf lies in; NotSealedLeafError, LetGoError."""
    for each in audit.months():
        if _holds(each, index):
            if each.month in audit.disposed():
                raise LetGoError(each.month, audit.let_go_by(each.month))
            return each.month
    raise NotSealedLeafError(index)


def _leaves_in(question: Question, audit: AuditDesk) -> Iterator[int]:
    after: int | None = None
    while True:
        found = read_answer(question, Part(after, MOST_ON_A_PAGE), audit)
        yield from (int(str(row["leaf_index"])) for row in found.rows)
        if found.next is None:
            return
        after = found.next


def _few(indexes: Iterable[int]) -> tuple[int, ...]:
    """Each of them once, in the order of the log; NothingToProveError, TooManyLeavesError."""
    found: set[int] = set()
    for index in indexes:
        found.add(index)
        if len(found) > MOST:
            raise TooManyLeavesError(MOST)
    if not found:
        raise NothingToProveError
    return tuple(sorted(found))


def _holds(sealed: Sealed, index: int) -> bool:
    return sealed.start.size <= index < sealed.end.size


def _producer(wish: ProofWish, by: Person) -> Producer | None:
    if wish.kind is Kind.MONTHS:
        return None
    return Producer(by.name, wish.role, wish.label, wish.number)
