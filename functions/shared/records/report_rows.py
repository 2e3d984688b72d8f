"""Reports as they lie in DynamoDB: each is put once and never again."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row

LISTED_REPORTS = "reports"


class ReportsInOrder(Index):
    """Every report by id, which begins with its month."""

    class Meta:
        index_name = "reports-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    report_id = UnicodeAttribute(range_key=True)


class ReportRow(Row):
    """One account's report of one month, or the force's."""

    noun = "reports"
    report_id = UnicodeAttribute(hash_key=True)
    listed = UnicodeAttribute()
    entry = UnicodeAttribute()
    in_order = ReportsInOrder()
