"""The rows of exceptions, and of the rounds that find them: one a target of an account."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row

OPEN, CLOSED, SILENT = "open", "closed", "silent"


class ExceptionsInOrder(Index):
    """Exceptions that are open, those that are closed, and rounds that nobody could go on with,
    each newest last; sparse: other rounds are not listed."""

    class Meta:
        index_name = "exceptions-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    found_at = UnicodeAttribute(range_key=True)


class ExceptionRow(Row):
    """An exception, or a round under `round:`, account and platform."""

    noun = "exceptions"
    exception_id = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute()
    listed = UnicodeAttribute(null=True)
    found_at = UnicodeAttribute(null=True)
    in_order = ExceptionsInOrder()
