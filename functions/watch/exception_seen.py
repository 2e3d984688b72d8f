"""A post of ours that does not stand as it was published, as it goes on record."""

from datetime import datetime

from shared.platforms.reading import Shown
from shared.posts.acts import SYSTEM
from shared.posts.exception_found import Doubt, Noticed, PostException, exception_name, subject_of
from shared.recordlog.leaf import Act
from shared.records.publication import Publication


def exception_of(
    publication: Publication, doubt: Doubt, shown: Shown | None, now: datetime
) -> PostException:
    """The exception that became of a doubt; `shown` is what stands there now, if anything does."""
    receipt = publication.receipt
    assert receipt is not None  # noqa: S101 - it was looked at by its receipt
    return PostException(
        exception_id=exception_name(
            publication.post_id, publication.version, publication.place, doubt
        ),
        post_id=publication.post_id,
        version=publication.version,
        place=publication.place,
        account=publication.account,
        change=doubt.change,
        published=receipt.text,
        shown=shown.text if shown else None,
        platform_id=receipt.platform_id,
        url=receipt.url,
        sent_at=publication.settled_at or publication.claimed_at,
        missed_at=doubt.since,
        found_at=now,
    )


def act_of(found: PostException) -> Act:
    """The act that puts it on record."""
    return Act(
        type=Noticed.FOUND.value,
        account=found.account,
        subject=subject_of(found.exception_id),
        at=found.found_at,
        actor=SYSTEM,
        approver=None,
        reason=found.change.value,
        payload={
            "missed_at": found.missed_at.isoformat(),
            "place": found.place,
            "platform_id": found.platform_id,
            "post": f"{found.post_id}-{found.version}",
            "published": found.published,
            "sent_at": found.sent_at.isoformat(),
            "shown": found.shown,
            "url": found.url,
        },
    )
