"""Acts that have nothing to do with one another, many of them in one transaction.

Each is written as a whole or not at all, with its leaf, and one that is refused keeps none of the
others back: it is left out, and the others are sent again without it. Whoever dies in between has
written some of them and knows nothing of it; the next run finds those on record.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from pynamodb.connection import Connection

from shared.records.errors import DatabaseRefusedError, RecordsError, UnstorableError
from shared.records.transaction import Write, refusals

MOST_WRITES = 100
MOST_BYTES = 4 * 1024 * 1024
"""DynamoDB's limits on one transaction."""

Writes = Sequence[Write]
"""The writes of one act."""


def commit_each(
    connection: Connection,
    acts: Sequence[Writes],
    pause: Callable[[float], None] = time.sleep,
) -> list[Exception | None]:
    """Why each act is not written, in order; None where it is."""
    failed: dict[int, Exception] = {}
    for part in _parts(acts, failed):
        _commit(connection, {number: acts[number] for number in part}, failed, pause)
    return [failed.get(number) for number in range(len(acts))]


def are_written(
    outcomes: Iterable[Exception | None],
    unless: type[Exception] | tuple[type[Exception], ...] = (),
) -> list[bool]:
    """Which acts are written, and which were refused with such an error; any other is raised."""
    told = list(outcomes)
    for error in told:
        if error is not None and not isinstance(error, unless):
            raise error
    return [error is None for error in told]


def _parts(acts: Sequence[Writes], failed: dict[int, Exception]) -> Iterator[list[int]]:
    """The numbers of acts that go into one transaction; those that no row can hold go into none."""
    part, count, size = list[int](), 0, 0
    for number, writes in enumerate(acts):
        try:
            adds = sum(each.measure() for each in writes)
        except UnstorableError as error:
            failed[number] = error
            continue
        if part and (count + len(writes) > MOST_WRITES or size + adds > MOST_BYTES):
            yield part
            part, count, size = [], 0, 0
        part.append(number)
        count, size = count + len(writes), size + adds
    if part:
        yield part


def _commit(
    connection: Connection,
    part: dict[int, Writes],
    failed: dict[int, Exception],
    pause: Callable[[float], None],
) -> None:
    while part:
        whose = [number for number, writes in part.items() for _ in writes]
        together = [write for writes in part.values() for write in writes]
        try:
            refused = refusals(connection, together, pause)
        except DatabaseRefusedError as error:
            if len(part) == 1:
                failed |= dict.fromkeys(part, error)
            else:  # it does not say whose fault it is
                for number, writes in part.items():
                    _commit(connection, {number: writes}, failed, pause)
            return
        except RecordsError as error:  # too busy, or no answer: so it is for all of them
            failed |= dict.fromkeys(part, error)
            return
        if not refused:
            return
        for place, refusal in refused.items():
            failed.setdefault(whose[place], refusal)
        part = {number: writes for number, writes in part.items() if number not in failed}
