"""Accounts of the registry; every change of an entry is an act."""

from shared.accounts.registry import Account, AccountStatus, ApprovalMode, Handle, Level
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.rows import AccountRow
from shared.records.spelling import as_json, from_json
from shared.records.tables import Tables
from shared.records.transaction import Write, commit


class Accounts:
    """Where accounts are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def enter(self, account: Account, act: Act) -> None:
        """A new entry; AlreadyExistsError if the id is taken."""
        taken = AlreadyExistsError("account", account.account_id)
        free = self._tables.accounts.account_id.does_not_exist()
        self._commit(Write(account_row(self._tables, account), free, lambda _: taken), act)

    def change(self, before: Account, after: Account, act: Act) -> None:
        """Another entry in the place of `before`; ChangedError if that is not what stands there."""
        changed = ChangedError("account", before.account_id, "was changed by somebody else")
        same = self._tables.accounts.entry == account_row(self._tables, before).entry
        self._commit(Write(account_row(self._tables, after), same, lambda _: changed), act)

    def get(self, account_id: AccountId) -> Account:
        """The account, or NotFoundError."""
        return account_of(one(self._tables.accounts, account_id))

    def all(self) -> tuple[Account, ...]:
        """Every account, by id. A force has hundreds: one or two calls."""
        rows = self._tables.accounts.scan(consistent_read=True)
        return tuple(sorted(map(account_of, rows), key=lambda account: account.account_id))

    def _commit(self, write: Write, act: Act) -> None:
        commit(self._tables.connection, [write, *recording(self._tables, self._pen, act)])


def account_row(tables: Tables, account: Account) -> AccountRow:
    """The row of an account; sets are sorted, so that equal entries are equal text."""
    entry = {
        "title": account.title,
        "level": account.level.value,
        "area": account.area,
        "email": account.email,
        "handles": [[h.platform, h.name, h.service] for h in account.handles],
        "owner": account.owner,
        "members": sorted(account.members),
        "deputies": sorted(account.deputies),
        "senior": account.senior,
        "approval_mode": account.approval_mode.value,
        "status": account.status.value,
    }
    return tables.accounts(account_id=account.account_id, entry=as_json(entry))


def account_of(row: AccountRow) -> Account:
    """The account a row holds."""
    entry = from_json(row.entry)
    return Account(
        account_id=AccountId(row.account_id),
        title=entry["title"],
        level=Level(entry["level"]),
        area=entry["area"],
        email=entry["email"],
        handles=tuple(
            Handle(PlatformName(platform), name, service)
            for platform, name, service in entry["handles"]
        ),
        owner=PersonId(entry["owner"]),
        members=frozenset(map(PersonId, entry["members"])),
        deputies=frozenset(map(PersonId, entry["deputies"])),
        senior=entry["senior"],
        approval_mode=ApprovalMode(entry["approval_mode"]),
        status=AccountStatus(entry["status"]),
    )
