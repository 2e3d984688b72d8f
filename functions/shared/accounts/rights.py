"""Who may do what: one question a function, answered with the reason."""

from dataclasses import dataclass

from shared.accounts.registry import Account, AccountStatus, Person, PersonStatus, Role
from shared.posts.names import PersonId

CENTRE = frozenset({Role.COMMS, Role.CORPORATE})
"""Roles that may post for any account (G17) and may approve."""


@dataclass(frozen=True)
class Answer:
    """Yes, or no with a sentence for the person who asked."""

    allowed: bool
    reason: str = ""


YES = Answer(True)


def may_post(person: Person, account: Account) -> Answer:
    """Members, deputies and owner post for their own account; the centre for any (G17)."""
    if person.status is not PersonStatus.ACTIVE:
        return Answer(False, "Your access is suspended. Ask the web team.")
    if account.status is not AccountStatus.ACTIVE:
        return Answer(False, f"{account.title} is {account.status.value}; it cannot post.")
    own = account.members | account.deputies | {account.owner}
    if person.role in CENTRE or person.person_id in own:
        return YES
    return Answer(False, f"You are not a member of {account.title}. Ask its owner to add you.")


def may_approve(person: Person, author: PersonId) -> Answer:
    """Comms approve, never their own words (promise P1)."""
    if person.status is not PersonStatus.ACTIVE:
        return Answer(False, "Your access is suspended. Ask the web team.")
    if person.role not in CENTRE:
        return Answer(False, "Only communications staff approve posts.")
    if person.person_id == author:
        return Answer(False, "You wrote this post; somebody else has to decide.")
    return YES


def may_read_everything(person: Person) -> bool:
    """Comms see every account (G16); auditors read all and change nothing."""
    return person.role in CENTRE or person.role in {Role.AUDITOR, Role.REGISTRAR}
