"""What a post puts right, or closes, beside it; and the posts that do so to another one."""

from typing import TYPE_CHECKING

from shared.posts.life import Post
from shared.posts.names import PostId
from shared.records.paging import post_key
from shared.records.spelling import as_json, from_json
from shared.records.tables import Tables

if TYPE_CHECKING:
    from shared.posts.correction import Correction

CLOSED = "/closed"
"""What the index says behind a version, for those that end its appeal."""

NOTE = "note:"
"""What the index says before a deletion, for those that are its public note."""


def correction_text(correction: "Correction") -> str:
    """As it lies in the post's row."""
    return as_json(
        {
            "post_id": correction.post_id,
            "version": correction.version,
            "wrong": correction.wrong,
            "complaint": correction.complaint,
            "closes_thread": correction.closes_thread,
            **({"appeal": correction.appeal} if correction.appeal else {}),
        }
    )


def correction_of(text: str) -> "Correction":
    """What a row tells."""
    from shared.posts.correction import Correction  # few posts put anything right

    fields = from_json(text)
    return Correction(**{**fields, "post_id": PostId(fields["post_id"])})


def corrected_key(post: Post) -> str | None:
    """Which version it puts right, or closes, or which deletion it is the note of, as the index has
    it; None for most."""
    right = post.correction
    if right is None:
        return f"{NOTE}{post.note_of}" if post.note_of else None
    key = post_key(right.post_id, right.version)
    return f"{key}{CLOSED}" if right.appeal else key


def corrections_of(tables: Tables, post_id: PostId, version: int) -> tuple[tuple[PostId, int], ...]:
    """The versions that put this one right, oldest first, whatever became of them."""
    return _listed(tables, post_key(post_id, version))


def closings_of(tables: Tables, post_id: PostId, version: int) -> tuple[tuple[PostId, int], ...]:
    """The versions that say under this one that its appeal is over, whatever became of them."""
    return _listed(tables, f"{post_key(post_id, version)}{CLOSED}")


def notes_of(tables: Tables, deletion_id: str) -> tuple[tuple[PostId, int], ...]:
    """The versions that tell the public of a deletion, oldest first, whatever became of them."""
    return _listed(tables, f"{NOTE}{deletion_id}")


def _listed(tables: Tables, key: str) -> tuple[tuple[PostId, int], ...]:
    rows = tables.posts.by_corrected.query(key)
    return tuple((PostId(row.post_id), int(row.version)) for row in rows)
