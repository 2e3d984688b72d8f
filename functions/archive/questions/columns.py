"""The columns of the copy: what DuckDB writes, and what Athena is told is there."""

from dataclasses import dataclass

EDITION = 1
"""Raised whenever a column comes, or what stands in one changes; older copies are made anew. None
goes and none changes its type: whoever asks may have older ones beside newer ones."""


@dataclass(frozen=True)
class Column:
    """One column: its type as DuckDB reads it from the file, and as Glue's catalogue spells it."""

    name: str
    duckdb: str
    glue: str
    says: str


COLUMNS = (
    Column("leaf_index", "BIGINT", "bigint", "place in the log, from 0"),
    Column("leaf_hash", "VARCHAR", "string", "as it stands in the tree, hexadecimal"),
    Column("leaf_id", "VARCHAR", "string", "ULID of the leaf"),
    Column("type", "VARCHAR", "string", "what happened, such as post.submitted"),
    Column("entity", "VARCHAR", "string", "folder of the bag that its line stands in"),
    Column("account_id", "VARCHAR", "string", "account it happened to or for"),
    Column("subject", "VARCHAR", "string", "what it happened to"),
    Column("post_id", "VARCHAR", "string", "ULID of the post it speaks of"),
    Column("version", "INTEGER", "int", "version of that post"),
    Column("platform", "VARCHAR", "string", "platform it happened on"),
    Column("actor", "VARCHAR", "string", "id of the person, or bluelamp"),
    Column("approver", "VARCHAR", "string", "id of the person who agreed"),
    Column("reason", "VARCHAR", "string", "reason, as it stands in the envelope"),
    Column("at", "TIMESTAMP", "timestamp", "when it happened, UTC"),
    Column("part", "INTEGER", "int", "number of the part its line stands in"),
    Column("line_offset", "BIGINT", "bigint", "byte of that part, unpacked, where its line begins"),
    Column("text", "VARCHAR", "string", "words of ours that it holds, whichever they are"),
    Column("payload", "VARCHAR", "string", "all that it says, JSON as it was committed to"),
)
"""`month` is no column: it is the name of the folder, and both readers make one of it."""
