"""A decision by a link whose holder has lost access: refused, the link voided, and on record once.

Every use of a link asks the registry about its holder, so that there is no moment in between. The
first POST leaves the leaf; looking (GET) writes nothing (P6).
"""

from contextlib import suppress
from datetime import datetime

from shared.posts.acts import SYSTEM, Happened, subject
from shared.recordlog.leaf import Act
from shared.records.approval import Link
from shared.records.errors import DeadLinkError
from shared.records.links import Links
from shared.records.pen import Pen


def refuse_link(link: Link, links: Links, pen: Pen, now: datetime) -> None:
    """Void the link and record why; one that is void already stays as it is."""
    act = Act(
        type=Happened.LINK_REFUSED.value,
        account=link.account,
        subject=subject(link.post_id, link.version),
        at=now,
        # Who sent the form nobody knows; whose link it was is in the payload.
        actor=SYSTEM,
        approver=None,
        reason="The access of the person it was sent to has ended.",
        payload={"content_hash": link.content_hash, "sent_to": link.person_id},
    )
    with suppress(DeadLinkError):
        links.void_with(link, act, pen)
