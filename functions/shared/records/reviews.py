"""Reviews of followers: begun, read list by list, decided, signed; each step with its leaf.

The row holds who stands out for as long as somebody has to decide about them, and no longer: with
the second signature they are nobody any more (`shared.followers.review`).
"""

from collections.abc import Iterable, Sequence

from shared.followers.review import Review
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError
from shared.records.listing import Listing
from shared.records.log import recording
from shared.records.newest_first import newest_first, several
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.review_entries import review_of, review_row
from shared.records.review_rows import LISTED_REVIEWS
from shared.records.tables import Tables
from shared.records.transaction import Write, commit, setting


class Reviews:
    """Where reviews are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def begin(self, review: Review, act: Act) -> Review:
        """On record, or the one that was begun before."""
        taken = AlreadyExistsError("review", review.review_id)
        free = self._tables.reviews.review_id.does_not_exist()
        write = Write(review_row(self._tables, review), free, lambda _: taken)
        try:
            self._commit([write], (act,))
        except AlreadyExistsError:
            return self.get(review.review_id)
        return review

    def get(self, review_id: str) -> Review:
        """The review, or NotFoundError."""
        return review_of(one(self._tables.reviews, review_id))

    def several(self, review_ids: Sequence[str]) -> tuple[Review, ...]:
        """Those there are of these, in this order."""
        return several(self._tables.connection, self._tables.reviews, review_ids, review_of)

    def of_month(self, month: str) -> tuple[Review, ...]:
        """Every review of a month (such as 2026-11), by account."""
        table = self._tables.reviews
        begins = table.review_id.startswith(f"{month}-")
        keys = table.in_order.query(LISTED_REVIEWS, begins)
        return self.several([row.review_id for row in keys])

    def listed(self, cursor: str | None = None, limit: int = 20) -> Listing[Review]:
        """A part of all reviews, those of the newest month first; InvalidCursorError."""
        table = self._tables.reviews
        return newest_first(
            self._tables.connection,
            table,
            table.in_order,
            LISTED_REVIEWS,
            review_of,
            cursor=cursor,
            limit=limit,
        )

    def advance(
        self, before: Review, after: Review, acts: Iterable[Act], also: Iterable[Write] = ()
    ) -> Review:
        """A step further, with what belongs to it; ChangedError if it is not as it was read."""
        table = self._tables.reviews
        row, was = review_row(self._tables, after), review_row(self._tables, before)
        changed = ChangedError("review", before.review_id, "was changed by somebody else")
        same = table.entry == was.entry
        write = Write(row, same, lambda _: changed, setting(row, "entry"))
        self._commit([write, *also], acts)
        return after

    def _commit(self, writes: list[Write], acts: Iterable[Act]) -> None:
        leaves = [each for act in acts for each in recording(self._tables, self._pen, act)]
        commit(self._tables.connection, [*writes, *leaves])
