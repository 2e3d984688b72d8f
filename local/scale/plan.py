"""What reading everybody's followers once takes a force: a sum, made of what one account takes.

Pure: what one account takes is measured (`measured`), what platforms allow and AWS bills is listed
(`paces.json`, `local/bench/prices.json`). Seconds are seconds, bytes bytes, prices US dollars. One
account has one platform here: a force that speaks on two pays for two.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from local.bench.usage import Usage

EXECUTION, CHILD, GO_ON, WAIT = 3, 4, 2, 1
"""Transitions: of an execution (its start, the map, the end), of one batch in it (its start, the
reading, the question whether it is read, the end), of each further reading, of each wait before."""

READ_UNIT = 4096
"""Bytes that one unit reads, as DynamoDB bills it."""

BYTES_A_GB, MB_A_GB = 1e9, 1024
SECONDS_AN_HOUR = 3600


@dataclass(frozen=True)
class Force:
    """How many accounts, and how many people are in the two lists of each."""

    accounts: int
    followers: int
    followed: int


@dataclass(frozen=True)
class Pace:
    """What a platform allows: people on a page, `requests` in each `window` of seconds for each key
    (`shared`: for all keys together), and what it bills for a person it tells of."""

    platform: str
    people_a_page: int
    requests: int
    window: int
    shared: bool
    usd_a_person: float
    source: str


@dataclass(frozen=True)
class Setting:
    """How it is set up: memory of the function in MB, accounts of a batch, which are read one after
    the other, batches read at once, hours in which all is to be read, seconds after which a
    function begins nothing new, seconds for which it keeps the names it has made ready; and what
    nobody here can measure: the part of a processor that a GB-second has, seconds a platform takes
    for a page and AWS for a call, bytes of log that an invocation writes."""

    memory: int
    together: int
    at_once: int
    hours: float
    longest_run: float
    names_kept: float
    processors: float
    seconds_a_page: float
    seconds_a_call: float
    log_bytes: float


@dataclass(frozen=True)
class Registry:
    """What is done before anything is read, once for several invocations: bytes and processor
    seconds of every account's row, and of making ready the names of ours; `name_bytes` is the
    memory those take."""

    row_bytes: float
    row_seconds: float
    names_seconds: float
    name_bytes: float
    input_bytes: float


@dataclass(frozen=True)
class Ground:
    """What is the same on every platform."""

    force: Force
    setting: Setting
    registry: Registry

    @property
    def batch(self) -> int:
        """Accounts that are read one after the other."""
        return min(self.force.accounts, self.setting.together)

    @property
    def batches(self) -> int:
        """How many of them there are."""
        return ceil(self.force.accounts / self.batch)

    @property
    def share(self) -> float:
        """The part of a processor that the function has."""
        return self.setting.memory / MB_A_GB * self.setting.processors

    @property
    def ready_seconds(self) -> float:
        """Of making ready: every row, and every name of ours."""
        each = self.registry.row_seconds + self.registry.names_seconds
        return self.force.accounts * each / self.share


@dataclass(frozen=True)
class One:
    """One account's month: pages asked for (profiles among them), people told of, processor seconds
    for them, calls to AWS, what is billed for those, and leaves of the record log."""

    pages: int
    people: int
    seconds: float
    calls: int
    used: Usage
    leaves: int


@dataclass(frozen=True)
class Plan:
    """A force's month on one platform. `least_seconds` is how long it takes at the platform's pace
    and with nothing else in the way; `wall_seconds` how long with as many at once as are set;
    `at_once` how many there have to be to end in time."""

    platform: str
    pages: int
    people: int
    calls: int
    invocations: int
    transitions: int
    lambda_seconds: float
    leaves: int
    least_seconds: float
    wall_seconds: float
    at_once: int
    cost: Mapping[str, float]
    platform_cost: float

    @property
    def total(self) -> float:
        """What AWS bills."""
        return sum(self.cost.values())


@dataclass(frozen=True)
class _Runs:
    """How often the function is called, how often it makes names ready, and its seconds in all."""

    invocations: int
    ready: int
    seconds: float


def plan(ground: Ground, pace: Pace, one: One, price: Callable[[str], float]) -> Plan:
    """The sum; `price` is that of one unit by the name of the price list."""
    force, setting = ground.force, ground.setting
    waits = 0 if pace.shared else max(0, ceil(one.pages / pace.requests) - 1)
    rounds = max(1 + waits, _runs(ground, one))
    work, invocations = ground.batch * _work(ground, one), ground.batches * rounds
    held = rounds * ground.ready_seconds + work + waits * pace.window
    least = max(held, _together(force, pace, one)) if pace.shared else held
    # Names are not kept for as long as a window lasts.
    ready = invocations if waits else _ready(ground, invocations, work / rounds)
    seconds = ready * ground.ready_seconds + force.accounts * _work(ground, one)
    all_held = seconds + ground.batches * waits * pace.window
    transitions = EXECUTION + ground.batches * (CHILD + (rounds - 1) * GO_ON + waits * WAIT)
    used = _used(ground, one, _Runs(invocations, ready, seconds))
    used["step functions transition"] = transitions
    return Plan(
        platform=pace.platform,
        pages=force.accounts * one.pages,
        people=force.accounts * one.people,
        calls=force.accounts * one.calls,
        invocations=invocations,
        transitions=transitions,
        lambda_seconds=seconds,
        leaves=force.accounts * one.leaves,
        least_seconds=least,
        wall_seconds=max(least, all_held / setting.at_once),
        at_once=ceil(all_held / (setting.hours * SECONDS_AN_HOUR)),
        cost={name: count * price(name) for name, count in used.items() if count},
        platform_cost=force.accounts * one.people * pace.usd_a_person,
    )


def _work(ground: Ground, one: One) -> float:
    """Seconds of reading one account, however many invocations share it."""
    away = one.pages * ground.setting.seconds_a_page + one.calls * ground.setting.seconds_a_call
    return one.seconds / ground.share + away


def _runs(ground: Ground, one: One) -> int:
    """Invocations of one batch: another whenever the time of one is over."""
    left = ground.setting.longest_run - ground.ready_seconds
    # Whoever is past the time when it begins reads one page all the same.
    pages = ground.batch * one.pages
    return ceil(ground.batch * _work(ground, one) / left) if left > 0 else pages


def _ready(ground: Ground, invocations: int, seconds: float) -> int:
    """How often names are made ready, where each invocation reads for so many seconds: as many as
    are at once are warm, and each uses them while they are young enough."""
    at_once, kept = ground.setting.at_once, ground.setting.names_kept
    served = 1 + max(0, floor((kept - ground.ready_seconds) / seconds))
    return min(invocations, at_once * ceil(invocations / at_once / served))


def _together(force: Force, pace: Pace, one: One) -> float:
    """Seconds until all keys have had their turn, where they share a pace."""
    return force.accounts * one.pages / pace.requests * pace.window


def _used(ground: Ground, one: One, runs: _Runs) -> Usage:
    """Units by the names of the price list; the registry is scanned whenever names are made."""
    force, setting = ground.force, ground.setting
    used: Usage = Counter({name: count * force.accounts for name, count in one.used.items()})
    scanned = ceil(force.accounts * ground.registry.row_bytes / READ_UNIT)
    billed: dict[str, Any] = {
        "dynamodb read unit": runs.ready * scanned,
        "secret read": runs.invocations,
        "kms request": runs.invocations,
        "lambda request": runs.invocations,
        "trace": runs.invocations,
        "lambda GB-second": runs.seconds * setting.memory / MB_A_GB,
        "log GB": runs.invocations * setting.log_bytes / BYTES_A_GB,
    }
    return used + Counter(billed)


def narrowest(plans: Mapping[str, Plan]) -> str:
    """The platform whose own pace takes longest; of equals the one that is asked most often."""
    return max(plans, key=lambda name: (plans[name].least_seconds, plans[name].pages))
