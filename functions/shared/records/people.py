"""People of the registry: by id, by e-mail address, and on duty in the order they are asked."""

from shared.accounts.registry import Person, PersonStatus, Role
from shared.posts.names import PersonId
from shared.recordlog.leaf import Act
from shared.records.errors import (
    AlreadyExistsError,
    AmbiguousEmailError,
    ChangedError,
    NotFoundError,
)
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import one, possible
from shared.records.rows import PersonRow
from shared.records.spelling import as_json, from_json
from shared.records.tables import Tables
from shared.records.transaction import Write, commit

APPROVERS = "approvers"


class People:
    """Where people are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def enter(self, person: Person, act: Act) -> None:
        """A new entry; AlreadyExistsError if the id is taken."""
        taken = AlreadyExistsError("person", person.person_id)
        free = self._tables.people.person_id.does_not_exist()
        self._commit(Write(person_row(self._tables, person), free, lambda _: taken), act)

    def change(self, before: Person, after: Person, act: Act) -> None:
        """Another entry in the place of `before`; ChangedError if that is not what stands there."""
        changed = ChangedError("person", before.person_id, "was changed by somebody else")
        same = self._tables.people.entry == person_row(self._tables, before).entry
        self._commit(Write(person_row(self._tables, after), same, lambda _: changed), act)

    def get(self, person_id: PersonId) -> Person:
        """The person as the registry says this moment, or NotFoundError."""
        return person_of(one(self._tables.people, person_id))

    def by_email(self, email: str) -> Person:
        """The one person with this address, whatever its capitals. NotFoundError, or
        AmbiguousEmailError: signing in must not guess.
        """
        key = email.casefold()
        rows = self._tables.people.by_email.query(key, limit=2) if possible(key) else ()
        found = [row.person_id for row in rows]
        if not found:
            raise NotFoundError("person", email)
        if len(found) > 1:
            raise AmbiguousEmailError(email, tuple(found))
        return self.get(PersonId(found[0]))

    def on_duty(self) -> tuple[Person, ...]:
        """Active people with a place in the rota, in the order they are asked."""
        rows = self._tables.people.by_duty.query(APPROVERS)
        return tuple(map(person_of, rows))

    def all(self) -> tuple[Person, ...]:
        """Everybody, by id."""
        rows = self._tables.people.scan(consistent_read=True)
        return tuple(sorted(map(person_of, rows), key=lambda person: person.person_id))

    def _commit(self, write: Write, act: Act) -> None:
        commit(self._tables.connection, [write, *recording(self._tables, self._pen, act)])


def person_row(tables: Tables, person: Person) -> PersonRow:
    """The row of a person; only who is active and has a place in the rota is in its index."""
    on_duty = person.duty is not None and person.status is PersonStatus.ACTIVE
    entry = {
        "name": person.name,
        "email": person.email,
        "mobile": person.mobile,
        "role": person.role.value,
        "status": person.status.value,
        "duty": person.duty,
    }
    return tables.people(
        person_id=person.person_id,
        email_key=person.email.casefold() or None,
        rota=APPROVERS if on_duty else None,
        duty=person.duty if on_duty else None,
        entry=as_json(entry),
    )


def person_of(row: PersonRow) -> Person:
    """The person a row holds."""
    entry = from_json(row.entry)
    return Person(
        person_id=PersonId(row.person_id),
        name=entry["name"],
        email=entry["email"],
        mobile=entry["mobile"],
        role=Role(entry["role"]),
        status=PersonStatus(entry["status"]),
        duty=entry["duty"],
    )
