"""Carries out the erasures that two people stand behind: key and salt are destroyed, once.

The room that strangers can reach writes down that it was approved, and holds no right to destroy
anything; this one holds it, and reads nothing but what was approved.
"""

from datetime import datetime

from shared.posts.names import ErasureId
from shared.recordlog.erasure import OnHoldError, carried_out
from shared.records.erasures import Erasures
from shared.records.errors import ChangedError


def erase_approved(erasures: Erasures, now: datetime) -> tuple[ErasureId, ...]:
    """What was carried out this time; whatever another run was first with is left to it, and what
    was put on hold since it was approved waits until that hold has ended."""
    done = []
    for erasure in erasures.all():
        if not erasure.may_be_carried_out:
            continue
        try:
            erasures.carry_out(erasure, carried_out(erasure, now))
        except (ChangedError, OnHoldError):
            continue
        done.append(erasure.erasure_id)
    return tuple(done)
