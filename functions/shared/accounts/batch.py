"""Many accounts at once: every fault of every line, against each other and against the registry."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from shared.accounts.cells import cells_of
from shared.accounts.errors import Fault
from shared.accounts.faults import account_faults, opening_faults
from shared.accounts.force import Force
from shared.accounts.hierarchy import Known, link_faults
from shared.accounts.registry import Account, AccountStatus, Person
from shared.accounts.sheet import Row
from shared.posts.names import AccountId, PersonId


@dataclass(frozen=True)
class Standing:
    """The registry as far as a batch speaks of it. `holders` says whose each key is; `unfinished`
    names the import an account belongs to that is not finished, where it is not this one.
    """

    accounts: Mapping[AccountId, Account]
    people: Mapping[PersonId, Person]
    holders: Mapping[str, AccountId]
    unfinished: Mapping[AccountId, str]


class Together:
    """The registry and the batch, as one; what is in the registry comes first."""

    def __init__(self, batch: Iterable[Account], standing: Standing) -> None:
        self._accounts = {each.account_id: each for each in batch} | dict(standing.accounts)
        self._people = standing.people
        self._mailboxes = {person.email.casefold(): person for person in standing.people.values()}

    def account(self, account_id: AccountId) -> Account | None:
        """The account, None if there is none."""
        return self._accounts.get(account_id)

    def person(self, person_id: PersonId) -> Person | None:
        """The person, None if there is none."""
        return self._people.get(person_id)

    def person_with(self, email: str) -> Person | None:
        """Somebody whose own mailbox this is."""
        return self._mailboxes.get(email.casefold())


class Batch:
    """The lines of one table. `keys` gives what an account would hold and no other may."""

    def __init__(
        self, rows: Iterable[Row], force: Force, keys: Callable[[Account], Iterable[str]]
    ) -> None:
        self.rows = tuple(rows)
        self._force = force
        self._keys = keys
        self._broken = {row.account_id for row in self.rows if row.account is None}

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Every account that could be read, line by line."""
        return tuple(row.account for row in self.rows if row.account)

    def faults(self, standing: Standing) -> Iterator[tuple[int, Fault]]:
        """Line and fault, for everything that is wrong, in the order of the lines."""
        known = Together(self.accounts, standing)
        lines: dict[str, int] = {}
        for row in self.rows:
            found = [*row.faults, *self._repeated("account_id", row.account_id, row.line, lines)]
            if row.account:
                found += self._alone(row.account, known)
                found += self._against(row.account, standing)
                for key in self._keys(row.account):
                    found += self._repeated(_field(key), key, row.line, lines)
            yield from ((row.line, fault) for fault in found)

    def _alone(self, account: Account, known: Known) -> Iterator[Fault]:
        yield from account_faults(account, self._force)
        if account.status in {AccountStatus.ACTIVE, AccountStatus.SUSPENDED}:
            yield from opening_faults(account)
        if account.parent in self._broken:  # its own line says what is wrong
            account = replace(account, parent=None)
        yield from link_faults(account, known)

    def _against(self, account: Account, standing: Standing) -> Iterator[Fault]:
        key = account.account_id
        there = standing.accounts.get(key)
        if key in standing.unfinished:
            sentence = f"An import that was cut short has {key} ({standing.unfinished[key]}); "
            yield Fault("account_id", sentence + "run that one again first.")
        elif there and (columns := _differing(there, account)):
            sentence = f"{key} is in the registry and differs in {columns}; change it there."
            yield Fault("account_id", sentence)
        for held in self._keys(account):
            holder = standing.holders.get(held, key)
            if holder != key:
                sentence = f"{_shown(held)} belongs to the account {holder}; use another."
                yield Fault(_field(held), sentence)

    def _repeated(self, field: str, key: str, line: int, lines: dict[str, int]) -> Iterator[Fault]:
        first = lines.setdefault(key, line) if key else line
        if first != line:
            yield Fault(field, f"{_shown(key)} stands on line {first} already.")


def _differing(one: Account, other: Account) -> str:
    cells, others = cells_of(one), cells_of(other)
    return ", ".join(column for column, cell in cells.items() if others[column] != cell)


def _field(key: str) -> str:
    return "email" if key.startswith("mailbox#") else "handles"


def _shown(key: str) -> str:
    where, _, name = key.rpartition("#")
    return f"{name} ({where})" if where else name
