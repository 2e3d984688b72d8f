"""Acts on reviews of followers, with what every leaf about one says.

Who follows whom is in no leaf. Whoever is to be blocked, reported or unfollowed is sealed in the
one that says so (F04); whoever may stay is not named at all (B25).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from shared.followers.acts import Reviewed, subject_of, subject_of_month
from shared.followers.review import Decision, Flagged, Part, Review, Ruling, Seen
from shared.followers.statement import Statement
from shared.posts.acts import SYSTEM
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act

NOTHING: Mapping[str, JSON] = {}


def act_on_review(
    review: Review,
    happened: Reviewed,
    at: datetime,
    payload: Mapping[str, JSON] = NOTHING,
    *,
    actor: str = SYSTEM,
    reason: str | None = None,
    personal: Mapping[str, JSON] = NOTHING,
) -> Act:
    """What happened to a review."""
    return Act(
        type=happened.value,
        account=review.account,
        subject=subject_of(review.review_id),
        at=at,
        actor=actor,
        approver=None,
        reason=reason,
        payload={"month": review.month, **payload},
        personal=personal,
    )


def act_of_list(review: Review, seen: Seen, found: tuple[Flagged, ...], more: int) -> Act:
    """One list was read, or could not be."""
    happened = Reviewed.NOT_READ if seen.fault else Reviewed.READ
    signs: Mapping[str, JSON] = dict(
        sorted(Counter(flag.sign.value for each in found for flag in each.flags).items())
    )
    payload: dict[str, JSON] = {
        "platform": seen.place.platform,
        "side": seen.place.side.value,
        "count": seen.count,
        "new": seen.new,
        "gone": seen.gone,
        "flagged": len(found) + more,
        "signs": dict(signs),
        "fault": seen.fault or None,
        "good_at": seen.good_at.isoformat() if seen.good_at else None,
    }
    return act_on_review(review, happened, seen.at, payload)


def act_of_ready(review: Review, at: datetime) -> Act:
    """Nothing is left to read."""
    payload: dict[str, JSON] = {"flagged": len(review.flagged), "more": review.more}
    return act_on_review(review, Reviewed.READY, at, payload)


def act_of_ruling(review: Review, before: Flagged, ruling: Ruling) -> Act:
    """Somebody decided about somebody."""
    someone = before.someone
    named: dict[str, JSON] = {}
    if ruling.decision is not Decision.KEEP and someone is not None:
        named = {"platform_id": someone.platform_id, "handle": someone.handle}
    payload: dict[str, JSON] = {
        "number": before.number,
        "platform": before.place.platform,
        "side": before.place.side.value,
        "signs": [flag.sign.value for flag in before.flags],
        "was": before.ruling.decision.value if before.ruling else None,
        "why": ruling.why or None,
    }
    return act_on_review(
        review,
        Reviewed.DECIDED,
        ruling.at,
        payload,
        actor=ruling.by,
        reason=ruling.decision.value,
        personal=named,
    )


def act_of_signature(after: Review, part: Part) -> Act:
    """One side has signed, and what it signed."""
    signature = after.signed[part]
    rulings = Counter(each.ruling.decision.value for each in after.flagged if each.ruling)
    payload: dict[str, JSON] = {
        "part": part.value,
        "decisions": dict(sorted(rulings.items())),
        "not_read": [each.place.name for each in after.seen if each.fault],
        "ended": not after.missing,
    }
    return act_on_review(after, Reviewed.SIGNED, signature.at, payload, actor=signature.by)


def act_on_month(month: str, happened: Reviewed, at: datetime, payload: Mapping[str, JSON]) -> Act:
    """What happened to all reviews of a month."""
    return Act(
        type=happened.value,
        account=None,
        subject=subject_of_month(month),
        at=at,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload={"month": month, **payload},
    )


def act_of_statement(statement: Statement, at: datetime) -> Act:
    """What a month's reviews came to."""
    counts: dict[str, JSON] = {
        **asdict(statement),
        "signs": dict(statement.signs),
        "decisions": dict(statement.decisions),
    }
    return act_on_month(statement.month, Reviewed.STATED, at, counts)
