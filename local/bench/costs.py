"""What a thousand posts cost, and a month in which nothing happens: counts times list prices.

The prices are in `prices.json`, with their source and date. Each post is charged two runs of the
sequencer of its own, as if no other post shared its minutes.
"""

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from samtranslator.yaml_helper import yaml_parse

from local.bench.row import Row, at_most
from local.bench.traffic import Traffic
from local.bench.travel import HTTP_REQUESTS, Travel
from local.bench.usage import UnpricedError, Usage, tables_of, usage_of
from local.function import Function
from local.occurrences import Rate
from local.stack import TEMPLATE, Stack
from local.template import NESTED

POSTS = 1_000
PER_THOUSAND_POSTS, PER_IDLE_MONTH = 1.0, 5.0
HOURS_A_MONTH = 730
BYTES_A_GB, MB_A_GB = 1e9, 1024


@dataclass(frozen=True)
class Bill:
    """What was used and what it costs in all, in the currency of the price list."""

    used: Usage
    total: float

    @property
    def largest(self) -> str:
        """The three items that cost most."""
        prices = {name: self.used[name] * price(name) for name in self.used if name != "free"}
        most = sorted(prices, key=lambda name: -prices[name])[:3]
        return ", ".join(f"{name} {prices[name]:.2f}" for name in most)


def rows(stack: Stack, traffic: Traffic, travel: Travel) -> list[Row]:
    """The cost of a thousand posts like this one, and of an idle month."""
    posts, idle = _posts(stack, travel), _idle(stack, traffic)
    listed = f"list prices of {_list()['region']} as of {_list()['date']}, unchecked"
    return [
        at_most(
            "cost of 1,000 approved posts on one target",
            posts.total,
            "USD",
            PER_THOUSAND_POSTS,
            f"{listed}; most of it: {posts.largest}",
        ),
        at_most(
            "cost of an idle month of one stack",
            idle.total,
            "USD",
            PER_IDLE_MONTH,
            f"{listed}; most of it: {idle.largest}; besides, "
            f"{price('secret month'):.2f} for every account on every platform",
        ),
    ]


def _posts(stack: Stack, travel: Travel) -> Bill:
    calls = (*travel.calls, *travel.sequencing, *travel.watching)
    used = usage_of(calls, _indexes(stack))
    used["step functions transition"] += travel.transitions
    used["api gateway request"] += HTTP_REQUESTS
    # Which functions a post came through is not counted, so each is charged as the dearest.
    dearest = max(stack.functions.values(), key=lambda function: function.memory)
    invocations = travel.invocations + travel.sequencer_runs + travel.watcher_runs
    used += _running(replace(dearest, traced=True), invocations)
    return _bill(Counter({name: count * POSTS for name, count in used.items()}))


def _idle(stack: Stack, traffic: Traffic) -> Bill:
    """The schedules fire and find nothing; keys and alarms stand."""
    used: Usage = Counter()
    tables: set[str] = set()
    firings_of = _firings(stack)
    for name in firings_of:
        stack.call(name, {})  # what happened before is dealt with: it was not an idle month's
    for name, firings in firings_of.items():
        began = traffic.mark
        stack.call(name, {})
        calls = traffic.since(began)
        tables |= {table for call in calls if call.request for table in tables_of(call.request)}
        for unit, count in usage_of(calls, _indexes(stack)).items():
            used[unit] += count * firings
        used["schedule firing"] += firings
        used += _running(stack.functions[name], firings)
    kinds = _kinds(TEMPLATE)
    used["kms key month"] += kinds["AWS::KMS::Key"]
    used["alarm month"] += kinds["AWS::CloudWatch::Alarm"]
    refreshed = _list()["assumed"]["data key requests an hour and table in use"]
    used["kms request"] += refreshed * HOURS_A_MONTH * len(tables)
    return _bill(used)


def _running(function: Function, invocations: int) -> Usage:
    """What invocations of a function cost beside its calls."""
    assumed = _list()["assumed"]
    seconds = invocations * assumed["billed seconds an invocation"]
    used: dict[str, Any] = {
        "lambda request": invocations,
        "trace": invocations if function.traced else 0,
        "lambda GB-second": seconds * function.memory / MB_A_GB,
        "log GB": invocations * assumed["log bytes an invocation"] / BYTES_A_GB,
    }
    return Counter(used)


def _firings(stack: Stack) -> dict[str, int]:
    """How often a month each scheduled function is called, by logical id."""
    ids = {function.arn: logical_id for logical_id, function in stack.functions.items()}
    firings: Counter[str] = Counter()
    began, month = stack.clock.now(), timedelta(hours=HOURS_A_MONTH)
    for schedule in stack.schedules.read():
        if schedule.target_arn not in ids:
            raise UnpricedError(f"{schedule.name} calls no function: nobody said what it costs.")
        # Passed over, a rate fires once; in a month that passes as usual it fires every time.
        often = (
            month // schedule.expression.every
            if isinstance(schedule.expression, Rate)
            else len(schedule.due(began, began + month))
        )
        firings[ids[schedule.target_arn]] += often
    return firings


def _indexes(stack: Stack) -> dict[str, int]:
    """How many indexes each table has."""
    client = stack.aws.client("dynamodb")
    names = client.list_tables()["TableNames"]
    described = (client.describe_table(TableName=name)["Table"] for name in names)
    return {table["TableName"]: len(table.get("GlobalSecondaryIndexes", ())) for table in described}


def _kinds(path: Path) -> Counter[str]:
    """How many resources of each type a template has, nested ones included."""
    counted: Counter[str] = Counter()
    for resource in yaml_parse(path.read_text("utf-8"))["Resources"].values():
        counted[str(resource["Type"])] += 1
        if resource["Type"] in NESTED:
            counted += _kinds(path.parent / resource["Properties"]["TemplateURL"])
    return counted


def _bill(used: Usage) -> Bill:
    return Bill(used, sum(used[name] * price(name) for name in used if name != "free"))


def price(name: str) -> float:
    """The price of one unit."""
    listed = _list()["prices"][name]
    return float(listed["usd"]) / float(listed["per"])


@cache
def _list() -> dict[str, Any]:
    path = Path(__file__).with_name("prices.json")
    listed: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return listed
