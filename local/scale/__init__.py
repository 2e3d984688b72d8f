"""`make scale`: what the follower reviews of a large force take, from what one account takes here.

One account of a made-up force is read for real, on real rows, in the first month and in another;
`plan` multiplies, `telling` prints, and `build/scale.json` holds all of it. docs/scale.md says how
to read it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import ceil
from pathlib import Path
from typing import Any

from samtranslator.yaml_helper import yaml_parse

from local.bench.costs import price
from local.bench.telling import aside, progress
from local.scale import measured
from local.scale.limits import Limit, limits
from local.scale.paces import listed, paces, setting
from local.scale.plan import Force, Ground, Plan, Setting, narrowest, plan
from local.scale.telling import print_limits, print_plans, write
from local.stack import TEMPLATE
from watch.following.begin_reviews import PART, TOGETHER
from watch.following.names_of_ours import KEPT_FOR
from watch.following.read_followers import LONGEST_RUN

__all__ = ["scale"]

HELD, FOUND = 0, 1
MACHINE = TEMPLATE.parent / "statemachines" / "follower_review.asl.yaml"
FIRST, USUAL = "first month", "every month"

Plans = Mapping[tuple[str, str], Plan]
"""By platform and month."""


def scale(force: Force, output: Path) -> int:
    """Measure, add up, print a table, write `output`. 0 if it all fits, else 1."""
    progress("the registry")
    registry, ours = measured.registry(force, paces()[0].platform)
    ground = Ground(force, as_set_up(force), registry)
    plans: dict[tuple[str, str], Plan] = {}
    for pace in paces():
        progress(f"one account on {pace.platform}")
        one = measured.one(force, pace, ours)
        plans[pace.platform, FIRST] = plan(ground, pace, one.first, price)
        plans[pace.platform, USUAL] = plan(ground, pace, one.usual, price)
    found = limits(ground, [made for (_, month), made in plans.items() if month == FIRST])
    print_plans(plans)
    print(f"The narrowest is {_narrowest(plans)}.")
    print_limits(found)
    aside(f"Paces as of {listed()['date']}, unchecked; see docs/scale.md.")
    write(_told(ground, plans, found), output)
    return HELD if all(each.met for each in found) else FOUND


def _narrowest(plans: Plans) -> str:
    return narrowest({name: made for (name, month), made in plans.items() if month == USUAL})


def _told(ground: Ground, plans: Plans, found: Sequence[Limit]) -> dict[str, Any]:
    """All of it, as the file holds it."""
    made = [{"month": month, **asdict(each)} for (_, month), each in plans.items()]
    return {
        **asdict(ground),
        "plans": made,
        "narrowest": _narrowest(plans),
        "limits": [asdict(each) | {"met": each.met} for each in found],
        "assumed": listed(),
    }


def as_set_up(force: Force) -> Setting:
    """What the template and the state machine say of the reading; a large force has several
    executions at once."""
    template = _parsed(TEMPLATE)
    function = template["Resources"]["ReadFollowers"]["Properties"]
    memory = function.get("MemorySize", template["Globals"]["Function"]["MemorySize"])
    each = int(_parsed(MACHINE)["States"]["ReadAccounts"]["MaxConcurrency"])
    at_once = each * ceil(force.accounts / PART)
    kept = KEPT_FOR.total_seconds()
    return setting(int(memory), TOGETHER, at_once, LONGEST_RUN.total_seconds(), kept)


def _parsed(path: Path) -> Mapping[str, Any]:
    parsed: Mapping[str, Any] = yaml_parse(path.read_text("utf-8"))
    return parsed
