"""Reading by key: one row, or several rows of several tables in one call. Always consistent."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pynamodb.connection import Connection

from shared.records.errors import BusyError, NotFoundError
from shared.records.rows import Row
from shared.records.transaction import BACKOFF_SECONDS, Raw

R = TypeVar("R", bound=Row)

CALL_KEYS = 100
"""DynamoDB's limit on the keys of one BatchGetItem."""

KEY_BYTES = 1024
LARGEST = 10**9


@dataclass(frozen=True)
class Key:
    """The key of a row: its table, then the values of its one or two key attributes."""

    table: type[Row]
    values: tuple[str | int, ...]


def possible(*values: str | int) -> bool:
    """Whether a row can have this key at all; addresses that strangers type often cannot."""
    try:
        return all(
            0 <= value < LARGEST if isinstance(value, int) else 0 < len(value.encode()) <= KEY_BYTES
            for value in values
        )
    except UnicodeEncodeError:
        return False


def one(table: type[R], *values: str | int) -> R:
    """The row with this key, or NotFoundError."""
    if possible(*values):
        try:
            return table.get(*_pair(values), consistent_read=True)
        except table.DoesNotExist:
            pass
    raise NotFoundError(table.noun, " ".join(map(str, values)))


def fetch(
    connection: Connection,
    keys: Iterable[Key],
    pause: Callable[[float], None] = time.sleep,
    *,
    only: Sequence[str] = (),
) -> dict[Key, Any]:
    """The rows there are among these keys, each of its key's table: one call for a hundred. Where
    `only` some attributes are named, the rows have no others; those of the key are among them."""
    wanted = [key for key in dict.fromkeys(keys) if possible(*key.values)]
    found: dict[Key, Any] = {}
    for start in range(0, len(wanted), CALL_KEYS):
        found.update(_batch(connection, wanted[start : start + CALL_KEYS], pause, only))
    return found


def _batch(
    connection: Connection, keys: list[Key], pause: Callable[[float], None], only: Sequence[str]
) -> Iterable[tuple[Key, Row]]:
    names: dict[tuple[str, str], Key] = {}
    request: dict[str, Any] = {}
    for key in keys:
        asked = key.table.get_operation_kwargs_from_class(*_pair(key.values))
        table, raw = asked["TableName"], asked["Key"]
        names[table, _name(raw, raw)] = key
        asked_there = request.setdefault(table, {"Keys": [], "ConsistentRead": True, **_part(only)})
        asked_there["Keys"].append(raw)
    attributes = {table: entry["Keys"][0] for table, entry in request.items()}
    for seconds in (*BACKOFF_SECONDS, None):
        answer = connection.dispatch("BatchGetItem", {"RequestItems": request})
        for table, items in answer["Responses"].items():
            for item in items:
                key = names[table, _name(item, attributes[table])]
                yield key, key.table.from_raw_data(item)
        request = answer.get("UnprocessedKeys", {})
        if not request:
            return
        if seconds is None:
            raise BusyError("BatchGetItem")
        pause(seconds)


def _part(only: Sequence[str]) -> dict[str, Any]:
    """How a call says which attributes it wants; by other names, for some are words of its own."""
    if not only:
        return {}
    names = {f"#a{number}": name for number, name in enumerate(only)}
    return {"ProjectionExpression": ",".join(names), "ExpressionAttributeNames": names}


def _pair(values: tuple[str | int, ...]) -> tuple[Any, Any]:
    """Partition and sort key, as PynamoDB takes them."""
    return values[0], values[1] if len(values) > 1 else None


def _name(item: Raw, attributes: Iterable[str]) -> str:
    return repr([item[attribute] for attribute in sorted(attributes)])
