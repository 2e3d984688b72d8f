"""The JSON shapes that the API speaks in, as `openapi.json` describes them."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from shared.accounts.registry import Account
from shared.policy.verdict import Verdict
from shared.posts.content import Media
from shared.posts.life import Post
from shared.posts.picture_keys import picture_named_by
from shared.posts.shortfalls import Shortfall, shortfalls


def stamp(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC, or null."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def post_shape(post: Post) -> dict[str, Any]:
    """One version of a post."""
    return {
        "post_id": post.post_id,
        "version": post.version,
        "account": post.draft.account,
        "platforms": list(post.draft.platforms),
        "text": post.draft.text,
        "variants": {each.platform: each.text for each in post.draft.variants},
        "thread": list(post.draft.thread),
        "card": asdict(post.draft.card) if post.draft.card else None,
        "language": post.draft.language,
        "pictures": [_picture(media) for media in post.draft.media],
        "kind": post.draft.kind.value,
        "author": post.author,
        "state": post.state.value,
        "reason": post.reason,
        "submitted_at": stamp(post.submitted_at),
        "not_before": stamp(post.draft.not_before),
        "embargo": post.draft.embargo,
        "editor": post.editor,
        "urgency": post.urgency.value,
        "urgent_reason": post.urgent_reason,
        "urgent_review": _urgent_review(post),
        "incident": post.incident,
        "note_of": post.note_of,
        "reviewed_at": stamp(post.reviewed_at),
        "content_hash": post.content_hash,
        "policy_version": post.policy_version,
        "findings": [dict(finding) for finding in post.findings],
        # What stops a post stopped it before, by what the servers told then.
        "left_out": [_left_out(short) for short in shortfalls(post.draft) if not short.stops],
    }


def _left_out(short: Shortfall) -> dict[str, Any]:
    return {"platform": short.platform, "what": short.what.value, "sentence": short.sentence}


def _picture(media: Media) -> dict[str, Any]:
    return {
        "id": picture_named_by(media.key),
        "alt": media.alt,
        "content_type": media.content_type,
        "sha256": media.sha256,
    }


def _urgent_review(post: Post) -> dict[str, Any] | None:
    review = post.urgent_review
    if review is None:
        return None
    return {"by": review.by, "at": stamp(review.at), "remark": review.remark}


def account_shape(account: Account) -> dict[str, Any]:
    """What an author needs to know of an account."""
    return {
        "account_id": account.account_id,
        "title": account.title,
        "level": account.level.value,
        "platforms": [handle.platform for handle in account.handles],
    }


def verdict_shape(verdict: Verdict) -> dict[str, Any]:
    """What the policy says."""
    return {
        "outcome": verdict.outcome,
        "policy_version": verdict.policy_version,
        "findings": [finding.as_dict() for finding in verdict.findings],
    }
