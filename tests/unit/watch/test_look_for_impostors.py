"""Look-alikes are searched for every week and kept once; what stands is looked at every day."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import AccountStatus, Handle
from shared.followers.flags import Flag, Sign
from shared.followers.review import Flagged, Place, Review
from shared.followers.someone import Side, Someone
from shared.impostors.case import CaseState, Source, Step
from shared.impostors.evidence import case_name, opened
from shared.platforms.actors import Actor
from shared.platforms.base import RateLimitedError, UnreachableError, UnsupportedError
from shared.platforms.searching import Found
from shared.posts.names import LeafId, PlatformName
from shared.records.errors import ChangedError
from shared.records.searches import Search
from tests.builders import NOW, an_account
from watch.impostors.from_reviews import from_reviews
from watch.impostors.keep_found import keep_found
from watch.impostors.look_again import look_again
from watch.impostors.look_for import MOST_NEW, Desk, look_for, questions_of
from watch.impostors.searching_ways import opening_to_search, view_of

BLUESKY, MASTODON, X = map(PlatformName, ("bluesky", "mastodon", "x"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEEK = an_account(
    "leek",
    title="Leek Neighbourhood Team",
    handles=(Handle(BLUESKY, "leekpolice.force.example", "https://pds.example"),),
)
TARGET = ("leek", BLUESKY)
THEM = Someone("did:7", "leekpo1ice.bsky.example", "Leek", about="Ring Pat Invented")


@dataclass
class World:
    """Who can be found there, who stands, what is on record, and what fails: `says` are errors,
    one for each question, None for none."""

    people: list = field(default_factory=list)
    gone: set = field(default_factory=set)
    says: list = field(default_factory=list)
    cases: dict = field(default_factory=dict)
    sealed: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)
    searches: dict = field(default_factory=dict)
    closed: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    accounts: tuple = (LEEK,)
    no_keys: bool = False
    overtaken: bool = False
    slow: timedelta = timedelta(0)
    spent: timedelta = timedelta(0)
    killed_after: int = 10**6
    name = BLUESKY

    def search(self, terms):
        self._ask(terms)
        return tuple(Found(_actor(them), "https://cdn.bsky.app/1") for them in self.people)

    def there(self, platform_id, handle):
        self._ask((platform_id, handle))
        return None if handle in self.gone else Found(Actor(platform_id, handle, ""))

    def picture(self, _found):
        return "f" * 64

    def _ask(self, what):
        if len(self.asked) >= self.killed_after:
            raise KeyboardInterrupt
        self.asked.append(tuple(what))
        self.spent += self.slow
        error = self.says.pop(0) if self.says else None
        if error:
            raise error

    def opened(self, *_):
        if self.no_keys:
            raise UnsupportedError("No keys that only read are set.")
        return self

    def find(self, case, act):
        if case.case_id in self.cases:
            return False
        self.cases[case.case_id] = replace(case, leaf=LeafId("leaf"))
        self.sealed[case.case_id] = opened(act.personal)
        self.acts.append(act)
        return True

    def advance(self, before, after, acts=()):
        if self.overtaken or self.cases[before.case_id] != before:
            raise ChangedError("impostor", before.case_id, "was changed")
        self.cases[before.case_id] = after
        self.acts += acts

    def keep(self, before, after):
        if self.overtaken or self.searches.get(TARGET, Search(*TARGET)) != before:
            raise ChangedError("search", "leek", "was gone on with")
        self.searches[TARGET] = after

    @property
    def case(self):
        [case] = self.cases.values()
        return case

    @property
    def round(self):
        return self.searches[TARGET]

    @property
    def types(self):
        return [act.type for act in self.acts]

    def desk(self):
        impostors = SimpleNamespace(
            several=lambda names: tuple(self.cases[n] for n in names if n in self.cases),
            find=self.find,
            advance=self.advance,
            open=lambda: tuple(case for case in self.cases.values() if case.is_open),
            evidence=lambda cases: {
                c.case_id: self.sealed[c.case_id] for c in cases if c.case_id in self.sealed
            },
        )
        return Desk(
            SimpleNamespace(all=lambda: self.accounts),
            SimpleNamespace(
                several=lambda here: {t: self.searches.get(t, Search(*t)) for t in here},
                keep=self.keep,
            ),
            impostors,
            SimpleNamespace(read=lambda **_: SimpleNamespace(closed=self.closed)),
            self.opened,
            lambda: NOW + self.spent,
        )

    def in_state(self, state, **so):
        """One case that is on record as it is."""
        found = World(people=[THEM])
        look_for(found.desk(), NOW)
        case = replace(found.case, steps=(Step(state, NOW, None, "Why."),), **so)
        self.cases[case.case_id] = case
        self.sealed[case.case_id] = found.sealed[case.case_id]
        return case


def _actor(them):
    return Actor(them.platform_id, them.handle, them.name, them.url, them.about)


@pytest.fixture
def world():
    return World()


def test_who_could_be_taken_for_us_is_kept_sealed_and_nobody_else_is(world):
    world.people = [THEM, Someone("did:8", "pat.bsky.example", "Pat Invented")]

    looked = look_for(world.desk(), NOW)

    [act] = world.acts
    assert (looked.found, looked.asked, looked.silent) == (1, 2, 0)
    assert world.asked == [("leekpolice",), ("leek neighbourhood team",)]
    assert (world.case.account, world.case.source) == ("leek", Source.SEARCH)
    assert world.sealed[world.case.case_id].picture_sha256 == "f" * 64
    assert act.type == "impostor.found"
    assert not any("Pat" in str(v) or THEM.handle in str(v) for v in act.payload.values())
    assert world.round == Search(*TARGET, done_at=NOW)


def test_who_has_no_name_there_is_no_case(world):
    world.people = [Someone("did:8", "", "Leek Neighbourhood Team")]

    assert look_for(world.desk(), NOW).found == 0


def test_a_target_has_its_turn_once_a_week_and_who_is_known_is_kept_once(world):
    world.people = [THEM]
    for day in range(15):
        look_for(world.desk(), NOW + day * DAY)

    assert len(world.asked) == 2 * 3
    assert world.types == ["impostor.found"]


@pytest.mark.parametrize("state", sorted(set(CaseState) - {CaseState.REMOVED, CaseState.FOUND}))
def test_whoever_is_on_record_is_left_as_it_is(world, state):
    before = world.in_state(state)
    world.people = [THEM]

    assert look_for(world.desk(), NOW).found == 0
    assert world.case == before


def test_what_was_gone_is_an_impostor_again_only_where_the_platform_shows_it(world):
    world.in_state(CaseState.REMOVED)
    world.people, world.gone = [THEM], {THEM.handle}

    assert look_for(world.desk(), NOW).found == 0
    world.gone = set()
    assert look_for(world.desk(), NOW + 7 * DAY).found == 1
    assert world.case.state is CaseState.IMPOSTOR
    assert world.types == ["impostor.came_back"]


@pytest.mark.parametrize(
    ("error", "until"),
    [
        (UnreachableError("It was down."), NOW + 20 * HOUR),
        (RateLimitedError("Not now.", NOW + 3 * HOUR), NOW + 3 * HOUR),
    ],
)
def test_a_question_that_failed_is_asked_again_later_and_why_is_kept(world, error, until):
    world.people, world.says = [THEM], [None, error]

    assert look_for(world.desk(), NOW).silent == 1
    assert (world.round.at, world.round.fault) == (1, str(error))
    assert world.round.waits_until == until
    look_for(world.desk(), until - HOUR)
    assert len(world.asked) == 2
    look_for(world.desk(), until)
    assert world.round == Search(*TARGET, done_at=until)
    assert world.types == ["impostor.found"]


def test_where_there_are_no_keys_that_is_said(world):
    world.no_keys = True

    assert look_for(world.desk(), NOW).silent == 1
    assert world.round.fault == "No keys that only read are set."


def test_a_window_that_the_platform_closed_is_waited_for(world):
    world.closed = {"bluesky/leek/closed": NOW + HOUR}

    look_for(world.desk(), NOW)
    look_again(world.desk(), NOW)

    assert world.asked == []


@given(st.integers(0, 3), st.integers(0, 3))
def test_whoever_dies_and_is_fired_again_finds_all_and_keeps_it_once(first, second):
    world = World(people=[THEM])
    for further in (first, second, 100):
        world.killed_after = len(world.asked) + further
        try:
            look_for(world.desk(), NOW)
        except KeyboardInterrupt:
            continue

    assert world.types == ["impostor.found"]
    assert world.round == Search(*TARGET, done_at=NOW)
    assert len(world.asked) == 2


def test_of_two_at_once_one_counts(world):
    world.people, world.overtaken = [THEM], True

    looked = look_for(world.desk(), NOW)

    assert (looked.silent, world.searches) == (0, {})
    assert world.types == ["impostor.found"]


def test_a_flood_of_look_alikes_opens_so_many_cases_and_the_rest_is_counted(world):
    world.people = [Someone(str(n), f"leekpolice{n}.bsky.example", "Leek") for n in range(40)]

    look_for(world.desk(), NOW)

    assert len(world.cases) == MOST_NEW
    assert world.round.more == 2 * (40 - MOST_NEW)


def test_nothing_is_begun_when_the_time_is_over_and_the_next_run_goes_on(world):
    world.slow = timedelta(minutes=6)

    look_for(world.desk(), NOW)
    assert (len(world.asked), world.round.at, world.round.done_at) == (1, 1, None)
    world.spent = world.slow = timedelta(0)
    look_for(world.desk(), NOW)
    assert world.round.done_at == NOW


def test_closed_accounts_and_platforms_that_nobody_can_search_are_not_searched(world):
    facebook = Handle(PlatformName("facebook"), "leek", "https://graph.example")
    world.accounts = (replace(LEEK, status=AccountStatus.CLOSED), an_account(handles=(facebook,)))

    look_for(world.desk(), NOW)

    assert (world.asked, world.searches) == ([], {})


def test_x_is_asked_for_names_and_the_others_for_words():
    account = replace(LEEK, handles=(Handle(X, "leekpolice", "https://api.x.example"),))

    [names] = questions_of(account, X)

    assert len(names) > 50
    assert questions_of(LEEK, BLUESKY) == (("leekpolice",), ("leek neighbourhood team",))


@pytest.mark.parametrize("state", ["impostor", "reported", "refused", "appealed"])
def test_an_impostor_that_is_gone_at_two_looks_is_removed_on_record(world, state):
    world.in_state(CaseState(state))
    world.gone = {THEM.handle}

    first = look_again(world.desk(), NOW)
    second = look_again(world.desk(), NOW + HOUR)
    third = look_again(world.desk(), NOW + DAY)

    assert [(seen.looked, seen.gone) for seen in (first, second, third)] == [(1, 0), (0, 0), (1, 1)]
    assert world.case.state is CaseState.REMOVED
    assert world.types == ["impostor.removed"]
    assert world.asked == [(THEM.platform_id, THEM.handle)] * 2


def test_a_look_that_failed_tells_nothing_and_says_why(world):
    world.in_state(CaseState.REPORTED, missed_at=NOW - 2 * DAY)
    world.says = [UnreachableError("It was down.")]

    assert look_again(world.desk(), NOW).gone == 0
    assert (world.case.state, world.case.fault) == (CaseState.REPORTED, "It was down.")
    assert world.case.missed_at == NOW - 2 * DAY


@pytest.mark.parametrize("state", ["false_alarm", "removed", "accepted"])
def test_what_nobody_follows_is_not_looked_at(world, state):
    world.in_state(CaseState(state))

    assert look_again(world.desk(), NOW).looked == 0


def test_what_was_erased_nobody_looks_at(world):
    world.in_state(CaseState.REPORTED)
    world.sealed.clear()

    assert look_again(world.desk(), NOW).looked == 0
    assert world.asked == []


def flagged(*people, sign=Sign.LOOKALIKE, platform=BLUESKY):
    flag = Flag(sign, "It could be taken for Leek, and it is not ours.", "F07")
    found = (
        Flagged(n, Place(platform, Side.FOLLOWER), who, (flag,)) for n, who in enumerate(people)
    )
    return Review(LEEK.account_id, "2026-11", NOW, flagged=tuple(found))


def test_who_stands_out_in_a_review_as_a_look_alike_is_a_case_once(world):
    reviews = [flagged(THEM, None), flagged(Someone("9", "winner"), sign=Sign.SPAM), flagged(THEM)]
    accounts = {LEEK.account_id: LEEK}

    kept = [keep_found(from_reviews(reviews, accounts), world.desk().impostors, NOW) for _ in "ab"]

    assert kept == [1, 0]
    assert (world.case.source, world.case.account) == (Source.REVIEW, "leek")


def test_a_review_and_a_search_call_the_same_account_the_same():
    account = replace(LEEK, handles=(Handle(MASTODON, "leekpolice", "https://Social.example"),))
    review = flagged(Someone("9", "leekpo1ice"), platform=MASTODON)

    [sighting] = from_reviews([review], {LEEK.account_id: account})

    assert sighting.case_id == case_name(MASTODON, "@leekpo1ice@social.example")


def test_our_own_account_in_a_review_is_no_case():
    account = replace(LEEK, handles=(Handle(MASTODON, "leekpolice", "https://social.example"),))

    assert not [
        *from_reviews(
            [flagged(Someone("9", "LeekPolice"), platform=MASTODON)], {LEEK.account_id: account}
        )
    ]


def test_the_public_view_is_asked_and_a_server_on_this_machine_itself():
    nearby = replace(LEEK, handles=(Handle(BLUESKY, "leek", "http://127.0.0.1:2583"),))

    assert view_of(LEEK) == "https://public.api.bsky.app"
    assert view_of(nearby) == "http://127.0.0.1:2583"


def test_no_platform_is_searched_without_its_keys_that_only_read():
    class MissingError(Exception):
        pass

    def get_secret_value(SecretId):  # noqa: N803 - as AWS calls it
        raise MissingError

    errors = SimpleNamespace(ResourceNotFoundException=MissingError)
    client = SimpleNamespace(get_secret_value=get_secret_value, exceptions=errors)
    search = opening_to_search("reading/", dict, lambda: client)
    account = replace(LEEK, handles=(Handle(X, "leekpolice", "https://api.x.example"),))

    assert search(LEEK, BLUESKY).name == BLUESKY
    with pytest.raises(UnsupportedError, match="No keys that only read"):
        search(account, X)
    with pytest.raises(UnsupportedError, match="by hand"):
        search(account, PlatformName("facebook"))
