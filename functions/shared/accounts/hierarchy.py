"""How entries belong together: corporate above lpt above neighbourhood, people who are there."""

from collections.abc import Iterator
from typing import Protocol

from shared.accounts.errors import Fault
from shared.accounts.registry import Account, AccountStatus, Level, Person, PersonStatus
from shared.posts.names import AccountId, PersonId

ABOVE: dict[Level, Level] = {Level.LPT: Level.CORPORATE, Level.NEIGHBOURHOOD: Level.LPT}
"""The level an account's parent has (A21); a corporate account has none."""


class Known(Protocol):
    """What is in the registry, or will be with the same file."""

    def account(self, account_id: AccountId) -> Account | None:
        """The account, None if there is none."""

    def person(self, person_id: PersonId) -> Person | None:
        """The person, None if there is none."""

    def person_with(self, email: str) -> Person | None:
        """Somebody whose own mailbox this is, None if it is nobody's."""


def link_faults(account: Account, known: Known) -> tuple[Fault, ...]:
    """What is wrong with the entries an account speaks of."""
    return (
        *_parent_fault(account, known),
        *_people_faults(account, known),
        *_mailbox_fault(account, known),
    )


def _parent_fault(account: Account, known: Known) -> Iterator[Fault]:
    wanted = ABOVE.get(account.level)
    if account.parent is None or wanted is None:
        return
    parent = known.account(account.parent)
    if parent is None:
        yield Fault("parent", f"There is no account {account.parent}.")
    elif parent.level is not wanted:
        yield Fault("parent", f"{parent.title} is {parent.level.value}; name a {wanted.value} one.")
    elif parent.status is AccountStatus.CLOSED and account.status is not AccountStatus.CLOSED:
        yield Fault("parent", f"{parent.title} is closed; name another account.")


def _people_faults(account: Account, known: Known) -> Iterator[Fault]:
    if account.status is AccountStatus.CLOSED:  # whoever was there, was there
        return
    named = [("owner", account.owner)]
    if account.communications_manager:
        named.append(("communications_manager", account.communications_manager))
    named += [("deputies", person) for person in sorted(account.deputies)]
    named += [("members", person) for person in sorted(account.members)]
    for field, person_id in named:
        person = known.person(person_id)
        if person_id and person is None:
            yield Fault(field, f"There is no person {person_id}.")
        elif person and person.status is PersonStatus.LEFT:
            yield Fault(field, f"{person_id} has left the force; name somebody else.")


def _mailbox_fault(account: Account, known: Known) -> Iterator[Fault]:
    if account.email and known.person_with(account.email):
        yield Fault("email", "This is somebody's own mailbox; use the one allocated to the team.")
