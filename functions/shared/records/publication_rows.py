"""The rows of publications, and of the posts that platforms show for them."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from shared.records.rows import Row


class PublicationRow(Row):
    """What became of one post version on one platform, or of one part of it there."""

    noun = "publications"
    post_key = UnicodeAttribute(hash_key=True)
    platform = UnicodeAttribute(range_key=True)
    """As `shared.posts.threads` spells it: `bluesky`, and `bluesky#2` for the second part."""

    post_id = UnicodeAttribute()
    version = NumberAttribute()
    account = UnicodeAttribute()
    content_hash = UnicodeAttribute()
    state = UnicodeAttribute()
    key = UnicodeAttribute()
    request = UnicodeAttribute()
    attempts = NumberAttribute()
    claimed_at = UnicodeAttribute()
    attempted_at = UnicodeAttribute()
    settled_at = UnicodeAttribute(null=True)
    named = UnicodeAttribute(null=True)
    receipt = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    trail = UnicodeAttribute(null=True)


class PlatformPostRow(Row):
    """Which publication one post on a platform has been proved to be: one, and for good."""

    noun = "platform_posts"
    shown_as = UnicodeAttribute(hash_key=True)
    """Platform, account and the platform's own id; or platform and a hash of its address."""

    post_key = UnicodeAttribute()
    """Of the publication, with the number of its part behind `#` from the second on."""
