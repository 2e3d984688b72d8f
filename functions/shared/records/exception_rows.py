"""The rows of exceptions, and of the rounds that find them, one a target of an account; beside them
those of drifts, and of how far comparing is."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row

OPEN, CLOSED, SILENT = "open", "closed", "silent"
DRIFT_OPEN, DRIFT_CLOSED, DRIFT_SILENT = "drift-open", "drift-closed", "drift-silent"


class ExceptionsInOrder(Index):
    """Exceptions that are open, those that are closed, and rounds that nobody could go on with,
    each newest last, and the same of drifts; sparse: other rounds are not listed."""

    class Meta:
        index_name = "exceptions-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    found_at = UnicodeAttribute(range_key=True)


class ExceptionRow(Row):
    """An exception, or a round under `round:`, account and platform; a drift under `drift:` and its
    name, or how far comparing is under `beat:`, account and platform."""

    noun = "exceptions"
    exception_id = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute()
    listed = UnicodeAttribute(null=True)
    found_at = UnicodeAttribute(null=True)
    in_order = ExceptionsInOrder()
