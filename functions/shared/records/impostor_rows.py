"""The rows of cases of impostors, of how far searching for them is, and of when somebody signed in
to a name that is kept. None holds a word of what a stranger calls itself: that is sealed in the
leaves (`shared.recordlog.sealed`)."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row

OPEN_CASES, LISTED_CASES = "open", "cases"


class ImpostorsOpen(Index):
    """Cases in which somebody has still to do something, longest first; sparse."""

    class Meta:
        index_name = "impostors-open"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    waits_from = UnicodeAttribute(range_key=True)


class ImpostorsInOrder(Index):
    """Every case by when it was found."""

    class Meta:
        index_name = "impostors-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    found_at = UnicodeAttribute(range_key=True)


class ImpostorRow(Row):
    """A case; or under `search:`, account and platform how far searching is; or under `name:` and
    the name's key when somebody signed in to it."""

    noun = "impostors"
    case_id = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute()
    open = UnicodeAttribute(null=True)
    waits_from = UnicodeAttribute(null=True)
    listed = UnicodeAttribute(null=True)
    found_at = UnicodeAttribute(null=True)
    by_open = ImpostorsOpen()
    in_order = ImpostorsInOrder()
