"""What two people agreed to keep is held by S3, month by month, and let go when two people agreed.

Releases come first: what another hold still covers stays as it is, and is placed for that one
right after. A month that is sealed while a hold covers it gets it at the next look. A month that
cannot be held keeps no other from it; the run ends with an error that names them all, and an alarm.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from archive.holding.hold_bag import HoldBagError, Keeper, LateError, hold_bag, let_bag_go
from archive.reading.as_sealed import BagError
from archive.reading.bags import Bags
from shared.months.holding import placed, released
from shared.months.legal_hold import LegalHold
from shared.months.month import Month
from shared.posts.names import LegalHoldId
from shared.recordlog.acts import Happened
from shared.recordlog.canonical import JSON
from shared.records.errors import ChangedError
from shared.records.legal_holds import LegalHolds, covering


class MonthsNotHeldError(Exception):
    """Some months could not be held or let go; raising it rings the alarm."""

    def __init__(self, why: Sequence[str]) -> None:
        super().__init__(" ".join(why))


@dataclass(frozen=True)
class Held:
    """What was done this time: months that were placed for a hold, and holds that ended."""

    placed: tuple[tuple[LegalHoldId, Month], ...]
    released: tuple[LegalHoldId, ...]


def hold_months(holds: LegalHolds, bags: Bags, keeper: Keeper, now: datetime) -> Held:
    """What was placed and released; what time or another run left undone is for the next run.
    MonthsNotHeldError, after everything else was done."""
    run = _Run(holds, bags, keeper, now)
    ended = tuple(run.release_all())
    begun = tuple(run.place_all())
    if run.wrong:
        raise MonthsNotHeldError(run.wrong)
    return Held(begun, ended)


@dataclass(frozen=True)
class _Run:
    """One look at all holds, and what went `wrong` in it."""

    holds: LegalHolds
    bags: Bags
    keeper: Keeper
    now: datetime
    wrong: list[str] = field(default_factory=list)

    def release_all(self) -> Iterator[LegalHoldId]:
        for hold in self.holds.all():
            if hold.may_be_released and self.keeper.is_time() and self._goes_well(hold):
                yield hold.hold_id

    def place_all(self) -> Iterator[tuple[LegalHoldId, Month]]:
        for hold in self.holds.all():
            if hold.in_force and not hold.may_be_released:
                yield from ((hold.hold_id, month) for month in self._placed(hold))

    def _goes_well(self, hold: LegalHold) -> bool:
        try:
            self._release(hold)
        except (BagError, HoldBagError) as error:
            self._note(error)
            return False
        except ChangedError:  # another run was first
            return False
        return True

    def _release(self, hold: LegalHold) -> None:
        """Every month it covers is let go, also one that was begun and never noted as placed."""
        gone: list[JSON] = []
        kept: list[JSON] = []
        for month in self._months(hold):
            standing = covering(self.holds.all(), month)
            if other := next((each for each in standing if each.hold_id != hold.hold_id), None):
                kept.append({"by": other.hold_id, "month": str(month)})
            else:
                let_bag_go(self.bags.bag(month), self.keeper)
                gone.append(str(month))
        more: dict[str, JSON] = {"kept": kept, "let_go": gone}
        after = released(hold, self.now)
        self.holds.change(hold, after, Happened.HOLD_RELEASED, at=self.now, more=more)

    def _placed(self, hold: LegalHold) -> Iterator[Month]:
        latest = hold
        for month in self._months(hold):
            if month in hold.placed:
                continue
            if not self.keeper.is_time():
                return
            try:
                latest = self._place(latest, month)
            except (BagError, HoldBagError) as error:
                self._note(error)
            except ChangedError:  # somebody said something about it meanwhile: the next run
                return
            else:
                yield month

    def _place(self, hold: LegalHold, month: Month) -> LegalHold:
        bag = self.bags.bag(month)
        objects = hold_bag(bag, self.keeper)
        after = placed(hold, month)
        more: dict[str, JSON] = {"bag": bag.sealed.bag, "month": str(month), "objects": objects}
        self.holds.change(hold, after, Happened.HOLD_PLACED, at=self.now, more=more)
        return after

    def _months(self, hold: LegalHold) -> list[Month]:
        return [month for month in self.bags.months if hold.scope.covers(month)]

    def _note(self, error: BagError | HoldBagError) -> None:
        if not isinstance(error, LateError):
            self.wrong.append(str(error))
