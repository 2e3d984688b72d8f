"""Letters about what was found on accounts: all of it to whoever is on duty, and to each owner what
is on their own. A letter has a few lines; the page has all of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from shared.accounts.registry import Account, Person, PersonStatus
from shared.mail.letters import Letter
from shared.posts.names import AccountId

MOST_LINES = 30
L = TypeVar("L", bound=Letter)


def few(lines: Iterable[str]) -> tuple[str, ...]:
    """The first of these, and how many more there are."""
    every = tuple(lines)
    more = len(every) - MOST_LINES
    return every if more <= 0 else (*every[:MOST_LINES], f"and {more} more")


def found_letters(
    told: Sequence[tuple[AccountId, str]],
    accounts: Mapping[AccountId, Account],
    people: Iterable[Person],
    on_duty: Iterable[Person],
    make: Callable[[str, tuple[str, ...]], L],
) -> dict[str, L]:
    """Each address and its letter, made of a name and lines; `told` is a line for each thing, with
    the account it was found on."""
    known = {person.person_id: person for person in people}
    letters: dict[str, L] = {}
    for account in dict.fromkeys(account for account, _ in told):
        owner = known.get(accounts[account].owner) if account in accounts else None
        if owner is not None and owner.status is PersonStatus.ACTIVE:
            owned = {a.account_id for a in accounts.values() if a.owner == owner.person_id}
            lines = few(line for of, line in told if of in owned)
            letters[owner.email] = make(owner.name, lines)
    every = few(line for _, line in told)
    return letters | {person.email: make(person.name, every) for person in on_duty}
