"""The row of a reminder: keys and indexes; what it says is one JSON text, as in the registry."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row


class RemindersByAuthor(Index):
    """A person's reminders, newest last; keys only, so that an entry is never read stale."""

    class Meta:
        index_name = "reminders-by-author"
        projection = KeysOnlyProjection()

    author = UnicodeAttribute(hash_key=True)
    reminder_id = UnicodeAttribute(range_key=True)


class RemindersByAccount(Index):
    """An account's reminders, newest last."""

    class Meta:
        index_name = "reminders-by-account"
        projection = KeysOnlyProjection()

    account = UnicodeAttribute(hash_key=True)
    reminder_id = UnicodeAttribute(range_key=True)


class RemindersDue(Index):
    """Reminders by when the clock looks at them next; sparse: an ended one has no `open`."""

    class Meta:
        index_name = "reminders-due"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    acts_at = UnicodeAttribute(range_key=True)


class ReminderRow(Row):
    """One series of posts for a regular event."""

    noun = "reminders"
    reminder_id = UnicodeAttribute(hash_key=True)
    author = UnicodeAttribute()
    account = UnicodeAttribute()
    open = UnicodeAttribute(null=True)
    acts_at = UnicodeAttribute(null=True)
    entry = UnicodeAttribute()
    by_author = RemindersByAuthor()
    by_account = RemindersByAccount()
    due = RemindersDue()
