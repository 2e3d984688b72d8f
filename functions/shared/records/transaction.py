"""All or nothing: the writes of one act, each with the error that its failed condition means."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pynamodb.connection import Connection
from pynamodb.exceptions import CancellationReason, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

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
        if not write.check and not write.remove:
            measure(write.row)
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
    # PynamoDB sends checks, removals, puts, updates; the reasons come back in that order.
    asked = [write for write in writes if write.check]
    removed = [write for write in writes if write.remove]
    written = [write for write in writes if not write.check and not write.remove]
    ordered = [*asked, *gone, *removed, *sorted(written, key=lambda write: bool(write.actions))]
    pauses = iter(BACKOFF_SECONDS)
    while error := _send(connection, writes, gone):
        reasons = dict(zip(map(id, ordered), error.cancellation_reasons, strict=False))
        refused = _refused(writes, reasons, error)
        if refused:
            return refused
        seconds = next(pauses, None)
        if seconds is None:
            raise BusyError("TransactWriteItems") from error
        pause(seconds)
    return {}


def measure(row: Row) -> int:
    """Bytes of a row; TooLargeError beyond 400 KB, UnstorableError for text without UTF-8."""
    try:
        size = sum(
            len(name.encode()) + _bytes(kind, value)
            for name, typed in row.serialize(null_check=False).items()
            for kind, value in typed.items()
        )
    except UnicodeEncodeError as error:
        raise UnstorableError(f"A {row.noun} row holds half a character.") from error
    if size > ITEM_BYTES:
        raise TooLargeError(row.noun, size, ITEM_BYTES)
    return size


def _bytes(kind: str, value: Any) -> int:
    if kind == "N":  # two significant digits a byte, and one byte for where the point is
        return (len(value.strip("0")) + 1) // 2 + 1
    if kind == "S":
        return len(value.encode())
    return len(value) if kind == "B" else 1


def _send(
    connection: Connection, writes: Sequence[Write], gone: Sequence[Row]
) -> TransactWriteError | None:
    """What stopped the transaction, None if it is written."""
    try:
        with TransactWrite(connection=connection) as transaction:
            for row in gone:
                transaction.delete(row)
            for write in writes:
                if write.check:
                    transaction.condition_check(
                        type(write.row), *_key(write.row), condition=write.condition
                    )
                elif write.remove:
                    transaction.delete(write.row, write.condition)
                elif write.actions:
                    transaction.update(
                        write.row, list(write.actions), write.condition, return_values="ALL_OLD"
                    )
                else:
                    transaction.save(write.row, write.condition, return_values="ALL_OLD")
    except TransactWriteError as error:
        return error
    return None


def _key(row: Row) -> tuple[Any, Any]:
    """Partition and sort key of a row, None where it has no sort key."""
    columns = row.get_attributes()
    first = next(name for name, column in columns.items() if column.is_hash_key)
    second = next((name for name, column in columns.items() if column.is_range_key), None)
    return getattr(row, first), getattr(row, second) if second else None


def _refused(
    writes: Sequence[Write],
    reasons: dict[int, CancellationReason | None],
    error: TransactWriteError,
) -> dict[int, Exception]:
    """What the reasons mean; nothing where it is worth trying again."""
    refused: dict[int, Exception] = {}
    for number, write in enumerate(writes):  # in the caller's order: the most telling first
        reason = reasons.get(id(write))
        if reason and reason.code == "ConditionalCheckFailed":
            refused[number] = write.refusal(reason.raw_item)
            refused[number].__cause__ = error
    codes = {reason.code for reason in reasons.values() if reason}
    if not refused and (not codes or codes - CONTENDED):
        raise DatabaseRefusedError("TransactWriteItems", " ".join(sorted(codes))) from error
    return refused
