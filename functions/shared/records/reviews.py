"""Reviews of followers: begun, read list by list, decided, signed; each step with its leaf.

The row holds who stands out for as long as somebody has to decide about them, and no longer: with
the second signature they are nobody any more (`shared.followers.review`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.followers.review import Review
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError
from shared.records.listing import Listing
from shared.records.log import recording
from shared.records.newest_first import newest_first, several
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.review_entries import review_entry, review_of, review_row
from shared.records.review_rows import LISTED_REVIEWS
from shared.records.tables import Tables
from shared.records.together import are_written, commit_each
from shared.records.transaction import Write, commit, setting


@dataclass(frozen=True)
class Step:
    """What becomes of a review, from how it was read to how it stands then, and the acts of it."""

    before: Review
    after: Review
    acts: Sequence[Act]


class Reviews:
    """Where reviews are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def begin_each(self, begun: Iterable[tuple[Review, Act]]) -> tuple[Review, ...]:
        """On record, each with its leaf; or as it is by now where it was begun before."""
        wanted = {review.review_id: (review, act) for review, act in begun}
        known = self._among(wanted)
        fresh = {name: pair for name, pair in wanted.items() if name not in known}
        writes = [self._beginning(review, act) for review, act in fresh.values()]
        outcomes = commit_each(self._tables.connection, writes)
        told = zip(fresh.items(), are_written(outcomes, unless=AlreadyExistsError), strict=True)
        known |= {name: review for (name, (review, _)), is_new in told if is_new}
        known |= self._among([name for name in wanted if name not in known])
        return tuple(known[name] for name in wanted)

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
        step = Step(before, after, tuple(acts))
        commit(self._tables.connection, [*self._advancing(step), *also])
        return after

    def advance_each(self, steps: Iterable[Step]) -> list[Exception | None]:
        """A step further with several, each by itself; why one is not written, in order: a
        ChangedError if it is not as it was read."""
        return commit_each(self._tables.connection, [self._advancing(step) for step in steps])

    def _among(self, review_ids: Iterable[str]) -> dict[str, Review]:
        return {review.review_id: review for review in self.several([*review_ids])}

    def _beginning(self, review: Review, act: Act) -> list[Write]:
        taken = AlreadyExistsError("review", review.review_id)
        free = self._tables.reviews.review_id.does_not_exist()
        write = Write(review_row(self._tables, review), free, lambda _: taken)
        return [write, *self._leaves([act])]

    def _advancing(self, step: Step) -> list[Write]:
        row = review_row(self._tables, step.after)
        changed = ChangedError("review", step.before.review_id, "was changed by somebody else")
        same = self._tables.reviews.entry == review_entry(step.before)
        write = Write(row, same, lambda _: changed, setting(row, "entry"))
        return [write, *self._leaves(step.acts)]

    def _leaves(self, acts: Iterable[Act]) -> list[Write]:
        return [each for act in acts for each in recording(self._tables, self._pen, act)]
