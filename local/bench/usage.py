"""From calls to what AWS bills for them: units by the names of the price list.

Counted high where it cannot be known: an updated item is as large as the largest that was put into
its table, every write rewrites every index, every read is consistent, and no call is free.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from local.bench.traffic import Call

KB = 1024
TRANSACTED = 2
"""A write or read in a transaction costs two units where another costs one."""

INDEX_WRITES = 2
"""A changed index key is one entry deleted and one put."""

SCANNED = 100
"""Units of one scan, as of a registry of 400 KB; only small tables are ever scanned."""

Usage = Counter[str]


class UnpricedError(Exception):
    """Something that AWS bills for and that has no price here yet."""


def usage_of(calls: Iterable[Call], indexes: Mapping[str, int]) -> Usage:
    """Units of these calls; `indexes` counts the indexes of each table."""
    used: Usage = Counter()
    sizes: Counter[str] = Counter()
    for call in calls:
        if call.service == "dynamodb":
            _database(call, indexes, sizes, used)
        else:
            used[_unit(call)] += 1
    return used


def tables_of(request: Mapping[str, Any]) -> set[str]:
    """The tables that one call to the database is about."""
    writes = [one for write in request.get("TransactItems", []) for one in write.values()]
    named = {part["TableName"] for part in (request, *writes) if "TableName" in part}
    return named | set(request.get("RequestItems", {}))


def _unit(call: Call) -> str:
    match call.service:
        case "s3":
            return "s3 read" if call.operation.startswith(("GET", "HEAD")) else "s3 write"
        case "kms":
            return "kms signature" if call.operation == "Sign" else "kms request"
        case "secretsmanager":
            return "secret read"
        case "ses":
            return "mail"
        case "states":
            return "free"  # billed by transition, not by call
    raise UnpricedError(f"Nobody has said what {call.name} costs.")


def _database(call: Call, indexes: Mapping[str, int], sizes: Counter[str], used: Usage) -> None:
    request = call.request
    match call.operation:
        case "GetItem":
            used["dynamodb read unit"] += 1
        case "Query":
            used["dynamodb read unit"] += 1
        case "Scan":
            used["dynamodb read unit"] += SCANNED
        case "BatchGetItem":
            keys = [len(table["Keys"]) for table in request["RequestItems"].values()]
            used["dynamodb read unit"] += sum(keys)
        case "BatchWriteItem":
            for table, writes in request["RequestItems"].items():
                used["dynamodb write unit"] += len(writes) * _units(table, {}, indexes, sizes, 1)
        case "PutItem" | "UpdateItem" | "DeleteItem":
            item = request.get("Item", {})
            used["dynamodb write unit"] += _units(request["TableName"], item, indexes, sizes, 1)
        case "TransactWriteItems":
            for write in request["TransactItems"]:
                [(_, one)] = write.items()
                units = _units(one["TableName"], one.get("Item", {}), indexes, sizes, TRANSACTED)
                used["dynamodb write unit"] += units
        case _:
            raise UnpricedError(f"Nobody has said what {call.name} costs.")


def _units(
    table: str,
    item: Mapping[str, Any],
    indexes: Mapping[str, int],
    sizes: Counter[str],
    each: int,
) -> int:
    """Write units of one item: by its size, and its indexes."""
    sizes[table] = max(sizes[table], len(json.dumps(item)))
    return each * max(1, -(-sizes[table] // KB)) + INDEX_WRITES * indexes.get(table, 0)
