"""The row of a subscriber, and of a network that asks for many."""

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row


class SubscribersInOrder(Index):
    """Everybody who confirmed; sparse: who has not confirmed is in no list."""

    class Meta:
        index_name = "subscribers-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    subscriber_id = UnicodeAttribute(range_key=True)


class SubscriberRow(Row):
    """An address under its hash, from the day it asked; or how often one network asked lately."""

    noun = "subscribers"
    subscriber_id = UnicodeAttribute(hash_key=True)
    address = UnicodeAttribute(null=True)
    asked_at = UnicodeAttribute(null=True)
    confirm_hash = UnicodeAttribute(null=True)
    leave_token = UnicodeAttribute(null=True)
    joined_at = UnicodeAttribute(null=True)
    issue = UnicodeAttribute(null=True)
    listed = UnicodeAttribute(null=True)
    times = NumberAttribute(null=True)
    ttl = TTLAttribute(null=True)
    in_order = SubscribersInOrder()
