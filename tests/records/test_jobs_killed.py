"""Every job of the clock, killed just before each thing it does, or overtaken by itself: its work
is done once, and whoever has to be told is told."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from shared.accounts.custody import Custody
from shared.accounts.registry import Role
from shared.accounts.silence import Waits
from shared.drift.drift import Kind
from shared.followers.likeness import OurNames, our_names
from shared.followers.thresholds import Thresholds
from shared.mentions.checks import Check
from shared.platforms.actors import Actor
from shared.platforms.presence import Stands
from shared.platforms.reading import Mention, Page, Profile
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.recordlog.leaf import read_envelope
from shared.records import together
from shared.records.account_months import AccountMonths
from shared.records.accounts import Accounts
from shared.records.beats import Beats
from shared.records.checks import Checks
from shared.records.custodies import Custodies
from shared.records.drifts import Drifts
from shared.records.ears import Ears
from shared.records.follower_lists import FollowerLists
from shared.records.incidents import Incidents
from shared.records.last_spoken import LastSpoken
from shared.records.mentions import Mentions
from shared.records.notices import Notices
from shared.records.people import People
from shared.records.reports import Reports
from shared.records.reviews import Reviews
from shared.records.snapshot import Snapshots
from shared.records.uncertain import Uncertain
from tests.builders import a_pen, a_person, an_account, an_act, an_approver
from tests.records.conftest import engine_on_moto
from tests.records.jobs_about_posts import appeals, gone, risks
from tests.records.killing import Deeds, killed, lived, overtaken
from watch.drifting.compare_target import Library as Shown
from watch.drifting.find_drifts import Desk as ComparingDesk
from watch.drifting.find_drifts import find_drifts
from watch.drifting.tell_drifts import Desk as DriftDesk
from watch.drifting.tell_drifts import tell_drifts
from watch.following.read_followers import Desk as ReadingDesk
from watch.following.read_followers import read_followers
from watch.following.read_list import Shelf
from watch.following.reviews_due import reviews_due
from watch.following.state_reviews import state_reviews
from watch.listening.hear import Desk as Ear
from watch.listening.hear import hear
from watch.listening.tell_mentions import Desk as TellingDesk
from watch.listening.tell_mentions import tell_mentions
from watch.morning.find_ending_keys import find_ending_keys
from watch.morning.find_silent import Desk as SilentDesk
from watch.morning.find_silent import find_silent
from watch.morning.find_unchecked import find_unchecked
from watch.morning.tell import Post, tell
from watch.morning.who import Who
from watch.reporting.make_reports import Desk as ReportDesk
from watch.reporting.make_reports import make_reports

MORNING = datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
SECOND, QUARTER = timedelta(seconds=1), timedelta(minutes=15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.parametrize(
    "endpoint", [pytest.param(engine_on_moto, id="moto")], indirect=True
)
"""What a job does is the same on both engines; that they answer alike, all other tests show."""

LIND = PersonId("sgt-lind")
FOUND_AT = re.compile(r"-[0-9a-f]{16}-\d{8}T\d{6}\Z|(?<=-gone)-\d{8}T\d{6}\Z")
BASE, SENDER = "https://bluelamp.example", "bluelamp@force.example"
LEEK, MOORS = AccountId("leek"), AccountId("moors")


@dataclass
class Force:
    """Two accounts, one above the other, their owners, and whoever is on duty."""

    store: object
    pen: object = field(default_factory=a_pen)

    def __post_init__(self):
        self.accounts = Accounts(self.store, self.pen)
        self.people = People(self.store, self.pen)
        self.notices = Notices(self.store, self.pen)
        registrar = a_person("web-reid", role=Role.REGISTRAR)
        for person in (a_person("sgt-lind"), a_person("insp-hale"), an_approver(), registrar):
            self.people.enter(person, an_act("person.entered"))
        above = an_account(
            "moors",
            title="Moors",
            owner="insp-hale",
            members=frozenset(),
            rhythm_hours=48,
            kept_open_at=MORNING,
        )
        below = an_account(
            "leek",
            title="Leek",
            parent=MOORS,
            members=frozenset(),
            rhythm_hours=72,
            kept_open_at=MORNING,
        )
        for account in (above, below):
            self.accounts.enter(account, an_act("account.entered"))
        self.begins_with = self.leaves()

    def leaves(self):
        """What is on record: type and subject, how often; not at which hour it was found."""
        rows = self.store.outbox.scan(consistent_read=True)
        told = [read_envelope(bytes(row.envelope)) for row in rows]
        return Counter((each.type, FOUND_AT.sub("", each.subject)) for each in told)

    def who(self):
        everybody = {each.person_id: each for each in self.people.all()}
        accounts = {each.account_id: each for each in self.accounts.all()}
        board = Incidents(self.store, self.pen).board()
        return Who(accounts, everybody, self.people.on_duty(), board)


class Platform:
    """What a platform shows: mentions, newest first on pages of two, and who follows."""

    said = tuple(
        Mention(str(n), f"https://s.example/{n}", Actor(f"u{n}", f"pat{n}", "Pat"), text, MORNING)
        for n, text in enumerate(("Is it open?", "Help, he has a knife"))
    )
    people = tuple(Actor(f"u{n}", f"winner9933{n}", "") for n in range(3))

    def mentions(self, since, cursor=None):
        return self._page([m for m in self.said if m.at >= since], cursor)

    def followers(self, cursor=None):
        return self._page(self.people, cursor)

    following = followers

    def profile(self):
        return Profile(self.people[0], followers=len(self.people), following=len(self.people))

    def _page(self, all_of_them, cursor, size=2):
        start = int(cursor or 0)
        rest = len(all_of_them) > start + size
        return Page(tuple(all_of_them[start : start + size]), str(start + size) if rest else None)


class Nobody(Platform):
    """An account that nobody speaks to, and that nobody follows."""

    said = people = ()

    def profile(self):
        return Profile(Actor("u9", "moors", ""), followers=0, following=0)


class Crowd(Platform):
    """Many speak at once, and all of them stand on one page."""

    said = tuple(
        Mention(str(n), f"https://s.example/{n}", Platform.people[0], text, MORNING - n * SECOND)
        for n, text in enumerate(["Is it open?"] * 5 + ["Help, he has a knife"] * 2)
    )

    def mentions(self, _since, _cursor=None):
        return Page(self.said)


def opened(account, _):
    return Platform() if account.account_id == LEEK else Nobody()


def crowded(account, _):
    return Crowd() if account.account_id == LEEK else Nobody()


def listening(force):
    """Mentions are heard, and told of when their hour comes."""
    return hearing(force, opened, (0, 0.25, 20, 20.25, 25, 25.25))


def listening_to_many(force):
    """A page takes several transactions, and so do the notices and the notes of it."""
    return hearing(force, crowded, (0, 0.25, 25, 25.25))


def hearing(force, opened, hours):
    """They are heard and told of, a quarter of an hour after whoever was killed once more."""
    mentions = Mentions(force.store, force.pen)

    def run(deeds, now):
        ear = Ear(
            force.accounts,
            Ears(force.store),
            mentions,
            Snapshots(force.store),
            opened,
            lambda: now,
        )
        hear(ear, now)
        telling = TellingDesk(
            mentions,
            force.notices,
            force.accounts,
            force.people,
            BASE,
            SENDER,
            "off",
            deeds.send,
        )
        tell_mentions(telling, now)

    return run, [MORNING + hour * HOUR for hour in hours]


def checking(force):
    """Nobody looks through any account any more."""
    checks = Checks(force.store, force.pen)
    for account in (LEEK, MOORS):
        checks.record(Check(account, date(2026, 11, 18), LIND, MORNING - 2 * DAY))
    force.begins_with = force.leaves()

    def run(deeds, now):
        office = Post(force.notices, BASE, SENDER, deeds.send)
        tell(office, find_unchecked(checks, force.who(), now), now)

    mornings = (MORNING, MORNING + DAY)
    return run, [begin + number * QUARTER for begin in mornings for number in range(4)]


def morning(force):
    """Accounts that fall silent, up to the proposal to close them."""
    silent = SilentDesk(
        force.accounts,
        LastSpoken(force.store),
        force.notices,
        Waits(2 * DAY, 4 * DAY, 6 * DAY),
    )

    def run(deeds, now):
        office = Post(force.notices, BASE, SENDER, deeds.send)
        tell(office, find_silent(silent, force.who(), now), now)

    return run, [MORNING + number * DAY for number in (2, 3, 4, 5, 7, 9, 10, 20, 21, 30, 31)]


def following(force):
    """An account's followers are read, both sides hear of it, and the month is stated."""
    reviews = Reviews(force.store, force.pen)
    ours = OurNames(our_names(force.accounts.all()))

    def run(deeds, now):
        shelf = Shelf(FollowerLists(force.store), ours, Thresholds(), lambda: now)
        desk = ReadingDesk(force.accounts, reviews, shelf, opened, lambda size: b"s" * size)
        month = f"{MORNING:%Y-%m}"
        read_followers(desk, [LEEK], month, now)
        office = Post(force.notices, BASE, SENDER, deeds.send)
        tell(office, reviews_due(force.who(), reviews.of_month(month), now), now)
        state_reviews(reviews, force.notices, now)

    days = (0, 1, 8, 9, 15, 16, 29, 30)
    return run, [MORNING + number * DAY for number in days]


