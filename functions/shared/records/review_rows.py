"""Reviews of followers as they lie in DynamoDB, and apart from them what was read of the lists.

What was read goes by itself when its time is over (`ttl`): a review is no store of who follows whom
(policy B25). The pages can read reviews, and never the lists.
"""

from pynamodb.attributes import BinaryAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row

LISTED_REVIEWS = "reviews"


class ReviewsInOrder(Index):
    """Every review by id, which begins with its month."""

    class Meta:
        index_name = "reviews-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    review_id = UnicodeAttribute(range_key=True)


class ReviewRow(Row):
    """One account's review of one month."""

    noun = "reviews"
    review_id = UnicodeAttribute(hash_key=True)
    listed = UnicodeAttribute()
    entry = UnicodeAttribute()
    in_order = ReviewsInOrder()


class FollowerListRow(Row):
    """How far reading one list is (`head`), or a part of its marks (`month/number`)."""

    noun = "follower_lists"
    place = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    entry = UnicodeAttribute(null=True)
    marks = BinaryAttribute(legacy_encoding=False, null=True)
    ttl = TTLAttribute()
