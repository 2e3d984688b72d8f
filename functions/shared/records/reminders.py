"""Reminders: every act on one is a leaf, and a row says when the clock has to look at it next."""

from datetime import datetime, timedelta

from shared.posts.names import AccountId, PersonId, ReminderId
from shared.posts.series import Reminder, acts_at
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError
from shared.records.first_time import HeardBeforeError, said_once
from shared.records.listing import Listing
from shared.records.log import recording
from shared.records.newest_first import newest_first
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.reminder_entries import OPEN, reminder_of, reminder_row, said
from shared.records.reminder_rows import ReminderRow
from shared.records.rows import Index
from shared.records.spelling import as_json, at_rest, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit


class Reminders:
    """Where reminders are kept; posts are sent in `ahead` of when they are due."""

    def __init__(self, tables: Tables, pen: Pen, ahead: timedelta) -> None:
        self._tables = tables
        self._pen = pen
        self._ahead = ahead

    @property
    def ahead(self) -> timedelta:
        """How long before it is due a post is sent in."""
        return self._ahead

    def enter(self, reminder: Reminder, act: Act, key: str | None = None) -> Reminder:
        """A new one, or the one that the same key and words made before; KeyReusedError for other
        words, AlreadyExistsError if the id is taken.
        """
        taken = AlreadyExistsError("reminder", reminder.reminder_id)
        free = self._tables.reminders.reminder_id.does_not_exist()
        first = [self._first_time(reminder, key, act.at)] if key is not None else []
        try:
            self._commit([*first, Write(self._row(reminder, act.at), free, lambda _: taken)], act)
        except HeardBeforeError as before:
            return self.get(ReminderId(before.post_id))
        return reminder

    def change(self, before: Reminder, after: Reminder, act: Act) -> None:
        """Another in the place of `before`; ChangedError if that is not what stands there."""
        changed = ChangedError("reminder", before.reminder_id, "was changed by somebody else")
        table = self._tables.reminders
        old = self._row(before, act.at)
        same = (table.entry == old.entry) & (table.author == old.author)
        self._commit([Write(self._row(after, act.at), same, lambda _: changed)], act)

    def get(self, reminder_id: ReminderId) -> Reminder:
        """This one, or NotFoundError."""
        return reminder_of(one(self._tables.reminders, reminder_id))

    def by_author(self, person: PersonId, limit: int, cursor: str | None) -> Listing[Reminder]:
        """A part of a person's, newest first; InvalidCursorError."""
        return self._page(self._tables.reminders.by_author, person, limit, cursor)

    def by_account(self, account: AccountId, limit: int, cursor: str | None) -> Listing[Reminder]:
        """A part of an account's, newest first; InvalidCursorError."""
        return self._page(self._tables.reminders.by_account, account, limit, cursor)

    def due(self, now: datetime) -> tuple[ReminderId, ...]:
        """Those the clock has to look at by now, longest waiting first."""
        index = self._tables.reminders.due
        waiting = index.query(OPEN, self._tables.reminders.acts_at <= written(now))
        return tuple(ReminderId(row.reminder_id) for row in waiting)

    def _page(self, index: Index, whose: str, limit: int, cursor: str | None) -> Listing[Reminder]:
        connection, table = self._tables.connection, self._tables.reminders
        return newest_first(
            connection, table, index, whose, reminder_of, cursor=cursor, limit=limit
        )

    def _row(self, reminder: Reminder, now: datetime) -> ReminderRow:
        return reminder_row(self._tables, reminder, acts_at(reminder, now, self._ahead))

    def _first_time(self, reminder: Reminder, key: str, now: datetime) -> Write:
        whose, made = f"{reminder.author}#reminder", (reminder.reminder_id, reminder.revision)
        words = at_rest(as_json([reminder.account, said(reminder)]))
        return said_once(self._tables, (whose, key), words, made, now)

    def _commit(self, writes: list[Write], act: Act) -> None:
        commit(self._tables.connection, [*writes, *recording(self._tables, self._pen, act)])
