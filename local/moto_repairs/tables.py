"""DynamoDB as it is when many write at once: one request at a time, transactions all or nothing.

moto checks a condition and then writes, in as many threads as there are requests, so that two
conditional writes can both win; and a transaction that is cancelled puts whole tables back as they
were when it began, which undoes what others wrote meanwhile. Here every request has the database
to itself, and a transaction copies nothing but the items it touches.
"""

import copy
import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from local.moto_repairs.attaching import ClockInUse, module, replace

MOST_ITEMS = 100
TOKEN_LIFE = timedelta(minutes=10)
"""How long a client request token makes a repeated transaction the same one."""

Reason = tuple[str | None, str | None, dict[str, Any] | None]
"""Why an item cancels its transaction (code, message, the item as it is), or three times None."""

NO_REASON: Reason = (None, None, None)


def repair(in_use: ClockInUse) -> None:
    """Attach all of it."""
    handler = module("dynamodb.responses").DynamoHandler
    one_at_a_time = threading.RLock()

    def call(self: Any) -> Any:
        with one_at_a_time:
            return call_before(self)

    call_before = replace(handler, "call_action", call)
    backend = module("dynamodb.models").DynamoDBBackend
    replace(backend, "transact_write_items", _transact)
    _repair_updates(backend)
    _repair_tokens(handler, in_use)


def _transact(self: Any, transact_items: list[dict[str, Any]]) -> None:
    """Check every condition against what is there, then write all of it or nothing."""
    errors = module("dynamodb.exceptions")
    if len(transact_items) > MOST_ITEMS:
        raise errors.TooManyTransactionsException
    steps = [_Step(self, *next(iter(item.items()))) for item in transact_items]
    if len({step.place for step in steps}) < len(steps):
        raise errors.MultipleTransactionsException
    _cancel_if_any([step.objection() for step in steps])
    for number, step in enumerate(steps):
        try:
            step.write()
        except errors.DynamodbException as error:
            for done in reversed(steps[: number + 1]):
                done.undo()
            reasons = [NO_REASON] * len(steps)
            reasons[number] = ("ValidationError", str(error.message), None)
            _cancel_if_any(reasons)


def _cancel_if_any(reasons: list[Reason]) -> None:
    if any(code for code, _, _ in reasons):
        raise module("dynamodb.exceptions").TransactionCanceledException(reasons)


class _Step:
    """One item of a transaction: Put, Update, Delete or ConditionCheck."""

    def __init__(self, backend: Any, kind: str, order: dict[str, Any]) -> None:
        self._backend, self._kind, self._order = backend, kind, order
        self._table = backend.get_table(order["TableName"])
        schema = [self._table.hash_key_attr, self._table.range_key_attr]
        source = order["Item"] if kind == "Put" else order["Key"]
        self._key = {name: source[name] for name in schema if name in source}
        if len(self._key) < len(list(filter(None, schema))):
            raise module("dynamodb.exceptions").ProvidedKeyDoesNotExist
        self.place = self._table.name, json.dumps(self._key, sort_keys=True, default=str)
        self._before = copy.deepcopy(self._current())

    def objection(self) -> Reason:
        """Why this item cancels the transaction, by what is there before it."""
        if self._order.get("ConditionExpression") is None:
            return NO_REASON
        condition = module("dynamodb.comparisons").get_filter_expression(
            self._order["ConditionExpression"],
            self._order.get("ExpressionAttributeNames"),
            self._order.get("ExpressionAttributeValues"),
        )
        current = self._current()
        if condition.expr(current):
            return NO_REASON
        wants = self._order.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
        shown = current.to_json()["Attributes"] if wants and current else None
        return "ConditionalCheckFailed", "The conditional request failed", shown

    def write(self) -> None:
        """Do it; its condition has been checked."""
        name = self._order["TableName"]
        if self._kind == "Put":
            self._backend.put_item(name, self._order["Item"])
        elif self._kind == "Delete":
            self._backend.delete_item(name, self._key)
        elif self._kind == "Update":
            self._backend.update_item(
                name,
                self._key,
                update_expression=self._order["UpdateExpression"],
                expression_attribute_names=self._order.get("ExpressionAttributeNames"),
                expression_attribute_values=self._order.get("ExpressionAttributeValues"),
            )

    def undo(self) -> None:
        """Put the one item back as it was."""
        _put_back(self._backend, self._table, self._key, self._before)

    def _current(self) -> Any:
        return self._backend.get_item(self._order["TableName"], self._key)


def _put_back(backend: Any, table: Any, key: dict[str, Any], before: Any) -> None:
    partition, sort = backend.get_keys_value(table, key)
    if before is None:
        table.delete_item(partition, sort)
    elif sort is None:
        table.items[partition] = before
    else:
        table.items[partition][sort] = before


def _repair_updates(backend: Any) -> None:
    """An update that fails half way leaves the item as it was."""

    def update(self: Any, table_name: str, key: dict[str, Any], *how: Any, **named: Any) -> Any:
        was = copy.deepcopy(self.get_item(table_name, key))
        try:
            return before(self, table_name, key, *how, **named)
        except Exception:
            _put_back(self, self.get_table(table_name), key, was)
            raise

    before: Callable[..., Any] = replace(backend, "update_item", update)


def _repair_tokens(handler: Any, in_use: ClockInUse) -> None:
    """A transaction repeated with its client request token has happened once."""
    done: dict[tuple[str, str, str], tuple[datetime, str]] = {}
    errors, results = module("dynamodb.exceptions"), module("core.responses")

    def transact(self: Any) -> Any:
        now, token = in_use.clock.now(), self.body.get("ClientRequestToken")
        order = json.dumps(self.body["TransactItems"], sort_keys=True, default=str)
        while done and now - next(iter(done.values()))[0] > TOKEN_LIFE:
            del done[next(iter(done))]  # the oldest of them
        key = self.current_account, self.region, token
        if token and key in done:
            if done[key][1] != order:
                raise errors.DynamodbException(
                    "com.amazonaws.dynamodb.v20120810#IdempotentParameterMismatchException",
                    "Another transaction was made with this client request token",
                )
            return results.ActionResult({"ConsumedCapacity": [], "ItemCollectionMetrics": {}})
        answer = before(self)
        if token:
            done[key] = now, order
        return answer

    before = replace(handler, "transact_write_items", transact)
