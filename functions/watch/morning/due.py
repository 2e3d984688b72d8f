"""Something that somebody has to be told of once."""

from dataclasses import dataclass
from datetime import datetime

from shared.mail.digest import Matter
from shared.posts.acts import SYSTEM
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.transaction import Write


@dataclass(frozen=True)
class Due:
    """What to tell, under which name it is told once, its leaf, and what is written with that; what
    is so today only may not wait for another morning."""

    notice_id: str
    matter: Matter
    act: Act
    also: tuple[Write, ...] = ()
    may_wait: bool = True


def act_of(
    happened: str, subject: str, now: datetime, account: str | None, payload: dict[str, JSON]
) -> Act:
    """The leaf of something that the clock found."""
    return Act(
        type=happened,
        account=account,
        subject=subject,
        at=now,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload=payload,
    )
