"""A new version is kept once: the same key again finds the version that was kept before."""

from datetime import datetime, timedelta

from shared.posts.life import Post
from shared.posts.names import PostId
from shared.records.errors import AlreadyExistsError, KeyReusedError, RecordsError
from shared.records.reading import one
from shared.records.rows import IdempotencyRow, PostRow
from shared.records.spelling import at_rest
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write

KEY_LIFE = timedelta(hours=24)
"""How long a repeated Idempotency-Key still finds the post it made."""


class HeardBeforeError(RecordsError):
    """This submission was kept before; whoever submits answers with that one."""

    def __init__(self, post_id: PostId, version: int) -> None:
        super().__init__(post_id)
        self.post_id = post_id
        self.version = version


def keeping(tables: Tables, post: Post, row: PostRow) -> Write:
    """The write that keeps a new version; AlreadyExistsError if it is taken."""
    taken = AlreadyExistsError("post", f"{post.post_id} v{post.version}")
    return Write(row, tables.posts.post_id.does_not_exist(), lambda _: taken)


def first_time(tables: Tables, post: Post, key: str, now: datetime) -> Write:
    """The write that fails for a key used before: HeardBeforeError for the same words,
    KeyReusedError for others. A key is its user's own.
    """
    whose, made = post.editor or post.author, (post.post_id, post.version)
    return said_once(tables, (whose, key), post.content_hash, made, now)


def said_once(
    tables: Tables, key: tuple[str, str], said: str, made: tuple[str, int], now: datetime
) -> Write:
    """The same for anything else that may be asked for: whose key it is, a hash of what they said,
    and what came of it.
    """
    table = tables.idempotency
    whose, own = key
    row = table(
        key=f"{whose}#{at_rest(own)}",
        body_hash=said,
        post_id=made[0],
        version=made[1],
        ttl=now + KEY_LIFE,
    )

    def refusal(raw: Raw | None) -> RecordsError:
        before: IdempotencyRow = table.from_raw_data(raw) if raw else one(table, row.key)
        if before.body_hash != said:
            return KeyReusedError(own)
        return HeardBeforeError(PostId(before.post_id), int(before.version))

    # The database deletes a row hours after its time; until then it counts as gone already.
    return Write(row, table.key.does_not_exist() | (table.ttl < now), refusal)
