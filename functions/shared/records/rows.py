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
    UnicodeSetAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
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
    """Posts without an ending, longest waiting first; sparse: an ended post has no `open`. Held and
    uncertain ones, which wait for a person and not for us, stand apart as `held`, `uncertain`."""

    class Meta:
        index_name = "by-open-state"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    waits_from = UnicodeAttribute(range_key=True)


class ByUrgent(Index):
    """Posts that did not wait for a second person and wait for their review, longest first."""

    class Meta:
        index_name = "by-urgent"
        projection = KeysOnlyProjection()

    urgent_open = UnicodeAttribute(hash_key=True)
    submitted_at = UnicodeAttribute(range_key=True)


class ByIncident(Index):
    """Posts that a critical incident stopped or held; sparse: most never meet one."""

    class Meta:
        index_name = "by-incident"
        projection = KeysOnlyProjection()

    incident = UnicodeAttribute(hash_key=True)
    post_key = UnicodeAttribute(range_key=True)


class ByCorrected(Index):
    """Posts that put another one right, by that one; sparse: most never need it."""

    class Meta:
        index_name = "by-corrected"
        projection = KeysOnlyProjection()

    corrects = UnicodeAttribute(hash_key=True)
    post_key = UnicodeAttribute(range_key=True)


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
    second_reader = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    editor = UnicodeAttribute(null=True)
    urgency = UnicodeAttribute(null=True)
    urgent_reason = UnicodeAttribute(null=True)
    incident = UnicodeAttribute(null=True)
    reviewed_at = UnicodeAttribute(null=True)
    incident_reviewed_at = UnicodeAttribute(null=True)
    urgent_open = UnicodeAttribute(null=True)
    urgent_review = UnicodeAttribute(null=True)
    corrects = UnicodeAttribute(null=True)
    correction = UnicodeAttribute(null=True)
    reply = UnicodeAttribute(null=True)
    note_of = UnicodeAttribute(null=True)
    by_author = ByAuthor()
    by_account = ByAccount()
    by_open_state = ByOpenState()
    by_urgent = ByUrgent()
    by_incident = ByIncident()
    by_corrected = ByCorrected()


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
    askings = UnicodeAttribute(null=True)
    letters = UnicodeAttribute(null=True)
    others = BooleanAttribute(null=True)
    unreached = UnicodeSetAttribute(null=True)
    taken_back = UnicodeAttribute(null=True)
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
    sent_at = UnicodeAttribute(null=True)
    round = NumberAttribute(null=True)
    delivered_at = UnicodeAttribute(null=True)
    undelivered = UnicodeAttribute(null=True)
    expires_at = UnicodeAttribute()
    wrong_codes = NumberAttribute()
    void = BooleanAttribute()
    ttl = TTLAttribute()


class ByPerson(Index):
    """Somebody's sessions, newest last; keys only."""

    class Meta:
        index_name = "by-person"
        projection = KeysOnlyProjection()

    person_id = UnicodeAttribute(hash_key=True)
    created_at = UnicodeAttribute(range_key=True)


class SessionRow(Row):
    """A signed-in person, under the SHA-256 of the token."""

    noun = "sessions"
    token_hash = UnicodeAttribute(hash_key=True)
    person_id = UnicodeAttribute()
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()
    ttl = TTLAttribute()
    by_person = ByPerson()


class PlatformSessionRow(Row):
    """A platform's own session, as its adapter left it."""

    noun = "platform_sessions"
    name = UnicodeAttribute(hash_key=True)
    session = UnicodeAttribute()
    held_until = UnicodeAttribute(null=True)


class IdempotencyRow(Row):
    """A submission that was heard before, under person and key."""

    noun = "idempotency"
    key = UnicodeAttribute(hash_key=True)
    body_hash = UnicodeAttribute()
    post_id = UnicodeAttribute()
    version = NumberAttribute()
    ttl = TTLAttribute()
