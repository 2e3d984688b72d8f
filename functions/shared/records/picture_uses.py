"""Posts are noted beside the pictures they show, in the transaction that keeps the post."""

from collections.abc import Iterable

from shared.posts.content import Media
from shared.posts.names import PictureId, PostId
from shared.posts.picture_keys import pictures_of
from shared.records.errors import NotFoundError, StoppedPictureError
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write


def using(tables: Tables, media: Iterable[Media], post_id: PostId) -> list[Write]:
    """The writes that note where pictures are used; StoppedPictureError for a stopped one."""
    return [_used(tables, each, post_id) for each in pictures_of(media)]


def _used(tables: Tables, picture_id: PictureId, post_id: PostId) -> Write:
    table = tables.pictures
    good = table.picture_id.exists() & table.stopped_at.does_not_exist()

    def refusal(raw: Raw | None) -> Exception:
        return StoppedPictureError() if raw else NotFoundError("picture", picture_id)

    row = table(picture_id=picture_id, uploaded_by="", entry="")
    return Write(row, good, refusal, (table.posts.add({post_id}),))