def comparing(force):
    """Somebody has taken an account over: a name that is not ours, and a post."""
    drifts = Drifts(force.store, force.pen)
    thief = SimpleNamespace(at=None)

    def shown(account, _):
        taken = account.account_id == LEEK and thief.at is not None
        name = "Free coins" if taken else account.title
        posts = (Stands("9", "https://s.example/9", "Send coins.", thief.at),) if taken else ()
        return SimpleNamespace(
            name=PlatformName("sandbox"),
            profile=lambda: {Kind.ACCOUNT: account.account_id, Kind.NAME: name},
            posts=lambda *_: Page(posts),
        )

    def run(deeds, now):
        thief.at = MORNING + 2.5 * HOUR if now > MORNING + 2.5 * HOUR else None
        compare = ComparingDesk(
            force.accounts,
            Beats(force.store),
            Shown(drifts, Uncertain(force.store, force.pen)),
            Snapshots(force.store),
            shown,
            lambda: now,
        )
        find_drifts(compare, now)
        letters = DriftDesk(
            drifts, force.notices, force.accounts, force.people, BASE, SENDER, deeds.send
        )
        tell_drifts(letters, now)

    return run, [MORNING + number * HOUR for number in range(7)]


def keys(force):
    """A platform ends an account's keys soon."""
    custodies = Custodies(force.store, force.pen)
    ends = Custody(
        LEEK,
        PlatformName("sandbox"),
        frozenset({LIND}),
        LIND,
        date(2027, 3, 1),
        set_at=MORNING - DAY,
        ends_at=MORNING + 3 * DAY,
    )
    custodies.change(None, ends, an_act("credential.set"))
    force.begins_with = force.leaves()

    def run(deeds, now):
        office = Post(force.notices, BASE, SENDER, deeds.send)
        tell(office, find_ending_keys(custodies.all(), force.who(), now), now)

    return run, [MORNING + number * DAY for number in range(3)]


