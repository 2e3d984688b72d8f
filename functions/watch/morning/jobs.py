"""The clock's call to this room."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain
from typing import Any

from shared.accounts.registers import AHEAD
from shared.accounts.silence import read_waits
from shared.impostors.chasing import read_days
from shared.impostors.kept_names import kept_names
from shared.mail.send import send, ses_client
from shared.policy.kept_up import kept_up
from shared.policy.pack import BUNDLED
from shared.posts.localtime import local
from shared.records.accounts import Accounts
from shared.records.blocks import Blocks
from shared.records.consents import Consents
from shared.records.custodies import Custodies
from shared.records.impostors import Impostors
from shared.records.incidents import Incidents
from shared.records.kept_names import KeptNames
from shared.records.last_spoken import LastSpoken
from shared.records.legal_holds import LegalHolds
from shared.records.notices import Notices
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.policies import Policies
from shared.records.reviews import Reviews
from shared.records.samples import Samples
from shared.records.tables import Tables, tables
from shared.records.urgent_posts import UrgentPosts
from shared.settings.reading import read
from watch.following.reviews_due import months_waiting, reviews_due
from watch.impostors.impostors_due import impostors_due, names_due
from watch.morning.due import Due
from watch.morning.find_blocks import find_blocks
from watch.morning.find_due import find_due
from watch.morning.find_holds import find_holds
from watch.morning.find_silent import Desk, find_silent
from watch.morning.find_standing import Desk as StandingDesk
from watch.morning.find_standing import find_standing
from watch.morning.tell import Post, tell
from watch.morning.who import Who
from watch.sampling.samples_due import samples_due
from watch.settings import ChasingSettings, HoldSettings, MorningSettings

PEN = Pen(secrets.token_bytes)


@cache
def kept() -> Tables:
    """The tables, over one connection."""
    return tables(read(MorningSettings, os.environ).table_prefix)


def tell_morning(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Every morning: `{told, forced, keys, uncovered, urgent}`: what somebody was told of once, and
    what stands."""
    settings, client, now = read(MorningSettings, os.environ), ses_client(), datetime.now(UTC)
    accounts, people, notices = Accounts(kept(), PEN), People(kept(), PEN), Notices(kept(), PEN)
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
    keys = StandingDesk(Custodies(kept(), PEN), UrgentPosts(kept(), PEN))
    standing, blocks = find_standing(keys, who, now), find_blocks(Blocks(kept(), PEN), who, now)
    registers = (*_registers(who, now), *_reviews(who, now))
    sampled = samples_due(who, Samples(kept(), PEN).open(), now)
    chased = tuple(_impostors(who, now))
    dues = (*blocks, *find_silent(silent, who, now), *registers, *sampled, *chased)
    held = _holds(who, now)
    return {
        "told": tell(office, (*dues, *held), now, standing.all),
        "forced": standing.forced,
        "keys": len(standing.keys),
        "uncovered": len(standing.uncovered),
        "urgent": len(standing.urgent),
    }


def _reviews(who: Who, now: datetime) -> Iterator[Due]:
    reviews = Reviews(kept(), PEN)
    known = chain(*(reviews.of_month(month) for month in months_waiting(now)))
    return reviews_due(who, known, now)


def _impostors(who: Who, now: datetime) -> Iterator[Due]:
    every = read_days(read(ChasingSettings, os.environ).impostor_days)
    yield from impostors_due(who, Impostors(kept(), PEN).open(), now, every)
    plain = tuple(kept_names(who.accounts.values(), {}))
    signed_in = KeptNames(kept(), PEN).signed_in(each.key for each in plain)
    yield from names_due(who, kept_names(who.accounts.values(), signed_in), now)


def _holds(who: Who, now: datetime) -> Iterator[Due]:
    after = timedelta(days=int(read(HoldSettings, os.environ).long_hold_days))
    return find_holds(who, LegalHolds(kept(), PEN).all(), now, after)


def _registers(who: Who, now: datetime) -> Iterator[Due]:
    in_use = Policies(kept(), PEN).in_use()
    policy = kept_up(in_use.content if in_use else BUNDLED.read_bytes())
    ending = Consents(kept(), PEN).ending(local(now).date() + AHEAD)
    return find_due(who, policy, ending, now)
