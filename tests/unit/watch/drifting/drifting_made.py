"""A world in which an account is compared: what is on record, and what the platform shows."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace

from shared.accounts.registry import Handle
from shared.drift.drift import Cause, Finding, Kind, close
from shared.platforms.base import UnsupportedError
from shared.platforms.presence import Stands
from shared.platforms.reading import Page
from shared.posts.names import LeafId, PersonId, PlatformName
from shared.records.beats import Beat
from shared.records.errors import ChangedError
from shared.records.listing import Listing
from shared.records.publication_entries import place_of
from tests.builders import NOW, an_account
from watch.drifting.compare_target import Library
from watch.drifting.find_drifts import Desk, find_drifts

MASTODON, LINKEDIN = PlatformName("mastodon"), PlatformName("linkedin")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TARGET = ("riverside", MASTODON)
SHOWN = {
    Kind.ACCOUNT: "7",
    Kind.HANDLE: "riverside",
    Kind.NAME: "Riverside Police",
    Kind.ABOUT: "Ring 101.",
    Kind.PICTURE: "https://social.example/a.png",
}


def an_address(number):
    return f"https://social.example/@riverside/{number}"


@dataclass
class World:
    """`shown` and `stands` are the platform's, `says` an error of it; `dies_at` counts writes."""

    shown: dict = field(default_factory=lambda: dict(SHOWN))
    stands: list = field(default_factory=list)
    beats: dict = field(default_factory=dict)
    found: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)
    on_record: set = field(default_factory=set)
    waiting: list = field(default_factory=list)
    closed: dict = field(default_factory=dict)
    says: Exception | None = None
    page: int = 100
    turns: int = 0
    dies_at: int = 0
    writes: int = 0
    no_keys: bool = False
    before_writing: object = None
    account: object = field(
        default_factory=lambda: an_account(
            handles=(
                Handle(MASTODON, "riverside", "https://social.example"),
                Handle(LINKEDIN, "riverside", "https://linkedin.example"),
            )
        )
    )

    # records
    def all(self):
        return (self.account,)

    def several(self, wanted):
        wanted = list(wanted)
        if wanted and isinstance(wanted[0], tuple):
            return {each: self.beats.get(each, Beat(*each)) for each in wanted}
        return {each: self.found[each] for each in wanted if each in self.found}

    def keep(self, changes):
        for before, after in changes:
            with suppress(ChangedError):
                self._go_on(before, after)

    def find(self, drift, act, before, after):
        self._go_on(before, after)
        assert drift.drift_id not in self.found
        self.found[drift.drift_id] = replace(drift, leaf=LeafId(f"leaf-{len(self.acts)}"))
        self.words[drift.drift_id] = act.personal
        self.acts.append(act)

    def accept(self, act, before, after):
        self._go_on(before, after)
        self.acts.append(act)

    def change(self, before, after, act):
        self._write()
        if self.found[before.drift_id] != before:
            raise ChangedError("drift", before.drift_id, "was changed")
        self.found[before.drift_id] = after
        self.acts.append(act)

    def ours(self, places):
        return frozenset(places) & self.on_record

    def queue(self, _cursor):
        return Listing(tuple(self.waiting), None)

    def read(self, windows=()):
        return SimpleNamespace(closed={each: self.closed.get(each) for each in windows})

    def _go_on(self, before, after):
        self._write()
        target = after.account, after.platform
        if self.beats.get(target, Beat(*target)) != before:
            raise ChangedError("beat", "it", "was gone on with")
        self.beats[target] = after

    def _write(self):
        self.writes += 1
        if self.writes == self.dies_at:
            raise KilledError
        if self.before_writing:
            first, self.before_writing = self.before_writing, None
            first()

    # the platform
    def open(self, _account, beat):
        if self.no_keys:
            raise UnsupportedError("No keys.")
        assert beat.platform == MASTODON
        return self

    def profile(self):
        if self.says:
            raise self.says
        return dict(self.shown)

    def posts(self, since, cursor=None):
        self.turns += 1
        told = [one for one in reversed(self.stands) if one.at >= since]
        start = int(cursor or 0)
        more = str(start + self.page) if len(told) > start + self.page else None
        return Page(tuple(told[start : start + self.page]), more)

    # what happens
    def says_by_hand(self, number, text, at):
        self.stands.append(Stands(str(number), an_address(number), text, at))

    def publishes(self, number, text, at):
        self.says_by_hand(number, text, at)
        self.enters(number)

    def enters(self, number):
        self.on_record.add(place_of(MASTODON, an_address(number)))

    def closes(self, drift, cause, at=NOW):
        finding = Finding(cause, "So it was.", "PC 1")
        self.found[drift.drift_id] = close(drift, finding, PersonId("p-1"), at)

    def look(self, now=NOW):
        return find_drifts(self.desk(now), now)

    def desk(self, now=NOW):
        return Desk(self, self, Library(self, self), self, self.open, lambda: now)

    # what is there
    def alarms(self):
        return [each for each in self.found.values() if each.is_alarm]

    def open_alarms(self):
        return [each for each in self.alarms() if each.is_open]

    def beat(self):
        return self.beats[TARGET]

    def happened(self):
        return [act.type for act in self.acts]


class KilledError(BaseException):
    """The function ends here, whatever it was about to do."""


def begun():
    """A world in which the first look is over and confirmed."""
    world = World()
    world.look()
    [first] = world.found.values()
    world.closes(first, Cause.OURS)
    world.look(NOW + MINUTE)
    return world
