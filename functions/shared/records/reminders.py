"""Reminders: every act on one is a leaf, and a row says when the clock has to look at it next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shared.posts.names import AccountId, PersonId, ReminderId
from shared.posts.series import Reminder, acts_at
from shared.recordlog.leaf import Act
from shared.records.errors import (
    AlreadyExistsError,
    ChangedError,
    KeyReusedError,
    RecordsError,
)
from shared.records.first_time import KEY_LIFE
from shared.records.listing import LONGEST_LISTING, Listing, behind, cursor_behind
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import Key, fetch, one, possible
from shared.records.reminder_entries import OPEN, reminder_of, reminder_row, said
from shared.records.reminder_rows import ReminderRow
from shared.records.rows import IdempotencyRow
from shared.records.spelling import as_json, at_rest, written
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit


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
        except _HeardBeforeError as before:
            return self.get(before.reminder_id)
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
        return self._page("reminders-by-author", "author", person, limit, cursor)

    def by_account(self, account: AccountId, limit: int, cursor: str | None) -> Listing[Reminder]:
        """A part of an account's, newest first; InvalidCursorError."""
        return self._page("reminders-by-account", "account", account, limit, cursor)

    def due(self, now: datetime) -> tuple[ReminderId, ...]:
        """Those the clock has to look at by now, longest waiting first."""
        index = self._tables.reminders.due
        waiting = index.query(OPEN, self._tables.reminders.acts_at <= written(now))
        return tuple(ReminderId(row.reminder_id) for row in waiting)

    def _page(
        self, index: str, name: str, whose: str, limit: int, cursor: str | None
    ) -> Listing[Reminder]:
        after = behind(cursor) if cursor else None
        limit = max(1, min(limit, LONGEST_LISTING))
        if not possible(whose):
            return Listing((), None)
        start = {name: {"S": whose}, "reminder_id": {"S": after}} if after else None
        keys: Sequence[ReminderRow] = list(
            self._tables.reminders.query(
                whose,
                index_name=index,
                scan_index_forward=False,
                limit=limit + 1,
                last_evaluated_key=start,
            )
        )
        wanted = [Key(self._tables.reminders, (row.reminder_id,)) for row in keys[:limit]]
        rows = fetch(self._tables.connection, wanted)
        more = cursor_behind(keys[limit - 1].reminder_id) if len(keys) > limit else None
        return Listing(tuple(reminder_of(rows[key]) for key in wanted if key in rows), more)

    def _row(self, reminder: Reminder, now: datetime) -> ReminderRow:
        return reminder_row(self._tables, reminder, acts_at(reminder, now, self._ahead))

    def _first_time(self, reminder: Reminder, key: str, now: datetime) -> Write:
        table = self._tables.idempotency
        row = table(
            key=f"{reminder.author}#reminder#{at_rest(key)}",
            body_hash=at_rest(as_json([reminder.account, said(reminder)])),
            post_id=reminder.reminder_id,
            version=reminder.revision,
            ttl=now + KEY_LIFE,
        )

        def refusal(raw: Raw | None) -> RecordsError:
            before: IdempotencyRow = table.from_raw_data(raw) if raw else one(table, row.key)
            if before.body_hash != row.body_hash:
                return KeyReusedError(key)
            return _HeardBeforeError(ReminderId(before.post_id))

        return Write(row, table.key.does_not_exist() | (table.ttl < now), refusal)

    def _commit(self, writes: list[Write], act: Act) -> None:
        commit(self._tables.connection, [*writes, *recording(self._tables, self._pen, act)])


class _HeardBeforeError(RecordsError):
    """This one was made before; never leaves `enter`."""

    def __init__(self, reminder_id: ReminderId) -> None:
        super().__init__(reminder_id)
        self.reminder_id = reminder_id
