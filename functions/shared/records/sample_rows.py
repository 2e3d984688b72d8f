"""Dip samples as they lie in DynamoDB. No words of a post are in them: the pages look those up."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row

LISTED_SAMPLES, OPEN_SAMPLES = "samples", "open"


class SamplesInOrder(Index):
    """Every sample by id, which begins with its month."""

    class Meta:
        index_name = "samples-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    sample_id = UnicodeAttribute(range_key=True)


class SamplesOpen(Index):
    """Samples about which somebody has something to do, oldest first; sparse."""

    class Meta:
        index_name = "samples-open"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    sample_id = UnicodeAttribute(range_key=True)


class SampleRow(Row):
    """What was drawn of one account and month, and what was said of it."""

    noun = "samples"
    sample_id = UnicodeAttribute(hash_key=True)
    listed = UnicodeAttribute()
    open = UnicodeAttribute(null=True)
    entry = UnicodeAttribute()
    in_order = SamplesInOrder()
    by_open = SamplesOpen()