def reporting(force):
    """The month is over, and counted; two reports fill a transaction."""
    vale = an_account("vale", title="Vale", members=frozenset(), kept_open_at=MORNING)
    force.accounts.enter(vale, an_act("account.entered"))
    force.begins_with = force.leaves()
    reports, months = Reports(force.store, force.pen), AccountMonths(force.store)

    def run(_, now):
        make_reports(ReportDesk(force.accounts, months, reports, lambda: now), now, now + HOUR)

    begins = datetime(2026, 12, 2, 4, tzinfo=UTC)
    return run, [begins + number * DAY for number in range(4)]


JOBS = [
    listening,
    listening_to_many,
    checking,
    morning,
    following,
    comparing,
    keys,
    reporting,
    appeals,
    gone,
    risks,
]


@pytest.fixture(autouse=True)
def small_transactions(monkeypatch):
    """A transaction takes few writes, so that few mentions fill several."""
    monkeypatch.setattr(together, "MOST_WRITES", 8)


@pytest.fixture
def world(store, emptied):
    """A fresh force, as often as one is asked for."""

    def fresh():
        emptied()
        return Force(store)

    return fresh


def life(world, job, deeds_of):
    """The leaves of a whole life of the job, and what was done."""
    force = world()
    run, times = job(force)
    deeds = deeds_of(run)
    lived(run, times, deeds)
    return force.leaves() - force.begins_with, deeds


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.__name__)
def test_a_job_that_is_killed_anywhere_is_done_by_the_next_run_and_done_once(world, job):
    wanted, whole = life(world, job, lambda _: Deeds())
    assert whole.count > 2

    for at in range(whole.count):
        leaves, deeds = life(world, job, lambda _, at=at: killed(at))

        assert leaves == wanted, f"killed before deed {at}"
        assert not whole.told - deeds.told, f"killed before deed {at}: somebody was not told"
        # Whoever dies between a letter and the note of it makes the next run send it again.
        assert not deeds.told - whole.told - whole.told, f"killed before deed {at}"


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.__name__)
def test_two_runs_at_once_do_the_work_of_one(world, job):
    wanted, whole = life(world, job, lambda _: Deeds())

    for at in range(whole.count):
        leaves, deeds = life(world, job, lambda run, at=at: overtaken(at, run))

        assert leaves == wanted, f"overtaken before deed {at}"
        assert deeds.told == whole.told, f"overtaken before deed {at}"
