"""What the record log is told of a reminder."""

from collections.abc import Mapping
from datetime import datetime

from shared.posts.acts import SYSTEM
from shared.posts.series import Happened, Reminder, Sent, subject
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.reminder_entries import said

__all__ = ["about", "act_on", "said"]


def act_on(
    reminder: Reminder,
    happened: Happened,
    at: datetime,
    payload: Mapping[str, JSON],
    *,
    actor: str = SYSTEM,
    reason: str | None = None,
) -> Act:
    """What happened to a series."""
    return Act(
        type=happened.value,
        account=reminder.account,
        subject=subject(reminder.reminder_id),
        at=at,
        actor=actor,
        approver=None,
        reason=reason,
        payload={"revision": reminder.revision, **payload},
    )


def about(sent: Sent, **more: JSON) -> dict[str, JSON]:
    """Which date, and which post."""
    return {"day": sent.day.isoformat(), "post": f"{sent.post_id}@v{sent.version}", **more}
