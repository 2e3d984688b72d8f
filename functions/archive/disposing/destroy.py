"""What of a sealed month is destroyed, in this order; killed anywhere, it is begun again.

1. the copy that questions are asked of, every version of it, its note first;
2. the rows of all that goes with it, a few at a time, each time with a look at legal holds; of a
   picture or a video every version before its row, for by the row it is found;
3. payload, salt and key of every leaf, a few at a time, with the same look;
4. every version of every object of the bag, the tag manifest first: without it nobody takes the
   month for one that can be read. The note in `commit/` is never touched.

Whoever comes next and finds nothing left says that it is done.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol, TypeVar

from archive.disposing.versions import Lock, Version
from archive.disposing.what_goes import Leaving, Things
from archive.questions.copy_months import note_of
from archive.reading.sealed_bag import Bag
from shared.months import bag as layout
from shared.months.disposal import Disposal
from shared.months.lines import leaf_id_of, read_line
from shared.months.month import Month
from shared.months.remains import Kind, Remains
from shared.posts.names import LeafId, PictureId
from shared.posts.picture_keys import folder_of
from shared.records.disposals import AT_ONCE, Disposals
from shared.records.kept_things import AT_ONCE as ROWS_AT_ONCE
from shared.records.kept_things import Removal
from shared.records.transaction import Write

T = TypeVar("T")
OBJECTS_AT_ONCE = 256
"""Versions between two looks at the clock."""


class LateError(Exception):
    """There is no time for the rest; the next run carries on."""


class Bucket(Protocol):
    """A bucket, as far as its versions go (`versions.Versions`)."""

    def all(self, prefix: str) -> Iterable[Version]:
        """Every version below a prefix."""

    def folders(self) -> Iterable[str]:
        """The names of the topmost folders."""

    def look(self, version: Version) -> Lock:
        """How S3 keeps it."""

    def remove(self, version: Version) -> None:
        """It is gone for good."""


class Rows(Things, Protocol):
    """Tables, as far as taking things out goes (`shared.records.kept_things`)."""

    def removing(self, remains: Remains) -> Iterable[Removal]:
        """What has to go for this to be gone, in this order."""

    def stopping(self, picture_id: PictureId) -> list[Write]:
        """The write after which no post can be sent in with this picture."""


@dataclass(frozen=True)
class Tools:
    """The archive, the bucket of its copy, that of pictures and videos, the tables, every envelope
    that the log has `since` a leaf, who works at once, whether it is time still."""

    archive: Bucket
    copied: Bucket
    media: Bucket
    rows: Rows
    since: Callable[[int], Iterable[bytes]]
    pool: Executor
    is_time: Callable[[], bool] = lambda: True


def remove_copy(month: Month, tools: Tools) -> int:
    """How many versions of the copy were there, and are not; LateError."""
    removed = _remove(tools.copied, note_of(month), tools)
    for folder in tools.copied.folders():
        removed += _remove(tools.copied, f"{folder}{layout.folder(month)}", tools)
    return removed


def remove_things(
    disposal: Disposal, leaving: Leaving, disposals: Disposals, tools: Tools
) -> Disposal:
    """Nothing is left of what goes with the month, whatever leads to others last;
    NotOutlivedError where a hold was approved since, ChangedError, LateError, NotRemovedError."""
    for several in _packed(_removals(disposal.month, leaving, disposals, tools)):
        _require_time(disposal.month, tools)
        disposal = disposals.clear(disposal, several, leaving.standing)
    cleared = replace(disposal, cleared=True, waits=())
    disposals.note(disposal, cleared)
    return cleared


def remove_payloads(disposal: Disposal, bag: Bag, disposals: Disposals, tools: Tools) -> Disposal:
    """Nothing is left that opens a leaf of the month; NotOutlivedError where a hold was approved
    since, ChangedError, LateError."""
    for several in _batches(_leaves(bag), AT_ONCE):
        _require_time(disposal.month, tools)
        disposals.empty(disposal, several)
    emptied = replace(disposal, emptied=True, waits=())
    disposals.note(disposal, emptied)
    return emptied


def remove_bag(month: Month, tools: Tools) -> int:
    """How many versions of the bag's objects were there, and are not; NotRemovedError,
    LateError."""
    folder = layout.folder(month)
    first = _remove(tools.archive, folder + layout.TAG_MANIFEST, tools)
    return first + _remove(tools.archive, folder, tools)


def _removals(
    month: Month, leaving: Leaving, disposals: Disposals, tools: Tools
) -> Iterator[Removal]:
    for each in reversed(leaving.things):
        if each.kind is Kind.PICTURE:
            picture_id = PictureId(each.name)
            # S3 is no part of a transaction, so holds are asked just before.
            disposals.stop(month, leaving.standing, tools.rows.stopping(picture_id))
            _remove(tools.media, folder_of(picture_id), tools)
        yield from tools.rows.removing(each)


def _packed(removals: Iterable[Removal]) -> Iterator[list[Removal]]:
    """As many as fit into one transaction, in their order."""
    several: list[Removal] = []
    for each in removals:
        if several and sum(one.rows for one in several) + each.rows > ROWS_AT_ONCE:
            yield several
            several = []
        several.append(each)
    if several:
        yield several


def _leaves(bag: Bag) -> Iterator[LeafId]:
    for file in bag.record_files:
        for raw in bag.lines(file):
            yield LeafId(leaf_id_of(read_line(raw).envelope))


def _remove(bucket: Bucket, prefix: str, tools: Tools) -> int:
    removed = 0
    for several in _batches(iter(bucket.all(prefix)), OBJECTS_AT_ONCE):
        if not tools.is_time():
            raise LateError(f"{prefix}: {removed} versions were removed.")
        removed += sum(1 for _ in tools.pool.map(bucket.remove, several))
    return removed


def _require_time(month: Month, tools: Tools) -> None:
    if not tools.is_time():
        raise LateError(f"{month}: some of it is left.")


def _batches(named: Iterator[T], most: int) -> Iterator[list[T]]:
    while several := list(islice(named, most)):
        yield several
