"""Asks that a sealed month goes, approves or refuses it: two people, each by name.

Nothing is destroyed here: this room writes down that two people agreed. A function that nobody can
reach from outside does it, when that stands in a sealed month, and asks everything again.
"""

from dataclasses import dataclass
from datetime import datetime

from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.identity.session import NotAllowedError
from shared.months.disposal import (
    Disposal,
    DisposalOffError,
    NotOutlivedError,
    approved,
    refused,
)
from shared.months.legal_hold import Word
from shared.months.month import Month
from shared.posts.names import DisposalId
from shared.recordlog.acts import Happened
from shared.records.disposals import Disposals, Outlived
from shared.records.pen import ENTROPY_BYTES, Pen, ulid

YOUNG = "it was not past its time when the archive was looked through last"


@dataclass(frozen=True)
class DisposalDesk:
    """Where disposals are kept, what makes their ids, and whether this force disposes at all."""

    disposals: Disposals
    pen: Pen
    is_on: bool

    def outlived(self, month: Month) -> Outlived:
        """What was seen of a month that may go; DisposalOffError, NotOutlivedError."""
        if not self.is_on:
            raise DisposalOffError
        seen = self.disposals.last_look().of(month)
        if seen is None:
            raise NotOutlivedError(month, [YOUNG])
        return seen


def ask(month: Month, why: str, *, by: Person, desk: DisposalDesk, now: datetime) -> Disposal:
    """The disposal, waiting for a second person; DisposalOffError, NotOutlivedError,
    AskedAlreadyError."""
    seen = desk.outlived(month)
    disposal_id = DisposalId(ulid(now, desk.pen.chance(ENTROPY_BYTES)))
    disposal = Disposal(disposal_id, month, seen.bag, Word(by.person_id, now, why.strip()))
    desk.disposals.ask(disposal)
    return disposal


def approve(disposal_id: DisposalId, *, by: Person, desk: DisposalDesk, now: datetime) -> Disposal:
    """A second person agrees; OwnDisposalError, NotOpenError, NotOutlivedError, DisposalOffError,
    and NotAllowedError unless they may."""
    before = desk.disposals.get(disposal_id)
    able = may(by, Right.APPROVE_DISPOSAL)
    if not able.allowed:
        raise NotAllowedError(able.reason)
    after = approved(before, Word(by.person_id, now))
    desk.outlived(before.month)
    desk.disposals.change(before, after, Happened.DISPOSAL_APPROVED, now)
    return after


def refuse(
    disposal_id: DisposalId, why: str, *, by: Person, desk: DisposalDesk, now: datetime
) -> Disposal:
    """The month stays, and why is on record; NotOpenError once it has begun."""
    before = desk.disposals.get(disposal_id)
    after = refused(before, Word(by.person_id, now, why.strip()))
    desk.disposals.change(before, after, Happened.DISPOSAL_REFUSED, now)
    return after
