"""One list of one account, page by page: how far it is lies in its row after every few pages, but
for the last of them, which are written with what becomes of the list.

Whoever goes on after a crash, or after a platform said “not now”, goes on from there. Of whoever
was in the list before, nobody is looked at again; of the others only those are kept who stand out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from shared.followers.flags import flags_of
from shared.followers.likeness import OurNames
from shared.followers.review import MOST_FLAGGED, Flagged, Seen
from shared.followers.snapshot import change, doubt, marks
from shared.followers.someone import Someone
from shared.followers.thresholds import Thresholds
from shared.platforms.actors import Actor
from shared.platforms.base import PlatformError, UnreachableError
from shared.platforms.people import among, ids_of
from shared.platforms.reading import Page
from shared.records.follower_lists import FollowerList, FollowerLists, Reading
from shared.records.transaction import Write
from watch.following.both_lists import BothLists

PAGES = 20
"""In one part: what a crash has us read again, against the rows that a long list takes."""

SAME_AGAIN = "A platform gives the same page again and again; it is asked another time."


@dataclass(frozen=True)
class Shelf:
    """Where lists are kept, what our own names are, and from where on somebody stands out."""

    lists: FollowerLists
    ours: OurNames
    limits: Thresholds
    clock: Callable[[], datetime]


@dataclass
class _Part:
    """Pages that were read and are not kept yet."""

    cursor: str | None
    marks: set[bytes] = field(default_factory=set)
    flagged: list[Flagged] = field(default_factory=list)
    pages: int = 0
    at_end: bool = False


class ListReading:
    """One list, on its way to its end; `list` is how far it is, `kept` as far as its row knows."""

    def __init__(self, shelf: Shelf, of: FollowerList, month: str, lists: BothLists) -> None:
        self._shelf = shelf
        self.kept = of
        self._lists = lists
        begun = of.reading is not None and of.reading.month == month
        self.list = of if begun else replace(of, reading=Reading(month))
        good, reading = of.good, self.reading
        self._before = shelf.lists.marks(of, good.month, good.parts) if good else frozenset()
        self._so_far = set(shelf.lists.marks(of, month, reading.parts))
        self._last: frozenset[bytes] | None = None
        self.pages = 0

    @property
    def reading(self) -> Reading:
        """How far it is."""
        assert self.list.reading is not None  # noqa: S101 - it was begun above, and never ends here
        return self.list.reading

    def go_on(self, is_time: Callable[[], bool]) -> bool:
        """Read as long as it is time; whether the end was reached. PlatformError, ChangedError."""
        if not self.reading.at_end and self.reading.cursor is None:
            self._set(told=self._lists.count(self.list.place.side))
        while not self.reading.at_end:
            if not is_time():
                return False
            part = _Part(self.reading.cursor)
            try:
                self._gather(part, is_time)
            finally:
                if part.pages:
                    self._keep(part)
        return True

    def wait(self, until: datetime, tries: int) -> None:
        """Nobody asks again before `until`; ChangedError."""
        self._set(waits_until=until, tries=tries)
        self._store(None)

    def keeping_last(self, at: datetime) -> list[Write]:
        """The write of the part in which the list ended; it counts with the whole list."""
        if self._last is None:
            return []
        return [self._shelf.lists.keeping_part(self.list, self._last, at)]

    def seen(self, at: datetime) -> Seen:
        """What became of a list that was read to its end: counts, or why it is not believed."""
        good, reading, place = self.list.good, self.reading, self.list.place
        before = good.count if good else None
        why = doubt(reading.count, before, reading.told, self._shelf.limits.most)
        if why:
            return unread(self.list, why, at)
        if good is None:
            return Seen(place, at, reading.count)
        told = change(self._before, frozenset(self._so_far))
        return Seen(place, at, reading.count, told.new, told.gone, good_at=good.at)

    def _gather(self, part: _Part, is_time: Callable[[], bool]) -> None:
        while part.pages < PAGES and is_time():
            self._take(part, self._lists.page(self.list.place.side, part.cursor))
            too_many = self.reading.count + len(part.marks) > self._shelf.limits.most
            if part.cursor is None or too_many:
                part.at_end = True
                return

    def _take(self, part: _Part, page: Page[Actor]) -> None:
        ids = ids_of(page.items)
        places = dict(zip(marks(ids, self.list.salt), range(len(ids)), strict=True))
        fresh = places.keys() - self._so_far - part.marks
        if ids and not fresh:
            raise UnreachableError(SAME_AGAIN)
        new = sorted(places[each] for each in fresh - self._before)
        # All of a page or nothing: whoever cannot be read has the whole page read again.
        fresh_people = map(_someone, among(page.items, new))
        part.flagged += [*filter(None, map(self._flagged, fresh_people))]
        part.marks |= fresh
        part.cursor = page.next_cursor
        part.pages += 1

    def _flagged(self, someone: Someone) -> Flagged | None:
        place, shelf = self.list.place, self._shelf
        flags = flags_of(someone, place.side, place.platform, shelf.ours, shelf.limits)
        return Flagged(0, place, someone, flags) if flags else None

    def _keep(self, part: _Part) -> None:
        was = self.reading
        found = (*was.flagged, *part.flagged)
        self._set(
            cursor=part.cursor,
            count=was.count + len(part.marks),
            parts=was.parts + bool(part.marks),
            flagged=found[:MOST_FLAGGED],
            more=was.more + len(found[MOST_FLAGGED:]),
            at_end=part.at_end,
            tries=0,
            waits_until=None,
        )
        marks = frozenset(part.marks) if part.marks else None
        self.pages += part.pages
        self._so_far |= part.marks
        if part.at_end:
            self._last = marks
        else:
            self._store(marks)

    def _set(self, **so: object) -> None:
        self.list = replace(self.list, reading=replace(self.reading, **so))  # type: ignore[arg-type]  # names of its fields

    def _store(self, marks: frozenset[bytes] | None) -> None:
        self.kept = self._shelf.lists.keep(self.kept, self.list, self._shelf.clock(), marks)


def unread(of: FollowerList, why: str, at: datetime) -> Seen:
    """A list that was not read, or is not believed: the counts are those of the last time."""
    good = of.good
    count, good_at = (good.count, good.at) if good else (None, None)
    return Seen(of.place, at, count, fault=why, good_at=good_at)


def sentence_of(error: PlatformError, longest: int = 300) -> str:
    """Why a list was not read, short enough for a page."""
    return str(error)[:longest]


def _someone(actor: Actor) -> Someone:
    return Someone(
        actor.platform_id,
        actor.handle,
        actor.name,
        actor.url,
        actor.about,
        actor.follows,
        actor.followers,
        actor.posts,
    )
