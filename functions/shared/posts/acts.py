"""The names of what can happen to a post, in past tense, as they stand in the record log."""

from enum import StrEnum

from shared.posts.names import PostId


class Happened(StrEnum):
    """Types of leaves that speak of posts."""

    SUBMITTED = "post.submitted"
    BLOCKED = "post.blocked"
    CHECKED = "post.checked"
    CLEARED = "post.cleared"
    APPROVAL_ASKED = "approval.asked"
    APPROVED = "approval.approved"
    RETURNED = "approval.returned"
    REJECTED = "approval.rejected"
    EDITED = "approval.edited"
    LINK_REFUSED = "approval.link_refused"
    APPROVAL_VOIDED = "approval.voided"
    LETTER_UNDELIVERED = "approval.letter_undelivered"
    EXPIRED = "post.expired"
    RELEASED = "post.released"
    REFUSED = "post.refused"
    HELD = "post.held"
    REVIEWED = "post.reviewed"
    SUPERSEDED = "post.superseded"
    WITHDRAWN = "post.withdrawn"
    URGENT = "post.urgent"
    URGENT_REVIEWED = "post.urgent_reviewed"
    CLAIMED = "publication.claimed"
    SENT = "publication.sent"
    UNCERTAIN = "publication.uncertain"
    LOOKED = "publication.looked"
    NOT_SENT = "publication.not_sent"
    TARGET_HELD = "publication.held"
    TARGET_FAILED = "publication.failed"
    SETTLED = "publication.settled_by_person"
    ENTERED_AFTERWARDS = "post.entered_afterwards"
    CONCLUDED = "post.concluded"
    BROKEN = "post.broken"
    AUTHOR_UNTOLD = "post.author_untold"


SYSTEM = "bluelamp"
"""The actor of what no person did."""


def subject(post_id: PostId, version: int) -> str:
    """How leaves name a version of a post."""
    return f"post:{post_id}@v{version}"
