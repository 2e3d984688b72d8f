"""What is kept of each target: of an account on a platform, in a row of its own that only whoever
read it last takes further."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pynamodb.expressions.condition import Condition

from shared.posts.names import AccountId, PlatformName
from shared.records.reading import Key, fetch
from shared.records.rows import Row
from shared.records.tables import Tables

T = TypeVar("T")
Target = tuple[AccountId, PlatformName]


def row_name(kind: str, target: Target) -> str:
    """What the row is called; `kind` tells it from others of its table."""
    account, platform = target
    return f"{kind}{account}/{platform}"


def target_of(kind: str, name: str) -> Target:
    """Whose row is called so."""
    account, _, platform = name.removeprefix(kind).partition("/")
    return AccountId(account), PlatformName(platform)


def read_targets(
    tables: Tables,
    table: type[Row],
    kind: str,
    targets: Iterable[Target],
    *,
    read: Callable[[Target, str], T],
    empty: Callable[..., T],
) -> dict[Target, T]:
    """What is kept of each, read from its entry; `empty` of one that nobody began."""
    keys = {each: Key(table, (row_name(kind, each),)) for each in targets}
    rows = fetch(tables.connection, keys.values())
    return {
        each: read(each, rows[key].entry) if key in rows else empty(*each)
        for each, key in keys.items()
    }


def as_read(entry: Any, before: str | None) -> Condition:
    """That the row still holds this entry; None where nobody had begun it."""
    found: Condition = entry.does_not_exist() if before is None else entry == before
    return found
