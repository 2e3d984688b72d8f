"""The rows of mentions, of daily checks, and of how far listening is. None holds a word of what
somebody else said: that is sealed in the leaves (`shared.recordlog.sealed`)."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.records.rows import Index, Row

WAITING, RINGING = "waiting", "ringing"


class MentionsOpen(Index):
    """Mentions that somebody has still to see to: calls for help first, then oldest; sparse."""

    class Meta:
        index_name = "mentions-open"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    waits_from = UnicodeAttribute(range_key=True)


class MentionsOpenByAccount(Index):
    """The same of one account."""

    class Meta:
        index_name = "mentions-open-by-account"
        projection = KeysOnlyProjection()

    open_for = UnicodeAttribute(hash_key=True)
    waits_from = UnicodeAttribute(range_key=True)


class MentionsRinging(Index):
    """Mentions of which somebody has still to be told, by when; sparse."""

    class Meta:
        index_name = "mentions-ringing"
        projection = KeysOnlyProjection()

    rings = UnicodeAttribute(hash_key=True)
    rings_at = UnicodeAttribute(range_key=True)


class MentionsByAccount(Index):
    """Every mention of an account, newest last."""

    class Meta:
        index_name = "mentions-by-account"
        projection = KeysOnlyProjection()

    account = UnicodeAttribute(hash_key=True)
    said_at = UnicodeAttribute(range_key=True)


class MentionRow(Row):
    """A mention; or a check under `check:`, account and day; or under `ear:`, account and
    platform, how far listening is."""

    noun = "mentions"
    mention_id = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute()
    account = UnicodeAttribute(null=True)
    said_at = UnicodeAttribute(null=True)
    open = UnicodeAttribute(null=True)
    open_for = UnicodeAttribute(null=True)
    waits_from = UnicodeAttribute(null=True)
    rings = UnicodeAttribute(null=True)
    rings_at = UnicodeAttribute(null=True)
    by_open = MentionsOpen()
    open_by_account = MentionsOpenByAccount()
    by_ring = MentionsRinging()
    by_account = MentionsByAccount()
