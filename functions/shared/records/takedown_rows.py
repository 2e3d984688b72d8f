"""Takedowns and blocks as they lie in DynamoDB. Neither holds a word of what somebody else wrote:
that is sealed in the leaves (`shared.recordlog.sealed`)."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row

LISTED_TAKEDOWNS, LISTED_BLOCKS = "takedowns", "blocks"
MOVING = "moving"
"""What a state machine has to be at."""

ACTIVE = "active"
"""Blocks that last, by the day of their review."""


class TakedownsOpen(Index):
    """Takedowns that a state machine has to be at, longest first; sparse."""

    class Meta:
        index_name = "takedowns-open"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    waits_from = UnicodeAttribute(range_key=True)


class TakedownsInOrder(Index):
    """Every takedown by id, which sorts by time."""

    class Meta:
        index_name = "takedowns-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    takedown_id = UnicodeAttribute(range_key=True)


class TakedownsByAccount(Index):
    """An account's takedowns, newest last."""

    class Meta:
        index_name = "takedowns-by-account"
        projection = KeysOnlyProjection()

    account = UnicodeAttribute(hash_key=True)
    takedown_id = UnicodeAttribute(range_key=True)


class TakedownRow(Row):
    """One comment of somebody else's that is taken down."""

    noun = "takedowns"
    takedown_id = UnicodeAttribute(hash_key=True)
    account = UnicodeAttribute()
    listed = UnicodeAttribute()
    open = UnicodeAttribute(null=True)
    waits_from = UnicodeAttribute(null=True)
    entry = UnicodeAttribute()
    by_open = TakedownsOpen()
    in_order = TakedownsInOrder()
    by_account = TakedownsByAccount()


class BlocksOpen(Index):
    """Blocks that a state machine has to be at, and blocks that last, by when somebody is next
    wanted; sparse."""

    class Meta:
        index_name = "blocks-open"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    waits_from = UnicodeAttribute(range_key=True)


class BlocksInOrder(Index):
    """Every block by id, which sorts by time."""

    class Meta:
        index_name = "blocks-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    block_id = UnicodeAttribute(range_key=True)


class BlockRow(Row):
    """Somebody who may not speak to an account."""

    noun = "blocks"
    block_id = UnicodeAttribute(hash_key=True)
    listed = UnicodeAttribute()
    open = UnicodeAttribute(null=True)
    waits_from = UnicodeAttribute(null=True)
    entry = UnicodeAttribute()
    by_open = BlocksOpen()
    in_order = BlocksInOrder()
