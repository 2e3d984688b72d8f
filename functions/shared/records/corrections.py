"""What a post puts right, beside it; and the posts that put another one right."""

from typing import TYPE_CHECKING

from shared.posts.life import Post
from shared.posts.names import PostId
from shared.records.paging import post_key
from shared.records.spelling import as_json, from_json
from shared.records.tables import Tables

if TYPE_CHECKING:
    from shared.posts.correction import Correction


def correction_text(correction: "Correction") -> str:
    """As it lies in the post's row."""
    return as_json(
        {
            "post_id": correction.post_id,
            "version": correction.version,
            "wrong": correction.wrong,
            "complaint": correction.complaint,
            "closes_thread": correction.closes_thread,
        }
    )


def correction_of(text: str) -> "Correction":
    """What a row tells."""
    from shared.posts.correction import Correction  # few posts put anything right

    fields = from_json(text)
    return Correction(**{**fields, "post_id": PostId(fields["post_id"])})


def corrected_key(post: Post) -> str | None:
    """Which version it puts right, as the index has it; None for most."""
    right = post.correction
    return post_key(right.post_id, right.version) if right else None


def corrections_of(tables: Tables, post_id: PostId, version: int) -> tuple[tuple[PostId, int], ...]:
    """The versions that put this one right, oldest first, whatever became of them."""
    rows = tables.posts.by_corrected.query(post_key(post_id, version))
    return tuple((PostId(row.post_id), int(row.version)) for row in rows)
