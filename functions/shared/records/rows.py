"""The rows as they lie in DynamoDB: attribute names and keys; `tables` gives them their tables.

Nested values (a draft, findings, a frozen request) are JSON text, because DynamoDB's own maps lose
the order of keys and the difference between 1 and 1.0, and a frozen request must not change by a
byte. Moments are UTC text of fixed width, so that they sort.
"""

from typing import Any, ClassVar

from pynamodb.attributes import (
    BooleanAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection
from pynamodb.models import Model


class Row(Model):
    """One item of the table `prefix + noun`."""

    noun: ClassVar[str]


class Index(GlobalSecondaryIndex[Any]):
    """An index over one table."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]  # PynamoDB's has no types


class ByAuthor(Index):
    """A person's posts, newest last; keys only, so that a move of state rewrites no index."""

    class Meta:
        index_name = "by-author"
        projection = KeysOnlyProjection()

    author = UnicodeAttribute(hash_key=True)
    post_key = UnicodeAttribute(range_key=True)


class ByAccount(Index):
    """An account's posts, newest last."""

    class Meta:
        index_name = "by-account"
        projection = KeysOnlyProjection()

    account = UnicodeAttribute(hash_key=True)
    post_key = UnicodeAttribute(range_key=True)


class ByOpenState(Index):
    """Posts without an ending, longest waiting first; sparse: an ended post has no `open`."""

    class Meta:
        index_name = "by-open-state"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    waits_from = UnicodeAttribute(range_key=True)


class PostRow(Row):
    """One version of a post."""

    noun = "posts"
    post_id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute(range_key=True)
    post_key = UnicodeAttribute()
    author = UnicodeAttribute()
    account = UnicodeAttribute()
    state = UnicodeAttribute()
    open = UnicodeAttribute(null=True)
    waits_from = UnicodeAttribute(null=True)
    submitted_at = UnicodeAttribute()
    content_hash = UnicodeAttribute()
    policy_version = UnicodeAttribute()
    draft = UnicodeAttribute()
    findings = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    by_author = ByAuthor()
    by_account = ByAccount()
    by_open_state = ByOpenState()


class ByState(Index):
    """Approvals somebody still waits for: `open` is pending or undelivered; sparse."""

    class Meta:
        index_name = "by-state"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    waits_from = UnicodeAttribute(range_key=True)


class ApprovalRow(Row):
    """What was asked about one version of a post, and what was decided."""

    noun = "approvals"
    post_id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute(range_key=True)
    account = UnicodeAttribute()
    author = UnicodeAttribute()
    content_hash = UnicodeAttribute()
    state = UnicodeAttribute()
    open = UnicodeAttribute(null=True)
    waits_from = UnicodeAttribute(null=True)
    round = NumberAttribute()
    asked = UnicodeAttribute()
    opened_at = UnicodeAttribute()
    ends_at = UnicodeAttribute()
    task_token = UnicodeAttribute()
    ruling = UnicodeAttribute(null=True)
    by_state = ByState()


class LinkRow(Row):
    """One approver's way in, under the SHA-256 of the link."""

    noun = "links"
    link_hash = UnicodeAttribute(hash_key=True)
    post_id = UnicodeAttribute()
    version = NumberAttribute()
    account = UnicodeAttribute()
    author = UnicodeAttribute()
    person_id = UnicodeAttribute()
    content_hash = UnicodeAttribute()
    code_hash = UnicodeAttribute()
    expires_at = UnicodeAttribute()
    wrong_codes = NumberAttribute()
    void = BooleanAttribute()
    ttl = TTLAttribute()


class PublicationRow(Row):
    """What became of one post version on one platform."""

    noun = "publications"
    post_key = UnicodeAttribute(hash_key=True)
    platform = UnicodeAttribute(range_key=True)
    post_id = UnicodeAttribute()
    version = NumberAttribute()
    account = UnicodeAttribute()
    content_hash = UnicodeAttribute()
    state = UnicodeAttribute()
    key = UnicodeAttribute()
    request = UnicodeAttribute()
    attempts = NumberAttribute()
    claimed_at = UnicodeAttribute()
    settled_at = UnicodeAttribute(null=True)
    receipt = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)


class AccountRow(Row):
    """One account of the registry."""

    noun = "accounts"
    account_id = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute()


class ByEmail(Index):
    """Who has this e-mail address; keys only, so that a status is never read stale."""

    class Meta:
        index_name = "by-email"
        projection = KeysOnlyProjection()

    email_key = UnicodeAttribute(hash_key=True)


class ByDuty(Index):
    """Approvers on duty in duty order; sparse: whoever is not on duty has no `rota`."""

    class Meta:
        index_name = "by-duty"
        projection = IncludeProjection(["entry"])

    rota = UnicodeAttribute(hash_key=True)
    duty = NumberAttribute(range_key=True)


class PersonRow(Row):
    """One person of the registry."""

    noun = "people"
    person_id = UnicodeAttribute(hash_key=True)
    email_key = UnicodeAttribute(null=True)
    rota = UnicodeAttribute(null=True)
    duty = NumberAttribute(null=True)
    entry = UnicodeAttribute()
    by_email = ByEmail()
    by_duty = ByDuty()


class SessionRow(Row):
    """A signed-in person, under the SHA-256 of the token."""

    noun = "sessions"
    token_hash = UnicodeAttribute(hash_key=True)
    person_id = UnicodeAttribute()
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()
    ttl = TTLAttribute()


class PlatformSessionRow(Row):
    """A platform's own session, as its adapter left it."""

    noun = "platform_sessions"
    name = UnicodeAttribute(hash_key=True)
    session = UnicodeAttribute()


class IdempotencyRow(Row):
    """A submission that was heard before, under person and key."""

    noun = "idempotency"
    key = UnicodeAttribute(hash_key=True)
    body_hash = UnicodeAttribute()
    post_id = UnicodeAttribute()
    version = NumberAttribute()
    ttl = TTLAttribute()
