"""Accounts of the registry; every change of an entry is an act."""

from collections.abc import Sequence

from shared.accounts.handles import handle_key
from shared.accounts.registry import Account
from shared.posts.names import AccountId, PlatformName
from shared.recordlog.leaf import Act
from shared.records.account_entries import LISTED, account_of, account_row
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.holdings import held_by, mailbox_key, moving, taking
from shared.records.imports import Imports
from shared.records.listing import LONGEST_LISTING, Listing, behind, cursor_behind
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import Key, fetch, one, possible
from shared.records.registry_rows import AccountRow, HandleRow
from shared.records.tables import Tables
from shared.records.transaction import Write, commit


class Accounts:
    """Where accounts are kept. What an import has not finished is not there for any reader."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen
        self._imports = Imports(tables)

    def enter(self, account: Account, act: Act) -> None:
        """A new entry, with its names and mailbox; AlreadyExistsError if the id is taken,
        HeldError if another account holds one of the names or the mailbox.
        """
        self._commit(entering(self._tables, account), act)

    def change(self, before: Account, after: Account, act: Act) -> None:
        """Another entry in the place of `before`; ChangedError if that is not what stands there,
        HeldError if another account holds one of its names or its mailbox.
        """
        self._commit([*self.changing(before, after), *moving(self._tables, before, after)], act)

    def changing(self, before: Account, after: Account) -> list[Write]:
        """The write that does so, of an entry whose names and mailbox stay as they are."""
        changed = ChangedError("account", before.account_id, "was changed by somebody else")
        same = self._tables.accounts.entry == account_row(self._tables, before).entry
        return [Write(account_row(self._tables, after), same, lambda _: changed)]

    def allot(self, email: str, account_id: AccountId, act: Act) -> None:
        """Keep a mailbox for an account, there already or to come; HeldError if it is another's."""
        self._commit([taking(self._tables, mailbox_key(email), account_id)], act)

    def note(self, act: Act) -> None:
        """Something happened to an account that changes nothing of its entry."""
        self._commit([], act)

    def get(self, account_id: AccountId) -> Account:
        """The account, or NotFoundError."""
        row = one(self._tables.accounts, account_id)
        if not self._imports.shows(row.part_of):
            raise NotFoundError("accounts", account_id)
        return account_of(row)

    def several(self, account_ids: Sequence[AccountId]) -> tuple[Account, ...]:
        """Those there are of these, in this order, in one call."""
        rows = self._rows([*account_ids])
        return tuple(account_of(row) for row in rows if self._imports.shows(row.part_of))

    def all(self) -> tuple[Account, ...]:
        """Every account, by id. A force has hundreds: one or two calls."""
        rows = list(self._tables.accounts.scan(consistent_read=True))
        parts: set[str | None] = {row.part_of for row in rows}
        if not all(map(self._imports.remembers, parts)):
            # Asked before the rows are read again, so that what shows is there to the last row.
            parts = set(filter(self._imports.shows, parts))
            rows = list(self._tables.accounts.scan(consistent_read=True))
        showing = (account_of(row) for row in rows if row.part_of in parts)
        return tuple(sorted(showing, key=lambda account: account.account_id))

    def page(self, limit: int, cursor: str | None = None) -> Listing[Account]:
        """A part of all accounts, by id; InvalidCursorError. An account is listed a moment after
        it is entered.
        """
        after = behind(cursor) if cursor else None
        limit = max(1, min(limit, LONGEST_LISTING))
        start = self._tables.accounts.account_id > after if after else None
        found = self._tables.accounts.in_order.query(LISTED, start, limit=limit + 1)
        ids = [row.account_id for row in found]
        rows = self._rows(ids[:limit])
        showing = [account_of(row) for row in rows if self._imports.shows(row.part_of)]
        more = len(ids) > limit
        return Listing(tuple(showing), cursor_behind(ids[limit - 1]) if more else None)

    def holder(self, platform: PlatformName, name: str) -> AccountId | None:
        """Which account holds a name on a platform, or one that passes for it."""
        return self._holder(handle_key(platform, name))

    def mailbox_holder(self, email: str) -> AccountId | None:
        """Which account a mailbox belongs to or is kept for."""
        return self._holder(mailbox_key(email))

    def _holder(self, key: str) -> AccountId | None:
        if not possible(key):
            return None
        found: HandleRow | None = fetch(
            self._tables.connection, [wanted := Key(self._tables.handles, (key,))]
        ).get(wanted)
        return AccountId(found.account_id) if found and found.account_id else None

    def _rows(self, ids: list[str]) -> list[AccountRow]:
        keys = [Key(self._tables.accounts, (account_id,)) for account_id in ids]
        found = fetch(self._tables.connection, keys)
        return [found[key] for key in keys if key in found]

    def _commit(self, writes: list[Write], act: Act) -> None:
        commit(self._tables.connection, [*writes, *recording(self._tables, self._pen, act)])


def entering(tables: Tables, account: Account, part_of: str | None = None) -> list[Write]:
    """The writes of a new entry."""
    taken = AlreadyExistsError("account", account.account_id)
    free = tables.accounts.account_id.does_not_exist()
    row = Write(account_row(tables, account, part_of), free, lambda _: taken)
    return [row, *(taking(tables, key, account.account_id) for key in held_by(account))]
