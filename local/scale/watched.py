"""What one reading asks of the database, and the processor time it takes apart from that.

The database here is moto, in this very process: its own time is taken off, and what is read is
counted by size, as DynamoDB bills it.
"""

import json
import time
from collections.abc import Mapping
from typing import Any

import boto3

from local.bench.traffic import Call
from local.bench.usage import Usage, usage_of
from local.scale.plan import READ_UNIT
from shared.records.tables import Tables

BEFORE, AFTER = "before-call.dynamodb.*", "after-call.dynamodb.*"
READS = "dynamodb read unit"
OUTBOX = "outbox"


class Watched:
    """Everything asked of these tables from now on, until it is told to stop."""

    def __init__(self, kept: Tables) -> None:
        self._tables = kept
        self._events = kept.connection.client.meta.events
        self._calls: list[Call] = []
        self._read_units = 0
        self._away = 0.0
        self._left_at = 0.0
        self._began = time.process_time()
        self._events.register(BEFORE, self._leave)
        self._events.register(AFTER, self._return)

    def stop(self) -> float:
        """Watch no further; processor seconds that were ours."""
        self._events.unregister(BEFORE, self._leave)
        self._events.unregister(AFTER, self._return)
        return time.process_time() - self._began - self._away

    @property
    def calls(self) -> int:
        """How often the database was asked."""
        return len(self._calls)

    @property
    def leaves(self) -> int:
        """How many leaves were written."""
        outbox = self._tables.outbox.Meta.table_name
        written = (each for call in self._calls for each in _written(call))
        return sum(name == outbox for name in written)

    def used(self) -> Usage:
        """Units of what was asked, by the names of the price list."""
        used = usage_of(self._calls, _indexes(self._tables))
        used[READS] = self._read_units
        return used

    def _leave(self, model: Any, params: Mapping[str, Any], **_: Any) -> None:
        self._calls.append(Call("dynamodb", model.name, json.loads(params["body"])))
        self._left_at = time.process_time()

    def _return(self, parsed: Mapping[str, Any], **_: Any) -> None:
        self._away += time.process_time() - self._left_at
        self._read_units += sum(map(units_of, _shown(self._calls[-1], parsed)))


def units_of(item: Mapping[str, Any]) -> int:
    """What reading one item takes, consistently; bytes are counted as they travel, which is more
    than they are billed for."""
    return max(1, -(-len(json.dumps(item, default=_spelled)) // READ_UNIT))


def _spelled(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes) else str(value)


def _shown(call: Call, parsed: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The items of an answer; one that is not there costs as much as a small one."""
    if call.operation == "GetItem":
        return [parsed.get("Item", {})]
    if call.operation == "BatchGetItem":
        return [item for items in parsed.get("Responses", {}).values() for item in items]
    return list(parsed.get("Items", ()))


def _written(call: Call) -> list[str]:
    """The tables that a transaction puts something into."""
    items = call.request.get("TransactItems", ())
    return [str(item["Put"]["TableName"]) for item in items if "Put" in item]


def _indexes(kept: Tables) -> dict[str, int]:
    """How many indexes each table has."""
    client = boto3.client("dynamodb", region_name=kept.connection.region)
    described = (
        client.describe_table(TableName=row.Meta.table_name)["Table"]
        for row in (kept.reviews, kept.follower_lists, kept.outbox, kept.payloads, kept.accounts)
    )
    return {table["TableName"]: len(table.get("GlobalSecondaryIndexes", ())) for table in described}
