"""The clock's call to this room."""

import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain
from typing import Any

from shared.accounts.custody import Custody
from shared.accounts.registers import AHEAD
from shared.accounts.silence import read_waits
from shared.impostors.chasing import read_days
from shared.impostors.kept_names import kept_names
from shared.mail.send import send, ses_client
from shared.policy.kept_up import kept_up
from shared.policy.pack import BUNDLED
from shared.posts.localtime import local
from shared.records.accounts import Accounts
from shared.records.appeals import Appeals
from shared.records.blocks import Blocks
from shared.records.checks import Checks
from shared.records.consents import Consents
from shared.records.custodies import Custodies
from shared.records.hand_searches import HandSearches
from shared.records.impostors import Impostors
from shared.records.incidents import Incidents
from shared.records.kept_names import KeptNames
from shared.records.last_spoken import LastSpoken
from shared.records.legal_holds import LegalHolds
from shared.records.notices import PATIENCE, Notices
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.policies import Policies
from shared.records.posts import Posts
from shared.records.reviews import Reviews
from shared.records.samples import Samples
from shared.records.tables import Tables, tables
from shared.records.urgent_posts import UrgentPosts
from shared.settings.reading import read
from watch.following.reviews_due import months_waiting, reviews_due
from watch.impostors.impostors_due import hand_searches_due, impostors_due, names_due
from watch.impostors.search_by_hand import hand_searches
from watch.morning.due import Due
from watch.morning.find_appeals import Desk as AppealDesk
from watch.morning.find_appeals import find_appeals
from watch.morning.find_blocks import find_blocks
from watch.morning.find_due import find_due
from watch.morning.find_ending_keys import find_ending_keys
from watch.morning.find_holds import find_holds
from watch.morning.find_silent import Desk, find_silent
from watch.morning.find_standing import Desk as StandingDesk
from watch.morning.find_standing import find_standing
from watch.morning.find_unchecked import find_unchecked
from watch.morning.tell import Post, tell
from watch.morning.who import Who
from watch.sampling.samples_due import samples_due
from watch.settings import ChasingSettings, CheckSettings, HoldSettings, MorningSettings

PEN = Pen(secrets.token_bytes)
OFF = "off"


@cache
def kept() -> Tables:
    """The tables, over one connection."""
    return tables(read(MorningSettings, os.environ).table_prefix)


def tell_morning(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Every morning: `{told, forced, keys, uncovered, urgent}`: what somebody was told of once, and
    what stands. Where a morning is gone through `once`, a run that began minutes ago, and may be
    alive, or went through, leaves nothing to do."""
    notices, now = Notices(kept(), PEN), datetime.now(UTC)
    run = f"run-of-the-morning:{local(now).date()}"
    before = notices.several([run]).get(run)
    if event.get("once") and before and (before.told or before.begun_at > now - PATIENCE):
        return dict.fromkeys(("told", "forced", "keys", "uncovered", "urgent"), 0)
    notices.note(run, now)
    told = _tell(notices, now)
    notices.told([run], now)
    return told


def _tell(notices: Notices, now: datetime) -> dict[str, Any]:
    settings, client = read(MorningSettings, os.environ), ses_client()
    accounts, people = Accounts(kept(), PEN), People(kept(), PEN)
    who = Who(
        {each.account_id: each for each in accounts.all()},
        {each.person_id: each for each in people.all()},
        people.on_duty(),
        Incidents(kept(), PEN).board(),
    )
    silent = Desk(accounts, LastSpoken(kept()), notices, read_waits(settings.silence_waits))
    office = Post(
        notices, settings.base_url, settings.mail_from, lambda letter: send(letter, client)
    )
    custodies = Custodies(kept(), PEN)
    every = custodies.all()
    keys = StandingDesk(custodies, UrgentPosts(kept(), PEN), every)
    standing, blocks = find_standing(keys, who, now), find_blocks(Blocks(kept(), PEN), who, now)
    registers = (*_registers(who, now), *_reviews(who, now))
    sampled = samples_due(who, Samples(kept(), PEN).open(), now)
    chased = tuple(_impostors(who, now))
    dues = (*blocks, *find_silent(silent, who, now), *registers, *sampled, *chased)
    today, held = tuple(_today(who, every, now)), _holds(who, now)
    return {
        "told": tell(office, (*today, *dues, *held), now, standing.all),
        "forced": standing.forced,
        "keys": len(standing.keys),
        "uncovered": len(standing.uncovered),
        "urgent": len(standing.urgent),
    }


def _today(who: Who, keys: Iterable[Custody], now: datetime) -> Iterator[Due]:
    """What has its day, and keys that end; these stand first."""
    yield from find_appeals(AppealDesk(Appeals(kept(), PEN), Posts(kept(), PEN)), who, now)
    if read(CheckSettings, os.environ).daily_check != OFF:
        yield from find_unchecked(Checks(kept(), PEN), who, now)
    yield from find_ending_keys(keys, who, now)


def _reviews(who: Who, now: datetime) -> Iterator[Due]:
    reviews = Reviews(kept(), PEN)
    known = chain(*(reviews.of_month(month) for month in months_waiting(now)))
    return reviews_due(who, known, now)


def _impostors(who: Who, now: datetime) -> Iterator[Due]:
    every = read_days(read(ChasingSettings, os.environ).impostor_days)
    accounts = who.accounts.values()
    yield from impostors_due(who, Impostors(kept(), PEN).open(), now, every)
    yield from hand_searches_due(who, hand_searches(accounts, HandSearches(kept(), PEN)), now)
    plain = tuple(kept_names(accounts, {}))
    signed_in = KeptNames(kept(), PEN).signed_in(each.key for each in plain)
    yield from names_due(who, kept_names(accounts, signed_in), now)


def _holds(who: Who, now: datetime) -> Iterator[Due]:
    after = timedelta(days=int(read(HoldSettings, os.environ).long_hold_days))
    return find_holds(who, LegalHolds(kept(), PEN).all(), now, after)


def _registers(who: Who, now: datetime) -> Iterator[Due]:
    in_use = Policies(kept(), PEN).in_use()
    policy = kept_up(in_use.content if in_use else BUNDLED.read_bytes())
    ending = Consents(kept(), PEN).ending(local(now).date() + AHEAD)
    return find_due(who, policy, ending, now)
