"""Deletions as they lie in DynamoDB: one head, one row a target, and each post's mark.

All of a deletion lies under its id, so that one query reads it whole. The mark of a post lies under
the post's own name: it says which deletion stands, and `begun` that nothing of the post may be sent
any more.
"""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row

HEAD, MARK = "head", "mark"
LISTED = "deletions"
MOVING = "moving"
"""Asked for, or under way: what a state machine has to be at."""

REVIEW = "review"
"""Begun at once, and over: somebody has to look at it afterwards."""


class DeletionsOpen(Index):
    """Deletions somebody still waits for, longest first; sparse."""

    class Meta:
        index_name = "deletions-open"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    asked_at = UnicodeAttribute(range_key=True)


class DeletionsInOrder(Index):
    """Every deletion by id, which sorts by time; sparse: only heads are listed."""

    class Meta:
        index_name = "deletions-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    deletion_id = UnicodeAttribute(range_key=True)


class DeletionRow(Row):
    """A head, a target (`post_key/target`), or a mark."""

    noun = "deletions"
    deletion_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    entry = UnicodeAttribute()
    listed = UnicodeAttribute(null=True)
    open = UnicodeAttribute(null=True)
    asked_at = UnicodeAttribute(null=True)
    task_token = UnicodeAttribute(null=True)
    begun = BooleanAttribute(null=True)
    by_open = DeletionsOpen()
    in_order = DeletionsInOrder()
