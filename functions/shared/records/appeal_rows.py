"""Appeals as they lie in DynamoDB: one head each, and the marks by which their posts are found.

A mark lies under its own name, one row for each post that has it; the post's key is the range key,
so that the posts since a moment are one query.
"""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row

HEAD = "head"
OPEN = "open"


class AppealsOpen(Index):
    """Appeals that are not closed, those that end first before the others; sparse."""

    class Meta:
        index_name = "appeals-open"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    ends_on = UnicodeAttribute(range_key=True)


class AppealRow(Row):
    """A head, or a post's mark."""

    noun = "appeals"
    appeal_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    entry = UnicodeAttribute(null=True)
    open = UnicodeAttribute(null=True)
    ends_on = UnicodeAttribute(null=True)
    by_open = AppealsOpen()
