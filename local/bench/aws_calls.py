"""What one approved post asks of AWS, and what a further target adds."""

from collections import Counter

from local.bench.row import Row, at_most
from local.bench.traffic import Traffic
from local.bench.travel import Travel, travel
from local.stack import Stack

CALLS, TRANSITIONS, FURTHER = 30, 16, 6
COUNTED = (
    "from the author's POST to the end of the execution, the approver's GET and POST included; "
    "without schedules, events of the mail service, Lambda invocations and AWS's own"
)


def rows(stack: Stack, traffic: Traffic) -> tuple[list[Row], Travel]:
    """The counts, and the way of the post they were counted on.

    The first post is sent beforehand and not counted: functions start, platforms are signed in to.
    """
    targets = ("sandbox", "bluesky") if stack.pds else ("sandbox",)
    travel(stack, traffic, targets, 0)
    one = travel(stack, traffic, targets[:1], 1)
    found = [
        at_most(
            "AWS calls for one approved post on one target",
            len(one.calls),
            "calls",
            CALLS,
            f"{COUNTED}: {_by_service(one)}",
        ),
        at_most(
            "state transitions for one approved post on one target",
            one.transitions,
            "transitions",
            TRANSITIONS,
            "states entered, and one for the start",
        ),
    ]
    return found + (_further(one, travel(stack, traffic, targets, 2)) if stack.pds else []), one


def _further(one: Travel, two: Travel) -> list[Row]:
    beside = "sandbox and a Bluesky server against the sandbox alone, both signed in to"
    return [
        at_most(
            "AWS calls for a further target",
            len(two.calls) - len(one.calls),
            "calls",
            FURTHER,
            beside,
        ),
        at_most(
            "state transitions for a further target",
            two.transitions - one.transitions,
            "transitions",
            FURTHER,
            beside,
        ),
    ]


def _by_service(way: Travel) -> str:
    counted = Counter(call.service for call in way.calls)
    return ", ".join(f"{service} {count}" for service, count in counted.most_common())
