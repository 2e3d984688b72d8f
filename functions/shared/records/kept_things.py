"""Things as tables hold them: found by their names in every table, and taken out whole.

What hangs on a thing goes before the row by which it is found, so that whoever is killed between
two transactions finds it again.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from shared.months.remains import Kind, Remains
from shared.posts.names import PictureId, PostId
from shared.records.appeal_rows import HEAD as APPEAL
from shared.records.approval_rows import approval_of
from shared.records.consents import consent_of
from shared.records.corrections import closings_of, corrections_of, notes_of
from shared.records.deletion_marks import mark_name
from shared.records.deletion_rows import HEAD, MARK
from shared.records.erasures import MARK as LEAF
from shared.records.erasures import erasure_of
from shared.records.errors import ChangedError
from shared.records.hanging_on import Marks, hanging_on
from shared.records.picture_rows import PictureRow
from shared.records.pictures import kept_of
from shared.records.plain_things import PLAIN, WHOLE
from shared.records.reading import Key, fetch
from shared.records.remains_rows import deletion_remains, picture_remains, post_remains
from shared.records.rows import PostRow, Row
from shared.records.spelling import written
from shared.records.tables import Tables
from shared.records.transaction import Write, setting

AT_ONCE = 90
"""Rows that go in one transaction, beside what it checks and counts: it takes 100."""


@dataclass(frozen=True)
class Removal:
    """Rows that are `gone` whatever is in them, and then those that go if they are as they were
    read; `kind` is counted with the last rows of a thing, and None before."""

    gone: tuple[Row, ...]
    heads: tuple[Write, ...] = ()
    kind: Kind | None = None

    @property
    def rows(self) -> int:
        """How many."""
        return len(self.gone) + len(self.heads)


class KeptThings:
    """Every table that holds something of a thing. `now` is when consents are looked at."""

    def __init__(self, tables: Tables, marks: Marks, now: datetime) -> None:
        self._tables = tables
        self._marks = marks
        self._now = now

    def find(self, names: AbstractSet[str]) -> tuple[Remains, ...]:
        """The things that are called so, of whatever kind."""
        heads = self._heads(names)
        found = fetch(self._tables.connection, [key for _, key in heads])
        there = [(kind, found[key]) for kind, key in heads if key in found]
        pictures = [row for kind, row in there if kind is Kind.PICTURE]
        kept = self._consented(pictures)
        return tuple(self._remains(kind, row, kept) for kind, row in there)

    def removing(self, remains: Remains) -> Iterator[Removal]:
        """What has to go for this to be gone, in this order; nothing where it is gone already."""
        if remains.kind is Kind.POST:
            yield from self._without_post(PostId(remains.name))
            return
        [(_, key)] = [each for each in self._heads({remains.name}) if each[0] is remains.kind]
        row = fetch(self._tables.connection, [key]).get(key)
        if row is None:
            return
        yield from map(Removal, _batches(self._beside(remains, row)))
        yield Removal((), (self._as_read(row),), remains.kind)

    def stopping(self, picture_id: PictureId) -> list[Write]:
        """The write after which no post can be sent in with this picture; ChangedError refuses it
        if one was meanwhile. None where that was so before."""
        key = Key(self._tables.pictures, (picture_id,))
        row: PictureRow | None = fetch(self._tables.connection, [key]).get(key)
        if row is None or row.stopped_at:
            return []
        stopped = self._tables.pictures(
            picture_id=picture_id, uploaded_by="", entry="", stopped_at=written(self._now)
        )
        changed = ChangedError("picture", picture_id, "was used meanwhile")
        return [Write(stopped, _same(row), lambda _: changed, setting(stopped, "stopped_at"))]

    def _heads(self, names: AbstractSet[str]) -> list[tuple[Kind, Key]]:
        """The rows by which things of these names would be found."""
        tables = self._tables
        by_kind: list[tuple[Kind, type[Row], tuple[str | int, ...]]] = [
            (Kind.POST, tables.posts, (1,)),
            (Kind.PICTURE, tables.pictures, ()),
            (Kind.DELETION, tables.deletions, (HEAD,)),
            *((kind, table(tables), ()) for kind, (table, _) in PLAIN.items()),
        ]
        return [
            (kind, Key(table, (name, *rest)))
            for kind, table, rest in by_kind
            for name in sorted(names)
            if name.startswith(WHOLE.get(kind, "")) and (":" not in name or kind in WHOLE)
        ]

    def _remains(self, kind: Kind, row: Any, kept: Mapping[str, tuple[str, ...]]) -> Remains:
        if kind is Kind.POST:
            return self._post(PostId(row.post_id))
        if kind is Kind.PICTURE:
            return picture_remains(row, kept.get(row.picture_id, ()))
        if kind is Kind.DELETION:
            noted = notes_of(self._tables, row.deletion_id)
            return deletion_remains(row, (post_id for post_id, _ in noted))
        _, read = PLAIN[kind]
        return read(row)

    def _post(self, post_id: PostId) -> Remains:
        versions = self._versions(post_id)
        numbers = [int(row.version) for row in versions]
        appeal = Key(self._tables.appeals, (post_id, APPEAL))
        marks = [Key(self._tables.deletions, (mark_name(post_id, n), MARK)) for n in numbers]
        asked = [Key(self._tables.approvals, (post_id, n)) for n in numbers]
        found = fetch(self._tables.connection, [appeal, *marks, *asked])
        rulings = [approval_of(found[key]).ruling for key in asked if key in found]
        put_right = [
            other
            for number in numbers
            for of in (corrections_of, closings_of)
            for other, _ in of(self._tables, post_id, number)
        ]
        return post_remains(
            versions,
            [*put_right, *(found[key].entry for key in marks if key in found)],
            [ruling.by for ruling in rulings if ruling],
            waits=appeal in found and found[appeal].open is not None,
        )

    def _without_post(self, post_id: PostId) -> Iterator[Removal]:
        versions = self._versions(post_id)
        if not versions:
            return
        yield from map(Removal, _batches(hanging_on(self._tables, versions, self._marks)))
        # The first version last: by that one the post is found.
        heads = [self._as_read(row) for row in reversed(versions)]
        *before, last = _batches(heads)
        yield from (Removal((), each) for each in before)
        yield Removal((), last, Kind.POST)

    def _versions(self, post_id: PostId) -> tuple[PostRow, ...]:
        return tuple(self._tables.posts.query(post_id, consistent_read=True))

    def _beside(self, remains: Remains, row: Any) -> Iterator[Row]:
        """What else there is of a thing that is found by this row."""
        if remains.kind is Kind.DELETION:
            rows = self._tables.deletions.query(remains.name, consistent_read=True)
            yield from (row for row in rows if row.item != HEAD)
        if remains.kind is Kind.ERASURE:
            stands = Key(self._tables.erasures, (f"{LEAF}{erasure_of(row).leaf_id}",))
            found = fetch(self._tables.connection, [stands]).values()
            yield from (each for each in found if each.entry == remains.name)

    def _consented(self, pictures: Iterable[PictureRow]) -> dict[str, tuple[str, ...]]:
        """Why some of these pictures have to stay: a consent has its own time (policy M04)."""
        named = {row.picture_id: kept_of(row).picture.consents for row in pictures}
        keys = {
            each: Key(self._tables.consents, (each,)) for some in named.values() for each in some
        }
        rows = fetch(self._tables.connection, keys.values())
        found = {each: consent_of(rows[key]) for each, key in keys.items() if key in rows}
        today = self._now.date()
        return {
            picture: tuple(
                f"a consent for a picture in it is kept until {found[each].disposed_on}"
                for each in some
                if each in found and found[each].disposed_on > today
            )
            for picture, some in named.items()
        }

    def _as_read(self, row: Row) -> Write:
        changed = ChangedError(row.noun, "what would go", "was changed meanwhile")
        return Write(row, _same(row), lambda _: changed, remove=True)


def _same(row: Row) -> Any:
    """That a row is as it was read, as far as anything of it can still change."""
    columns = row.get_attributes()
    conditions = [
        columns[name].does_not_exist() if value is None else columns[name] == value
        for name in ("entry", "state", "open", "posts", "draft")
        if name in columns
        for value in [getattr(row, name)]
    ]
    whole = conditions[0]
    for each in conditions[1:]:
        whole &= each
    return whole


def _batches(named: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    left = iter(named)
    while several := tuple(islice(left, AT_ONCE)):
        yield several
