"""Pictures: kept once, never changed; which posts they were sent in with is noted beside them.

A picture is stopped when somebody who is shown takes their consent back (`consents`). No post is
kept with a stopped picture: `picture_uses.using` stands in the transaction that keeps it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from pynamodb.attributes import UnicodeSetAttribute
from pynamodb.expressions.condition import Condition, size

from shared.posts.consents import MOST_PICTURES
from shared.posts.names import ConsentId, PersonId, PictureId, PostId
from shared.posts.pictures import Licence, Picture, Shows
from shared.recordlog.leaf import Act
from shared.records.errors import (
    AlreadyExistsError,
    ChangedError,
)
from shared.records.listing import Listing
from shared.records.log import recording
from shared.records.newest_first import newest_first
from shared.records.pen import Pen
from shared.records.picture_rows import PictureRow
from shared.records.reading import Key, fetch, one
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit


@dataclass(frozen=True)
class Kept:
    """A picture, and the posts it was ever sent in with."""

    picture: Picture
    posts: frozenset[PostId]


class Pictures:
    """Where pictures are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def keep(self, picture: Picture, act: Act) -> None:
        """A new picture, noted with every consent it was given by; ChangedError if one of those
        was taken back or disposed of meanwhile, or has pictures enough."""
        taken = AlreadyExistsError("picture", picture.picture_id)
        row = picture_row(self._tables, picture)
        fresh = self._tables.pictures.picture_id.does_not_exist()
        writes = [Write(row, fresh, lambda _: taken)]
        writes += [self._given(consent, picture.picture_id) for consent in picture.consents]
        commit(self._tables.connection, writes + recording(self._tables, self._pen, act))

    def get(self, picture_id: PictureId) -> Picture:
        """The picture; NotFoundError."""
        return self.kept(picture_id).picture

    def kept(self, picture_id: PictureId) -> Kept:
        """The picture and where it was used; NotFoundError."""
        return kept_of(one(self._tables.pictures, picture_id))

    def several(self, picture_ids: Iterable[PictureId]) -> dict[PictureId, Kept]:
        """Those of them there are, in one call."""
        keys = [Key(self._tables.pictures, (each,)) for each in picture_ids]
        rows = fetch(self._tables.connection, keys)
        return {PictureId(row.picture_id): kept_of(row) for row in rows.values()}

    def by_uploader(
        self, person: PersonId, cursor: str | None = None, limit: int = 20
    ) -> Listing[Picture]:
        """A page of what a person uploaded, newest first; InvalidCursorError."""
        table = self._tables.pictures
        return newest_first(
            self._tables.connection,
            table,
            table.by_uploader,
            person,
            lambda row: kept_of(row).picture,
            cursor=cursor,
            limit=limit,
        )

    def _given(self, consent_id: ConsentId, picture_id: PictureId) -> Write:
        table = self._tables.consents
        changed = ChangedError("consent", consent_id, "was taken back, or has pictures enough")
        row = table(consent_id=consent_id, listed="", recorded_at="", entry="")
        room = table.pictures.does_not_exist() | _fewer(table.pictures, MOST_PICTURES)
        good = table.consent_id.exists() & table.withdrawn_at.does_not_exist() & room
        return Write(row, good, lambda _: changed, (table.pictures.add({picture_id}),))


def _fewer(column: UnicodeSetAttribute, most: int) -> Condition:
    """That a set has fewer members than this."""
    return cast("Condition", size(column) < most)  # type: ignore[no-untyped-call]  # PynamoDB's


def picture_row(tables: Tables, picture: Picture) -> PictureRow:
    """The row of a picture nobody has used yet."""
    entry = {
        "sha256": picture.sha256,
        "content_type": picture.content_type,
        "width": picture.width,
        "height": picture.height,
        "size": picture.size,
        "at": written(picture.at),
        "licence": picture.licence.value,
        "source": picture.source,
        "credit": picture.credit,
        "shows": picture.shows.value,
        "consents": list(picture.consents),
        "purpose": picture.purpose,
        "ai_generated": picture.ai_generated,
        "milliseconds": picture.milliseconds,
    }
    return tables.pictures(
        picture_id=picture.picture_id,
        uploaded_by=picture.uploaded_by,
        entry=as_json(entry),
    )


def picture_of(row: PictureRow) -> Picture:
    """The picture a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    said = ("sha256", "content_type", "width", "height", "size", "source", "credit", "purpose")
    return Picture(
        picture_id=PictureId(row.picture_id),
        uploaded_by=PersonId(row.uploaded_by),
        at=moment(held["at"]),
        licence=Licence(held["licence"]),
        shows=Shows(held["shows"]),
        consents=tuple(map(ConsentId, held["consents"])),
        ai_generated=held["ai_generated"],
        milliseconds=held.get("milliseconds", 0),  # pictures from before there were videos
        stopped_at=moment(row.stopped_at) if row.stopped_at else None,
        **{name: held[name] for name in said},
    )


def kept_of(row: PictureRow) -> Kept:
    """The picture a row holds, and where it was used."""
    return Kept(picture_of(row), frozenset(map(PostId, row.posts or ())))
