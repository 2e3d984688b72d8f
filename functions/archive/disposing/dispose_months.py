"""What two people let go is destroyed, once nothing keeps it; and which months could go is noted.

An approval has to lie in a later sealed month before anything happens, so that whoever misses the
month finds who let it go without asking us. Then that it begins is a leaf, in one transaction with
a last look at legal holds, and only then it is destroyed, with every post, picture and other thing
that no kept month names (`what_goes`). A run that finds nothing left to remove says that it is
done: S3's listing is believed, not ours. One month that cannot go keeps no other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from archive.disposing.destroy import (
    LateError,
    Tools,
    remove_bag,
    remove_copy,
    remove_payloads,
    remove_things,
)
from archive.disposing.versions import NotRemovedError
from archive.disposing.what_goes import Kept, Leaving, WhatGoesError, what_goes
from archive.reading.as_sealed import BagError
from archive.reading.bags import Bags
from archive.reading.disposed import disposals_told
from archive.reading.retained import contents_of
from archive.reading.sealed_bag import Bag
from shared.months import bag as layout
from shared.months.disposal import (
    Disposal,
    Extent,
    NotOutlivedError,
    State,
    begun,
    done,
)
from shared.months.month import Month
from shared.months.outlived import standing
from shared.months.retention import Schedule
from shared.recordlog.acts import Happened
from shared.records.disposals import Disposals, LastLook, Outlived
from shared.records.errors import ChangedError

NOT_SEALED = "its approval is not in a sealed month yet"
ANOTHER_BAG = "another bag of this month was let go than the one here"


class MonthsNotDisposedError(Exception):
    """Some months could not be disposed of; raising it rings the alarm."""

    def __init__(self, why: Sequence[str]) -> None:
        super().__init__(" ".join(why))


@dataclass(frozen=True)
class Disposed:
    """What was done this time: months of which something was destroyed, and those that are gone."""

    going: tuple[Month, ...]
    gone: tuple[Month, ...]


def note_outlived(
    disposals: Disposals, bags: Bags, schedules: Sequence[Schedule], now: datetime
) -> tuple[Month, ...]:
    """The months that are past their time, noted for whoever may ask. Locks are looked at when one
    is about to go; of one that cannot be read nobody can say, and it is none of them."""
    found = tuple(_outlived(bags, schedules, now)) if schedules else ()
    disposals.looked(LastLook(now, found), now)
    return tuple(each.month for each in found)


def _outlived(bags: Bags, schedules: Sequence[Schedule], now: datetime) -> Iterator[Outlived]:
    for month in bags.months:
        try:
            bag = bags.bag(month)
            found = standing(contents_of(bag), schedules, now, ())
        except BagError:
            continue
        if found.is_due and found.by and found.until:
            yield Outlived(month, bag.sealed.bag, found.by.value, found.until)


def dispose_months(
    disposals: Disposals,
    bags: Bags,
    tools: Tools,
    schedules: Sequence[Schedule],
    now: datetime,
) -> Disposed:
    """What was destroyed; what time or another run left undone is for the next run.
    MonthsNotDisposedError, after everything else was done."""
    run = _Run(disposals, bags, tools, schedules, now)
    agreed = [each for each in disposals.all() if each.is_agreed]
    for disposal in sorted(agreed, key=lambda each: each.month):
        run.carry_on(disposal)
    if run.wrong:
        raise MonthsNotDisposedError(run.wrong)
    return Disposed(tuple(run.going), tuple(run.gone))


@dataclass(frozen=True)
class _Run:
    """One look at all disposals that were agreed on, and what went `wrong` in it."""

    disposals: Disposals
    bags: Bags
    tools: Tools
    schedules: Sequence[Schedule]
    now: datetime
    leaving: dict[Month, Leaving] = field(default_factory=dict)
    going: list[Month] = field(default_factory=list)
    gone: list[Month] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def carry_on(self, disposal: Disposal) -> None:
        """One step further, or why not."""
        if not self.tools.is_time():
            return
        try:
            if disposal.state is State.APPROVED:
                disposal = self._begin(disposal)
            self._destroy(disposal)
        except NotOutlivedError as error:
            self._wait(disposal, error)
        except (LateError, ChangedError):  # the next run, or another that was first
            return
        except (BagError, NotRemovedError) as error:
            self.wrong.append(str(error))
        except WhatGoesError as error:
            if not self.going and not self.gone:  # else the next run has more time for it
                self.wrong.append(str(error))

    def _begin(self, disposal: Disposal) -> Disposal:
        """That it begins is on record; NotOutlivedError with all that keeps it."""
        bag = self.bags.bag(disposal.month)
        if stays := tuple(self._why_not(disposal, bag)):
            raise NotOutlivedError(disposal.month, stays)
        self._leaving(bag)
        leaves = bag.sealed.end.size - bag.sealed.start.size
        extent, leaf = Extent(leaves, len(bag.files) + 1), self._leaf_of(disposal)
        after = begun(disposal, extent, self.now, leaf)
        self.disposals.change(disposal, after, Happened.DISPOSAL_BEGUN, self.now)
        return after

    def _why_not(self, disposal: Disposal, bag: Bag) -> Iterator[str]:
        month = disposal.month
        if bag.sealed.bag != disposal.bag:
            yield ANOTHER_BAG
        if self._leaf_of(disposal) is None:
            yield NOT_SEALED
        yield from self.disposals.held_by(month)
        contents = replace(contents_of(bag), locked_until=self._locked_until(month))
        if not self.schedules:
            yield "nobody said for how long records are kept"
        else:
            yield from standing(contents, self.schedules, self.now, ()).stays

    def _leaf_of(self, disposal: Disposal) -> int | None:
        """The leaf of its approval, where that lies in a sealed month."""
        told = disposals_told(map(self.bags.bag, self.bags.months))
        found = {each.disposal_id: each.index for each in told if each.month == disposal.month}
        return found.get(disposal.disposal_id)

    def _leaving(self, bag: Bag) -> Leaving:
        """What goes with a month, looked for once in a run; NotOutlivedError."""
        if bag.month not in self.leaving:
            standing, tools = self.disposals.standing(), self.tools
            kept = Kept(self._kept_beside(bag.month), self._since_sealed())
            self.leaving[bag.month] = what_goes(bag, kept, tools.rows, standing, tools.is_time)
        return self.leaving[bag.month]

    def _kept_beside(self, month: Month) -> Iterator[Bag]:
        """The bags of all months that stay; one that is going, and is not held, is none of them."""
        going = [each for each in self.disposals.begun() if not self.disposals.held_by(each)]
        kept = [each for each in self.bags.months if each != month and each not in going]
        return map(self.bags.bag, kept)

    def _since_sealed(self) -> Iterable[bytes]:
        newest = self.bags.bag(self.bags.months[-1])
        return self.tools.since(newest.sealed.end.size)

    def _locked_until(self, month: Month) -> datetime | None:
        """The last moment at which S3 locks anything of the month; NotOutlivedError where it holds
        something beside."""
        every = [v for v in self.tools.archive.all(layout.folder(month)) if not v.is_marker]
        locks = [*self.tools.pool.map(self.tools.archive.look, every)]
        if any(lock.held for lock in locks):
            raise NotOutlivedError(month, ["S3 holds it for a legal hold"])
        return max(_moments(lock.until for lock in locks), default=None)

    def _destroy(self, disposal: Disposal) -> None:
        month = disposal.month
        if held := self.disposals.held_by(month):
            raise NotOutlivedError(month, held)
        was_emptied = disposal.emptied
        removed = remove_copy(month, self.tools)
        if not disposal.cleared and not was_emptied:
            leaving = self._leaving(self.bags.bag(month))
            disposal = remove_things(disposal, leaving, self.disposals, self.tools)
        if not was_emptied:
            bag = self.bags.bag(month)
            disposal = remove_payloads(disposal, bag, self.disposals, self.tools)
        removed += remove_bag(month, self.tools)
        if removed or not was_emptied:
            self.going.append(month)
            return
        after = done(disposal, self.now)
        self.disposals.change(disposal, after, Happened.DISPOSED, self.now)
        self.gone.append(month)

    def _wait(self, disposal: Disposal, error: NotOutlivedError) -> None:
        """Why it waits is shown to whoever looks."""
        latest = self.disposals.get(disposal.disposal_id)
        try:
            self.disposals.note(latest, replace(latest, waits=error.stays))
        except ChangedError:  # somebody said something about it meanwhile
            return


def _moments(found: Iterable[datetime | None]) -> Iterator[datetime]:
    yield from (each for each in found if each is not None)
