"""A question is asked of sealed months: answered from their copy, and on record before it is shown.

What a search reads: the months that are asked about and the one before, so that what began there is
known; of earlier ones the registry and incidents alone, which last. A fixed question may go back to
whatever was before, such as a post that is put right after months, and reads all months up to the
last: an answer that leaves something out would look like good news.

Nothing is known that was logged after the last month was sealed. On record stand the months by the
hash of their bags, the size that the log had then, how many rows there are and the hash over all of
them: whoever asks the same again gets the same bytes, or is told that it is another answer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.auditing.errors import (
    LetGoError,
    NotCopiedError,
    NothingLeftError,
    NothingSealedError,
    OtherAnswerError,
    OutOfTimeError,
)
from archive.auditing.fetch_copy import ChangedFileError, CopyShelf
from archive.auditing.months_on_record import CopiedFile, Read, copied_files
from archive.auditing.wish import AS_OF, SEARCH, Wish, known_as, wish_of
from archive.questions.answer import (
    Answered,
    Asked,
    answer,
    asked_fixed,
    asked_search,
    size_at,
)
from archive.questions.index import Index
from archive.questions.pack import fixed
from archive.questions.search import Search
from shared.accounts.registry import Person
from shared.months.month import Month
from shared.months.note import Sealed
from shared.months.question import Question, parted
from shared.posts.names import QuestionId
from shared.records.pen import ENTROPY_BYTES, Pen, ulid
from shared.records.questions import Questions

SECONDS = 20.0
"""For fetching and answering together; the gateway waits for 29."""

MEMORY_MB = 900
LASTING = ("registry/", "incident/")
"""Folders of what happened once and holds until it is undone."""

PAGE = 50
"""Rows of a page where nobody says how many."""


@dataclass(frozen=True)
class AuditDesk:
    """Where questions are kept, what the record knows of months (oldest first), and the copy."""

    questions: Questions
    months: Callable[[], tuple[Sealed, ...]]
    read: Read
    shelf: CopyShelf
    scratch: Path
    pen: Pen
    stopwatch: Callable[[], float]
    disposed: Callable[[], frozenset[Month]] = frozenset
    let_go_by: Callable[[Month], int | None] = lambda _: None
    """Which leaf says who let a month go, as far as sealed months tell it."""


@dataclass(frozen=True)
class Months:
    """The months that one question reads, oldest first, and those that it asks for in vain: missing
    ones, and those that were disposed of."""

    read: tuple[Sealed, ...]
    missing: tuple[Month, ...]
    size: int
    """How many leaves the log had, as far as is known: when the last of them was sealed."""

    disposed: tuple[Month, ...] = ()


FilesOf = Callable[[Read], tuple[CopiedFile, ...]]
"""Which files of the copy are read, told by its notes."""


@dataclass(frozen=True)
class Part:
    """Which part of an answer: what comes behind a leaf, and how many rows."""

    after: int | None = None
    limit: int = PAGE


def ask_question(
    wish: Wish, *, by: Person, desk: AuditDesk, now: datetime
) -> tuple[Question, Answered]:
    """The first page of the answer, and the question as it stands on record. AuditError,
    QuestionError."""
    months = months_of(wish, desk.months(), desk.disposed())
    found = _answered(wish, months, Part(), desk)
    asks, words = parted(wish.asks)
    question = Question(
        question_id=QuestionId(ulid(now, desk.pen.chance(ENTROPY_BYTES))),
        asks=asks,
        words=words,
        first=wish.first,
        last=wish.last,
        read=tuple((each.month, each.bag) for each in months.read),
        missing=months.missing,
        disposed=months.disposed,
        size=found.asked.size,
        total=found.total,
        sha256=found.sha256,
        asked_by=by.person_id,
        asked_at=now,
    )
    desk.questions.record(question)
    return question, found


def read_answer(question: Question, part: Part, desk: AuditDesk) -> Answered:
    """A page of the answer to a question that was asked before; OtherAnswerError unless it is the
    same answer. AuditError, QuestionError."""
    wish = wish_of(question.whole, question.first, question.last)
    found = _answered(wish, months_read(question, desk), part, desk)
    if (found.total, found.sha256) != (question.total, question.sha256):
        raise OtherAnswerError
    return found


def months_read(question: Question, desk: AuditDesk) -> Months:
    """The months that a question was answered from; LetGoError where one was disposed of since,
    OtherAnswerError where one is not the same any more."""
    gone = desk.disposed()
    for month, _ in question.read:
        if month in gone:
            raise LetGoError(month, desk.let_go_by(month))
    known = {(each.month, each.bag): each for each in desk.months()}
    read = tuple(known[each] for each in question.read if each in known)
    if len(read) != len(question.read):
        raise OtherAnswerError
    return Months(read, question.missing, question.size)


def months_of(
    wish: Wish, sealed: tuple[Sealed, ...], disposed: frozenset[Month] = frozenset()
) -> Months:
    """The months that the question reads, as far as they were not disposed of; NothingSealedError,
    NothingLeftError."""
    upto = tuple(e for e in sealed if e.month <= wish.last and e.month not in disposed)
    there = {each.month for each in upto if each.month >= wish.first}
    asked = tuple(_from(wish.first, wish.last))
    gone = tuple(each for each in asked if each in disposed)
    if not there:
        nothing = NothingLeftError if gone else NothingSealedError
        raise nothing(wish.first, wish.last)
    missing = tuple(each for each in asked if each not in there and each not in disposed)
    return Months(upto, missing, upto[-1].end.size, gone)


def files_of(wish: Wish, months: Months, read: Read) -> tuple[CopiedFile, ...]:
    """The files of the copy that hold the answer; NotCopiedError."""
    found: list[CopiedFile] = []
    for sealed in months.read:
        files = copied_files(sealed, read)
        if files is None:
            raise NotCopiedError(sealed.month)
        whole = wish.name != SEARCH or sealed.month >= wish.first.previous
        found += (each for each in files if whole or each.path.startswith(LASTING))
    return tuple(found)


@contextmanager
def opened(files: FilesOf, desk: AuditDesk) -> Iterator[tuple[Index, Callable[[], float]]]:
    """The copy of some months, and how many seconds are left; NotCopiedError, OutOfTimeError,
    TooMuchToReadError."""
    begun = desk.stopwatch()

    def left() -> float:
        return SECONDS - (desk.stopwatch() - begun)

    def read(path: str) -> bytes | None:
        if left() <= 0:
            raise OutOfTimeError
        return desk.read(path)

    with _laid(files(read), desk, lambda: left() > 0) as index:
        yield index, left


def _answered(wish: Wish, months: Months, part: Part, desk: AuditDesk) -> Answered:
    with opened(lambda read: files_of(wish, months, read), desk) as (index, left):
        asked = _asked(wish, index, months.size)
        if left() <= 0:
            raise OutOfTimeError
        return answer(index, asked, part.after, part.limit, seconds=left())


@contextmanager
def _laid(
    files: tuple[CopiedFile, ...], desk: AuditDesk, is_time: Callable[[], bool]
) -> Iterator[Index]:
    """The copy, opened: these files and no others."""
    with TemporaryDirectory(dir=desk.scratch) as room:
        try:
            desk.shelf.lay(files, Path(room), is_time)
        except ChangedFileError as error:
            month = next(each.month for each in files if each.path == error.path)
            raise NotCopiedError(month) from error
        with Index(Path(room), memory_mb=MEMORY_MB) as index:
            yield index


def _asked(wish: Wish, index: Index, size: int) -> Asked:
    if wish.name == SEARCH:
        span = (wish.first.begins, wish.last.ends)
        return asked_search(Search.read(wish.fields, span=span), index, size)
    if AS_OF in wish.fields:
        as_of = known_as(wish.fields[AS_OF])
        size = min(size, as_of if isinstance(as_of, int) else size_at(index, as_of))
    return asked_fixed(fixed(wish.name), wish.since, wish.until, wish.given, size)


def _from(first: Month, last: Month) -> Iterator[Month]:
    month = first
    while month <= last:
        yield month
        month = month.next
