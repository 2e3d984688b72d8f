"""Writing many accounts: all of them, or none that anybody sees.

The story: what the registry has of the batch is read (`standing`); what is there already is left
out; the rest is written a transaction of at most a hundred rows at a time, each account with its
names, its mailbox and its leaf, marked as part of this import and shown to nobody; the last write
says that the import is finished, and from then on everybody sees all of it.

A crash leaves accounts that nobody sees. Running the same file again finds them, writes the rest,
and finishes; an import is called by the SHA-256 of its table, so that the same file goes on where
it was and another file does not. Running it once more after that changes nothing.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from shared.accounts.acts import Happened, account_subject
from shared.accounts.batch import Standing
from shared.accounts.cells import cells_of
from shared.accounts.registry import Account, StatusChange
from shared.accounts.sheet import sheet_of
from shared.posts.names import AccountId, PersonId
from shared.recordlog.leaf import Act
from shared.records.account_entries import account_of
from shared.records.accounts import entering
from shared.records.errors import AlreadyExistsError, BusyError
from shared.records.holdings import held_by
from shared.records.imports import Import, Imports
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.reading import Key, fetch
from shared.records.tables import Tables
from shared.records.transaction import Write, commit

MOST_WRITES = 100
"""DynamoDB's limit on one transaction."""

PATIENCE_SECONDS = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Pauses when the database is busy beyond what one transaction waits for."""


@dataclass(frozen=True)
class Order:
    """Who imports what: the accounts in the order of their lines, and the name of their file."""

    accounts: tuple[Account, ...]
    source: str
    by: PersonId

    @cached_property
    def import_id(self) -> str:
        """What the import is called: its table, hashed."""
        digest = hashlib.sha256()
        for line in sheet_of(self.accounts):
            digest.update(line.encode())
        return digest.hexdigest()


class Importing:
    """Reads and writes for imports."""

    def __init__(
        self,
        tables: Tables,
        pen: Pen,
        now: Callable[[], datetime],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._tables, self._pen, self._now, self._pause = tables, pen, now, pause
        self._imports = Imports(tables)

    def standing(self, order: Order) -> Standing:
        """What the registry has of everything these accounts speak of."""
        accounts = order.accounts
        ids = {each.account_id for each in accounts} | {each.parent for each in accounts}
        rows = self._fetch(self._tables.accounts, filter(None, ids))
        held = self._fetch(
            self._tables.handles, (key for each in accounts for key in held_by(each))
        )
        hidden = self._hidden(order, {row.part_of for row in rows if row.part_of})
        people = {person.person_id: person for person in People(self._tables, self._pen).all()}
        return Standing(
            {AccountId(row.account_id): account_of(row) for row in rows},
            people,
            {row.key: AccountId(row.account_id) for row in held if row.account_id},
            {AccountId(r.account_id): hidden[r.part_of] for r in rows if r.part_of in hidden},
        )

    def write(
        self, order: Order, there: Standing, told: Callable[[int], None] = lambda _: None
    ) -> int:
        """Write what is not there, and let all be seen; how many that were. `told` hears how many
        are written so far. AlreadyExistsError and its kin if the registry changed meanwhile.
        """
        missing = [each for each in order.accounts if each.account_id not in there.accounts]
        if not missing and not self._is_open(order):
            return 0
        begun = self._begin(order)
        written = 0
        for accounts, writes in self._parts(order, missing):
            self._commit(writes)
            told(written := written + accounts)
        happened = self._happened(Happened.IMPORT_FINISHED, order, {"accounts": begun.accounts})
        self._imports.finish(begun, happened.at, self._pen, happened)
        return written

    def _begin(self, order: Order) -> Import:
        begun = Import(order.import_id, order.source, len(order.accounts), self._now())
        act = self._happened(Happened.IMPORT_BEGUN, order, {"accounts": begun.accounts})
        with suppress(AlreadyExistsError):  # cut short before, and taken up again
            self._imports.begin(begun, self._pen, act)
        return begun

    def _parts(
        self, order: Order, accounts: Iterable[Account]
    ) -> Iterator[tuple[int, list[Write]]]:
        """How many accounts, and their writes, a transaction at a time."""
        count, writes, import_id = 0, list[Write](), order.import_id
        for account in accounts:
            entry = self._entry(order, import_id, account)
            if len(writes) + len(entry) > MOST_WRITES:
                yield count, writes
                count, writes = 0, []
            count, writes = count + 1, writes + entry
        if writes:
            yield count, writes

    def _entry(self, order: Order, import_id: str, account: Account) -> list[Write]:
        cells = {name: cell for name, cell in cells_of(account).items() if cell}
        general = self._happened(
            Happened.ACCOUNT_IMPORTED, order, {"import": import_id, "entry": cells}
        )
        subject = account_subject(account.account_id)
        act = replace(general, account=account.account_id, subject=subject)
        step = StatusChange(account.status, act.at, order.by, f"Imported from {order.source}.")
        return [
            *entering(self._tables, replace(account, history=(step,)), import_id),
            *recording(self._tables, self._pen, act),
        ]

    def _happened(self, what: Happened, order: Order, payload: dict[str, Any]) -> Act:
        return Act(
            type=what.value,
            account=None,
            subject=f"import:{order.import_id}",
            at=self._now(),
            actor=order.by,
            approver=None,
            reason=None,
            payload=payload,
        )

    def _commit(self, writes: list[Write]) -> None:
        for seconds in PATIENCE_SECONDS:
            try:
                return commit(self._tables.connection, writes)
            except BusyError:
                self._pause(seconds)
        return commit(self._tables.connection, writes)

    def _is_open(self, order: Order) -> bool:
        """Whether this import was begun and never finished."""
        open_ones = {each.import_id for each in self._imports.all() if not each.finished_at}
        return order.import_id in open_ones

    def _hidden(self, order: Order, parts: set[str]) -> dict[str, str]:
        """The imports among these that are not finished and not this one, with their files."""
        hidden = {part for part in parts - {order.import_id} if not self._imports.shows(part)}
        sources = {each.import_id: each.source for each in self._imports.all()} if hidden else {}
        return {part: sources.get(part, part) for part in hidden}

    def _fetch(self, table: Any, keys: Iterable[str]) -> list[Any]:
        return list(fetch(self._tables.connection, (Key(table, (key,)) for key in keys)).values())
