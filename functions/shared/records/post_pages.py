"""Pages of posts by whose they are, as an index lists them: keys and no more, newest first."""

from typing import Any

from shared.records.paging import LONGEST_PAGE, cursor_after, start_after
from shared.records.reading import possible
from shared.records.rows import PostRow


def listed(
    table: type[PostRow], by: str, whose: str, cursor: str | None, limit: int
) -> tuple[list[PostRow], str | None]:
    """The rows of a page `by` "author" or "account", and the cursor that leads on; `limit` up to
    99. InvalidCursorError."""
    limit = max(1, min(limit, LONGEST_PAGE))
    start: dict[str, dict[str, Any]] | None = None
    if cursor is not None:
        key, post_id, version = start_after(cursor)
        start = {
            by: {"S": whose},
            "post_key": {"S": key},
            "post_id": {"S": post_id},
            "version": {"N": str(version)},
        }
    if not possible(whose):
        return [], None
    keys = list(
        table.query(
            whose,
            index_name=f"by-{by}",
            scan_index_forward=False,
            limit=limit + 1,
            last_evaluated_key=start,
        )
    )
    return keys[:limit], cursor_after(keys[limit - 1].post_key) if len(keys) > limit else None
