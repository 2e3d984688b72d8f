"""What asking needs, made when somebody asks."""

import tempfile
from functools import cache
from pathlib import Path
from time import monotonic

from archive.auditing.ask_question import AuditDesk
from archive.auditing.copy_bucket import CopyBucket, s3
from archive.auditing.fetch_copy import CopyShelf
from archive.auditing.months_on_record import all_months
from archive.auditing.room import room
from shared.months.month import Month
from shared.months.note import Sealed
from shared.records.disposals import Disposals
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
        questions(), sealed, bucket.read, shelf, folder, room().pen, monotonic, disposed
    )


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
