"""What one account takes, measured: the real reading, on real rows, of a platform that is made up.

The first month looks at everybody; every month after that only at those who are new, and has last
month's marks to read. Both are measured.
"""

import json
import secrets
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from unittest.mock import patch

from moto import mock_aws

from local.bench.clocks import spent
from local.scale.made_up import MadeUp, account
from local.scale.plan import Force, One, Pace, Registry
from local.scale.watched import Watched
from shared.accounts.registry import Account
from shared.followers.likeness import OurNames, our_names
from shared.followers.thresholds import Thresholds
from shared.posts.names import PlatformName
from shared.records.account_entries import account_of, account_row
from shared.records.accounts import Accounts
from shared.records.follower_lists import FollowerLists
from shared.records.making import create_all
from shared.records.pen import Pen
from shared.records.reviews import Reviews
from shared.records.tables import Tables, tables
from watch.following.read_account import Outcome
from watch.following.read_followers import Desk, read_followers
from watch.following.read_list import Shelf

REGION = "eu-west-2"
NOBODY = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"}
FIRST, USUAL = "2026-11", "2026-12"
BEGAN = datetime(2026, 11, 1, 5, 45, tzinfo=UTC)
NEW_A_MONTH = 50
"""Of so many followers one is new each month, and one is gone."""

ROWS = 500
"""Rows of the registry that are read to see what one takes."""

NAMES = 1_000
"""Accounts whose names are weighed; noting every byte is slow."""

PEN = Pen(secrets.token_bytes)


class NotReadError(Exception):
    """What was to be measured did not come to its end; nothing can be said of what it takes."""


@dataclass(frozen=True)
class Measured:
    """What one account takes in the first month, and in every other."""

    first: One
    usual: One


def registry(force: Force, platform: str) -> tuple[Registry, OurNames]:
    """What every row and every name of a force this large takes; and the names."""
    accounts = [account(number, platform) for number in range(force.accounts)]
    with _database() as kept:
        rows = [account_row(kept, each) for each in accounts[:ROWS]]
        raw = [json.dumps(row.serialize()) for row in rows]
        read = spent(lambda: [account_of(kept.accounts.from_raw_data(json.loads(r))) for r in raw])
    made: list[OurNames] = []
    seconds = spent(lambda: made.append(OurNames(our_names(accounts))))
    some = accounts[:NAMES]
    taken = _memory_of(some) / len(some)
    count = len(accounts)
    alone = [[each.account_id] for each in accounts]  # takes more than those that are together
    longest = len(json.dumps(alone)) / count
    row_bytes = sum(map(len, raw)) / len(raw)
    return Registry(row_bytes, read / len(raw), seconds / count, taken, longest), made[0]


def one(force: Force, pace: Pace, ours: OurNames) -> Measured:
    """What one account of this force takes on this platform; NotReadError."""
    with _database() as kept:
        us = account(0, pace.platform)
        account_row(kept, us).save()
        reader = MadeUp(
            PlatformName(pace.platform), force.followers, force.followed, pace.people_a_page
        )
        desk = _desk(kept, reader, ours)
        first = _month(desk, kept, reader, FIRST)
        reader.gone = force.followers // NEW_A_MONTH
        usual = _month(desk, kept, reader, USUAL)
    return Measured(first, usual)


def _desk(kept: Tables, reader: MadeUp, ours: OurNames) -> Desk:
    return Desk(
        Accounts(kept, PEN),
        Reviews(kept, PEN),
        Shelf(FollowerLists(kept), ours, Thresholds(), lambda: BEGAN),
        lambda _account, _platform: reader,
        secrets.token_bytes,
    )


def _month(desk: Desk, kept: Tables, reader: MadeUp, month: str) -> One:
    reader.asked = reader.told = 0
    watched = Watched(kept)
    told = read_followers(desk, [account(0, reader.name).account_id], month, BEGAN)
    seconds = watched.stop()
    if told.outcome is not Outcome.READ:
        raise NotReadError(f"The lists were not read to their end: {told.outcome}.")
    return One(reader.asked, reader.told, seconds, watched.calls, watched.used(), watched.leaves)


def _memory_of(accounts: list[Account]) -> int:
    """Bytes that the names take, once they are ready."""
    tracemalloc.start()
    try:
        held = OurNames(our_names(accounts))
        taken, _ = tracemalloc.get_traced_memory()
        del held
        return taken
    finally:
        tracemalloc.stop()


@contextmanager
def _database() -> Iterator[Tables]:
    """Empty tables in this process."""
    with patch.dict("os.environ", NOBODY), mock_aws():
        kept = tables("scale-", REGION)
        create_all(kept)
        yield kept
