"""The rows of the record log: leaves that wait, what they speak of, and where the log stands."""

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute

from shared.records.rows import Row


class OutboxRow(Row):
    """A leaf that waits for its place in the log."""

    noun = "outbox"
    shard = UnicodeAttribute(hash_key=True)
    leaf_id = UnicodeAttribute(range_key=True)
    envelope = BinaryAttribute(legacy_encoding=False)


class PayloadRow(Row):
    """What a leaf speaks of, and the salt that hides it; put once, never changed."""

    noun = "payloads"
    leaf_id = UnicodeAttribute(hash_key=True)
    salt = BinaryAttribute(legacy_encoding=False)
    payload = BinaryAttribute(legacy_encoding=False)


class LogHeadRow(Row):
    """The head of one log."""

    noun = "loghead"
    origin = UnicodeAttribute(hash_key=True)
    size = NumberAttribute()
    root = BinaryAttribute(legacy_encoding=False)
    note = UnicodeAttribute()
    staging = UnicodeAttribute()
