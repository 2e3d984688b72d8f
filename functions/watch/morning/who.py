"""Who is told of an account: those it belongs to, those above it, and the centre."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.accounts.cover import covering, is_there
from shared.accounts.incident import NO_INCIDENTS, Board
from shared.accounts.registry import SHUT_OUT, Account, Person, PersonStatus, Role
from shared.posts.names import AccountId, PersonId


@dataclass(frozen=True)
class Who:
    """The registry of one morning, who is on duty, and the incidents that keep accounts quiet."""

    accounts: Mapping[AccountId, Account]
    people: Mapping[PersonId, Person]
    on_duty: tuple[Person, ...]
    board: Board = NO_INCIDENTS

    def owners(self, account: Account, day: date) -> tuple[Person, ...]:
        """Its owner, or whoever stands in; whoever is above if there is nobody."""
        owner = self.people.get(account.owner)
        if owner and is_there(owner, day):
            return (owner,)
        stand_ins = sorted(covering(account, self.people, day))
        return tuple(self.people[key] for key in stand_ins) or self.above(account)

    def above(self, account: Account) -> tuple[Person, ...]:
        """The owner of the account above, or the communications manager; else the centre."""
        parent = self.accounts.get(account.parent) if account.parent else None
        asked = [parent.owner if parent else None, account.communications_manager]
        known = [self.people[key] for key in asked if key and key in self.people]
        able = tuple(each for each in known if each.status not in SHUT_OUT)
        return able[:1] or self.on_duty

    def able(self, person_id: PersonId) -> tuple[Person, ...]:
        """This person, if they have access."""
        person = self.people.get(person_id)
        return (person,) if person and person.status not in SHUT_OUT else ()

    @property
    def registrars(self) -> tuple[Person, ...]:
        """The web team."""
        return tuple(
            person
            for person in self.people.values()
            if person.role is Role.REGISTRAR and person.status is PersonStatus.ACTIVE
        )

    @property
    def centre(self) -> tuple[Person, ...]:
        """Whoever is on duty for communications, and the web team."""
        return tuple({p.person_id: p for p in (*self.on_duty, *self.registrars)}.values())
