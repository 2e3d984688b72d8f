"""Exceptions: found, closed; each with its leaf, and each once.

That a post is gone is on record only while its publication stands as sent, in the same transaction:
what a deletion of ours took away meanwhile is no exception.
"""

from typing import Any

from shared.posts.deletion import Ground
from shared.posts.exception_found import Cause, Change, Closing, PostException
from shared.posts.names import AccountId, PersonId, PostId
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.exception_rows import CLOSED, OPEN, ExceptionRow
from shared.records.listing import Listing
from shared.records.log import recording
from shared.records.newest_first import newest_first
from shared.records.pen import Pen
from shared.records.publication import Publication
from shared.records.publication_entries import changing, standing
from shared.records.reading import one
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit, setting

OF_ANOTHER_KIND = ":"
"""In the names of the rows beside them: rounds, and what drifts are found by."""


class Exceptions:
    """Where exceptions are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def open(self, found: PostException, publication: Publication, act: Act) -> bool:
        """On record, whether or not it was before; False if it was. PublicationMovedError if it
        stands as sent no more."""
        table = self._tables.exceptions
        taken = AlreadyExistsError("exception", found.exception_id)
        row = exception_row(self._tables, found)
        free = table.exception_id.does_not_exist()
        writes = [Write(row, free, lambda _: taken), standing(self._tables, publication)]
        try:
            self._commit(writes, act)
        except AlreadyExistsError:
            return False
        return True

    def get(self, exception_id: str) -> PostException:
        """The exception, or NotFoundError."""
        if OF_ANOTHER_KIND in exception_id:
            raise NotFoundError("exceptions", exception_id)
        return exception_of(one(self._tables.exceptions, exception_id))

    def all(
        self, cursor: str | None = None, limit: int = 20, *, is_open: bool = True
    ) -> Listing[PostException]:
        """A page of those that are open, or of those that are closed, newest first;
        InvalidCursorError."""
        table = self._tables.exceptions
        listed = OPEN if is_open else CLOSED
        part = newest_first(
            self._tables.connection,
            table,
            table.in_order,
            listed,
            exception_of,
            cursor=cursor,
            limit=limit,
        )
        # The index may lag behind the row that was read anew.
        return Listing(tuple(each for each in part.entries if each.is_open == is_open), part.cursor)

    def close(
        self,
        before: PostException,
        after: PostException,
        act: Act,
        publication: tuple[Publication, Publication] | None = None,
    ) -> None:
        """Somebody said how it came about, and what that means for the publication, as it was and
        is; ChangedError, PublicationMovedError if either is not as it was read."""
        table = self._tables.exceptions
        row, was = exception_row(self._tables, after), exception_row(self._tables, before)
        changed = ChangedError("exception", before.exception_id, "was closed meanwhile")
        same = table.entry == was.entry
        writes = [Write(row, same, lambda _: changed, setting(row, "entry", "listed"))]
        if publication is not None:
            writes.append(changing(self._tables, *publication))
        self._commit(writes, act)

    def _commit(self, writes: list[Write], act: Act) -> None:
        commit(self._tables.connection, [*writes, *recording(self._tables, self._pen, act)])


def exception_row(tables: Tables, found: PostException) -> ExceptionRow:
    """The row of an exception."""
    entry = {
        "post": [found.post_id, found.version, found.place],
        "account": found.account,
        "change": found.change.value,
        "published": found.published,
        "shown": found.shown,
        "platform_id": found.platform_id,
        "url": found.url,
        "sent_at": written(found.sent_at),
        "missed_at": written(found.missed_at),
        "closed": _closing(found.closed),
    }
    return tables.exceptions(
        exception_id=found.exception_id,
        entry=as_json(entry),
        listed=OPEN if found.is_open else CLOSED,
        found_at=written(found.found_at),
    )


def exception_of(row: ExceptionRow) -> PostException:
    """The exception a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    post_id, version, place = held["post"]
    return PostException(
        exception_id=row.exception_id,
        post_id=PostId(post_id),
        version=version,
        place=place,
        account=AccountId(held["account"]),
        change=Change(held["change"]),
        published=held["published"],
        shown=held["shown"],
        platform_id=held["platform_id"],
        url=held["url"],
        sent_at=moment(held["sent_at"]),
        missed_at=moment(held["missed_at"]),
        found_at=moment(row.found_at),
        closed=_closing_of(held["closed"]),
    )


def _closing(closing: Closing | None) -> dict[str, Any] | None:
    if closing is None:
        return None
    return {
        "by": closing.by,
        "at": written(closing.at),
        "cause": closing.cause.value,
        "why": closing.why,
        "who": closing.who,
        "ground": closing.ground.value if closing.ground else None,
    }


def _closing_of(held: dict[str, Any] | None) -> Closing | None:
    if held is None:
        return None
    return Closing(
        by=PersonId(held["by"]),
        at=moment(held["at"]),
        cause=Cause(held["cause"]),
        why=held["why"],
        who=held["who"],
        ground=Ground(held["ground"]) if held["ground"] else None,
    )
