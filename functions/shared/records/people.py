"""People of the registry: by id, by e-mail address, and on duty in the order they are asked."""

from shared.accounts.registry import Person
from shared.posts.names import PersonId
from shared.recordlog.leaf import Act
from shared.records.errors import (
    AlreadyExistsError,
    AmbiguousEmailError,
    ChangedError,
    NotFoundError,
)
from shared.records.listing import LONGEST_LISTING, Listing, behind, cursor_behind
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.person_entries import APPROVERS, LISTED, person_of, person_row
from shared.records.reading import Key, fetch, one, possible
from shared.records.tables import Tables
from shared.records.transaction import Write, commit


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

    def page(self, limit: int, cursor: str | None = None) -> Listing[Person]:
        """A part of everybody, by id; InvalidCursorError. Somebody is listed a moment after they
        are entered.
        """
        after = behind(cursor) if cursor else None
        limit = max(1, min(limit, LONGEST_LISTING))
        start = self._tables.people.person_id > after if after else None
        found = self._tables.people.in_order.query(LISTED, start, limit=limit + 1)
        ids = [row.person_id for row in found]
        keys = [Key(self._tables.people, (person_id,)) for person_id in ids[:limit]]
        rows = fetch(self._tables.connection, keys)
        entries = tuple(person_of(rows[key]) for key in keys if key in rows)
        return Listing(entries, cursor_behind(ids[limit - 1]) if len(ids) > limit else None)

    def _commit(self, write: Write, act: Act) -> None:
        commit(self._tables.connection, [write, *recording(self._tables, self._pen, act)])
