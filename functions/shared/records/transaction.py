"""All or nothing: the writes of one act, each with the error that its failed condition means."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pynamodb.connection import Connection
from pynamodb.exceptions import CancellationReason, VerboseClientError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action, Update

from shared.records.errors import (
    BusyError,
    DatabaseRefusedError,
    TooLargeError,
    UnstorableError,
)
from shared.records.rows import Row

Raw = dict[str, dict[str, Any]]
"""An item as DynamoDB spells it."""

ITEM_BYTES = 400 * 1024
"""DynamoDB's limit on one item, names and values together."""

BACKOFF_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Pauses before a transaction that met another on the same row is tried again."""

CONTENDED = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})


@dataclass(frozen=True)
class Write:
    """One row as it shall be, if `condition` holds. With `actions` only those attributes are set,
    without them the whole row is put; a `check` writes nothing and only asks; with `remove` it is
    gone. `refusal` makes the error of a failed condition from the row as it is (None: there is
    none, or it was a check or a removal).
    """

    row: Row
    condition: Condition
    refusal: Callable[[Raw | None], Exception]
    actions: tuple[Action, ...] = ()
    check: bool = False
    remove: bool = False

    @property
    def is_put(self) -> bool:
        """Whether the whole row is put."""
        return not (self.actions or self.check or self.remove)

    @cached_property
    def item(self) -> Raw:
        """The row as it is measured and sent; only one that is put has to be whole."""
        return _spelt(self.row, whole=self.is_put)

    def measure(self) -> int:
        """Bytes it may add to a transaction; what `measure` raises."""
        return 0 if self.check or self.remove else _size(self.row.noun, self.item)


def setting(row: Row, *names: str) -> tuple[Action, ...]:
    """The actions that make these attributes what they are in `row`; None takes one away, because
    an attribute that is an index's key may be missing but not null.
    """
    values = {name: getattr(row, name) for name in names}
    columns = row.get_attributes()
    return tuple(
        columns[name].remove() if value is None else columns[name].set(value)
        for name, value in values.items()
    )


def commit(
    connection: Connection,
    writes: Sequence[Write],
    pause: Callable[[float], None] = time.sleep,
    *,
    gone: Sequence[Row] = (),
) -> None:
    """Write all or nothing; raises the refusal of the first write whose condition failed. Rows that
    are to be `gone` are removed along with it, whatever was in them."""
    for write in writes:
        write.measure()
    for refusal in refusals(connection, writes, pause, gone=gone).values():
        raise refusal


def refusals(
    connection: Connection,
    writes: Sequence[Write],
    pause: Callable[[float], None] = time.sleep,
    *,
    gone: Sequence[Row] = (),
) -> dict[int, Exception]:
    """Write rows that were measured, all or nothing: empty if they are written, and otherwise why
    not, by the number of each write whose condition failed, in the caller's order."""
    pauses = iter(BACKOFF_SECONDS)
    while error := _send(connection, writes, gone):
        refused = _refused(writes, error)
        if refused:
            return refused
        seconds = next(pauses, None)
        if seconds is None:
            raise BusyError("TransactWriteItems") from error
        pause(seconds)
    return {}


def measure(row: Row) -> int:
    """Bytes of a row; TooLargeError beyond 400 KB, UnstorableError for text without UTF-8."""
    return _size(row.noun, _spelt(row, whole=False))


def _spelt(row: Row, *, whole: bool) -> Raw:
    """A row as DynamoDB spells it; one that is `whole` lacks nothing it has to have."""
    spelt: Raw = row.serialize(null_check=whole)
    return spelt


def _size(noun: str, item: Raw) -> int:
    try:
        size = sum(
            len(name.encode()) + _bytes(kind, value)
            for name, typed in item.items()
            for kind, value in typed.items()
        )
    except UnicodeEncodeError as error:
        raise UnstorableError(f"A {noun} row holds half a character.") from error
    if size > ITEM_BYTES:
        raise TooLargeError(noun, size, ITEM_BYTES)
    return size


def _bytes(kind: str, value: Any) -> int:
    if kind == "N":  # two significant digits a byte, and one byte for where the point is
        return (len(value.strip("0")) + 1) // 2 + 1
    if kind == "S":
        return len(value.encode())
    return len(value) if kind == "B" else 1


def _send(
    connection: Connection, writes: Sequence[Write], gone: Sequence[Row]
) -> VerboseClientError | None:
    """What stopped the transaction, None if it is written. It is spelled here, because PynamoDB's
    own serializes each row once more, and sends them in an order of its own."""
    removals = [{"Delete": _row_in(row, _spelt(row, whole=False))} for row in gone]
    asked = {"TransactItems": [*map(_spelt_write, writes), *removals]}
    try:
        connection.dispatch("TransactWriteItems", asked)
    except VerboseClientError as error:
        return error
    return None


def _spelt_write(write: Write) -> dict[str, Any]:
    """One write of a transaction."""
    names, values = dict[str, str](), dict[str, Any]()
    asked: dict[str, Any] = {"ConditionExpression": write.condition.serialize(names, values)}
    if write.is_put:
        asked |= {"TableName": write.row.Meta.table_name, "Item": write.item}
    else:
        asked |= _row_in(write.row, write.item)
    if write.actions:
        asked["UpdateExpression"] = Update(*write.actions).serialize(names, values)
    if not write.check and not write.remove:
        asked["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    asked["ExpressionAttributeNames"] = {short: name for name, short in names.items()}
    if values:
        asked["ExpressionAttributeValues"] = values
    return {_verb(write): asked}


def _verb(write: Write) -> str:
    if write.check:
        return "ConditionCheck"
    if write.remove:
        return "Delete"
    return "Update" if write.actions else "Put"


def _row_in(row: Row, item: Raw) -> dict[str, Any]:
    """Where a row lies: its table and its key."""
    columns = row.get_attributes().values()
    key = [each.attr_name for each in columns if each.is_hash_key or each.is_range_key]
    return {"TableName": row.Meta.table_name, "Key": {name: item[name] for name in key}}


def _refused(writes: Sequence[Write], error: VerboseClientError) -> dict[int, Exception]:
    """What the reasons mean; nothing where it is worth trying again."""
    reasons: list[CancellationReason | None] = error.cancellation_reasons
    refused: dict[int, Exception] = {}
    # In the caller's order: the most telling first.
    for number, (write, reason) in enumerate(zip(writes, reasons, strict=False)):
        if reason and reason.code == "ConditionalCheckFailed":
            refused[number] = write.refusal(reason.raw_item)
            refused[number].__cause__ = error
    codes = {reason.code for reason in reasons if reason}
    if not refused and (not codes or codes - CONTENDED):
        raise DatabaseRefusedError("TransactWriteItems", " ".join(sorted(codes))) from error
    return refused
