"""What asking needs, made when somebody asks."""

import tempfile
from functools import cache
from pathlib import Path
from time import monotonic

from archive.auditing.ask_question import AuditDesk
from archive.auditing.copy_bucket import CopyBucket, s3
from archive.auditing.errors import LetGoError
from archive.auditing.fetch_copy import CopyShelf
from archive.auditing.let_go import let_go_by
from archive.auditing.months_on_record import all_months
from archive.auditing.room import room
from shared.months.month import Month, month_of
from shared.months.note import Sealed
from shared.months.question import Question
from shared.posts.names import QuestionId
from shared.records.disposals import Disposals
from shared.records.errors import NotFoundError
from shared.records.months import Months
from shared.records.questions import Questions


@cache
def desk() -> AuditDesk:
    """This process's desk; what it fetches lies in a folder that goes with the process."""
    folder, bucket = Path(_scratch().name), copy_bucket()
    kept = folder / "copy"
    kept.mkdir(exist_ok=True)
    shelf = CopyShelf(bucket, kept)
    return AuditDesk(
        questions=questions(),
        months=sealed,
        read=bucket.read,
        shelf=shelf,
        scratch=folder,
        pen=room().pen,
        stopwatch=monotonic,
        disposed=disposed,
        let_go_by=let_go,
    )


def question(question_id: QuestionId) -> Question:
    """A question that was asked, with its words; NotFoundError, ErasedError, and LetGoError where
    they went with the month in which it was asked."""
    try:
        return questions().get(question_id)
    except NotFoundError as error:
        asked_at = questions().asked_at(question_id) if error.noun != "questions" else None
        asked = month_of(asked_at) if asked_at else None
        for month in (asked, asked.next) if asked else ():
            if month in disposed():
                raise LetGoError(month, let_go(month)) from error
        raise


def let_go(month: Month) -> int | None:
    """The leaf that says who let a month go, as far as sealed months tell it."""
    disposal = disposals().begun().get(month)
    return let_go_by(disposal, desk()) if disposal else None


@cache
def questions() -> Questions:
    """Where questions are kept."""
    return Questions(room().kept, room().pen)


@cache
def months() -> Months:
    """Where sealed months are on record."""
    return Months(room().kept, room().pen)


@cache
def disposals() -> Disposals:
    """Where it is kept which months were disposed of."""
    return Disposals(room().kept, room().pen)


def disposed() -> frozenset[Month]:
    """The months that are gone, or are going."""
    return frozenset(disposals().begun())


@cache
def copy_bucket() -> CopyBucket:
    """Where the copy lies."""
    return CopyBucket(room().settings.archive_index_bucket, s3())


def sealed() -> tuple[Sealed, ...]:
    """Every sealed month, as its note says it."""
    return tuple(each.sealed for each in all_months(months(), room().settings.log_origin))


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="questions-")
