"""The row of something that people are told of once."""

from pynamodb.attributes import UnicodeAttribute

from shared.records.rows import Row


class NoticeRow(Row):
    """One notice: when telling began, and when it was done; or the `entry` that a morning keeps for
    the next one, and since when."""

    noun = "notices"
    notice_id = UnicodeAttribute(hash_key=True)
    begun_at = UnicodeAttribute()
    told_at = UnicodeAttribute(null=True)
    entry = UnicodeAttribute(null=True)
