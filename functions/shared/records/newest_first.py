"""Lists by cursor, newest first, of rows whose only key is an id.

A cursor says where the index goes on: behind an id that sorts by time, or behind a time and an id.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pynamodb.connection import Connection

from shared.records.errors import InvalidCursorError
from shared.records.listing import LONGEST_LISTING, Listing, behind, cursor_behind
from shared.records.reading import Key, fetch, possible
from shared.records.rows import Index, Row

T = TypeVar("T")


def newest_first(
    connection: Connection,
    table: type[Row],
    index: Index,
    whose: str,
    read: Callable[[Any], T],
    *,
    cursor: str | None = None,
    limit: int = 20,
    oldest: bool = False,
) -> Listing[T]:
    """A part of what `index` holds under `whose`, each entry read anew, or the other way round with
    the `oldest` first; InvalidCursorError."""
    limit = max(1, min(limit, LONGEST_LISTING))
    column = next(each for each in table.get_attributes().values() if each.is_hash_key).attr_name
    columns = {each.is_hash_key: each.attr_name for each in index.Meta.attributes.values()}
    place = tuple(dict.fromkeys((columns[False], column)))
    start = _behind(cursor, place) | {columns[True]: {"S": whose}} if cursor else None
    if not possible(whose):
        return Listing((), None)
    keys = list(
        index.query(whose, scan_index_forward=oldest, limit=limit + 1, last_evaluated_key=start)
    )
    shown = several(connection, table, [getattr(row, column) for row in keys[:limit]], read)
    if len(keys) <= limit:
        return Listing(shown, None)
    last = keys[limit - 1]
    return Listing(shown, cursor_behind(" ".join(getattr(last, name) for name in place)))


def several(
    connection: Connection, table: type[Row], ids: Sequence[str], read: Callable[[Any], T]
) -> tuple[T, ...]:
    """The entries there are with these ids, in this order."""
    wanted = [Key(table, (each,)) for each in ids]
    found = fetch(connection, wanted)
    return tuple(read(found[key]) for key in wanted if key in found)


def _behind(cursor: str, place: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """The key that a list goes on behind."""
    parts = behind(cursor).split(" ")
    if len(parts) != len(place) or not all(parts):
        raise InvalidCursorError
    return {name: {"S": part} for name, part in zip(place, parts, strict=True)}
