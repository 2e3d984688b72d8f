"""The rows of the record log: leaves that wait, what they speak of, and where the log stands."""

from pynamodb.attributes import (
    BinaryAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)

from shared.records.rows import Row


class OutboxRow(Row):
    """A leaf that waits for its place in the log."""

    noun = "outbox"
    shard = UnicodeAttribute(hash_key=True)
    leaf_id = UnicodeAttribute(range_key=True)
    envelope = BinaryAttribute(legacy_encoding=False)


class PayloadRow(Row):
    """What a leaf speaks of, and the salt that hides it; put once, and changed by an erasure only,
    which takes the salt away and leaves its name.
    """

    noun = "payloads"
    leaf_id = UnicodeAttribute(hash_key=True)
    salt = BinaryAttribute(legacy_encoding=False, null=True)
    payload = BinaryAttribute(legacy_encoding=False)
    erased_by = UnicodeAttribute(null=True)


class RecordKeyRow(Row):
    """The key to what is sealed in one payload, none once it is erased; and what the leaf is about,
    so that whoever holds it for a court need not read what it says.
    """

    noun = "record_keys"
    leaf_id = UnicodeAttribute(hash_key=True)
    key = BinaryAttribute(legacy_encoding=False, null=True)
    about = UnicodeSetAttribute(null=True)
    erased_by = UnicodeAttribute(null=True)


class ErasureRow(Row):
    """That the sealed text of one leaf shall go."""

    noun = "erasures"
    erasure_id = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute()


class AttestationRow(Row):
    """What one witness last said of one log."""

    noun = "attestations"
    origin = UnicodeAttribute(hash_key=True)
    witness = UnicodeAttribute(range_key=True)
    entry = UnicodeAttribute()
    asked_at = UnicodeAttribute()


class MonthRow(Row):
    """A sealed month of one log."""

    noun = "months"
    origin = UnicodeAttribute(hash_key=True)
    month = UnicodeAttribute(range_key=True)
    entry = UnicodeAttribute()


class QuestionRow(Row):
    """A question that was asked of sealed months; `leaf_id` is the record that says so, and seals
    the words that were looked for."""

    noun = "questions"
    question_id = UnicodeAttribute(hash_key=True)
    leaf_id = UnicodeAttribute()
    entry = UnicodeAttribute()


class LogHeadRow(Row):
    """The head of one log."""

    noun = "loghead"
    origin = UnicodeAttribute(hash_key=True)
    size = NumberAttribute()
    root = BinaryAttribute(legacy_encoding=False)
    note = UnicodeAttribute()
    staging = UnicodeAttribute()
