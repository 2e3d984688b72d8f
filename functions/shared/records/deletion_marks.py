"""The mark beside a post that somebody takes away: whoever would send some of it meets it.

Apart from deletions themselves, because every function that publishes needs it, and nothing more.
"""

from shared.posts.names import PostId
from shared.records.deletion_rows import MARK, DeletionRow
from shared.records.errors import TakenAwayError
from shared.records.paging import post_key
from shared.records.tables import Tables
from shared.records.transaction import Write


def mark_name(post_id: PostId, version: int) -> str:
    """Under what name a post's mark lies."""
    return f"post:{post_key(post_id, version)}"


def not_taken_away(tables: Tables, post_id: PostId, version: int) -> Write:
    """The condition that nobody has begun to take this version away: for whoever is about to send
    some of it. TakenAwayError refuses the transaction it is part of."""
    table = tables.deletions
    row: DeletionRow = table(deletion_id=mark_name(post_id, version), item=MARK, entry="")
    free = table.deletion_id.does_not_exist() | (table.begun == False)  # noqa: E712 - a condition
    gone = TakenAwayError("post", f"{post_id} v{version}", "is being taken away")
    return Write(row, free, lambda _: gone, check=True)
