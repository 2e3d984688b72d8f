"""The row of a platform's server: when it was asked for its limits, and what it told."""

from pynamodb.attributes import UnicodeAttribute

from shared.records.rows import Row


class ServerLimitRow(Row):
    """One server of one platform."""

    noun = "server_limits"
    server = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute()
