"""What stands in the way of a force this large, whatever it costs."""

from collections.abc import Sequence
from dataclasses import dataclass

from local.scale.paces import listed, most_input
from local.scale.plan import MB_A_GB, Ground, Plan
from watch.following.begin_reviews import PART

OWN_BYTES = 150 * MB_A_GB * MB_A_GB
"""What the function takes before it knows a name: Python, boto3, the rows of the registry."""


@dataclass(frozen=True)
class Limit:
    """One bound: what it takes, what there is, in which unit, and what to change."""

    name: str
    takes: float
    most: float
    unit: str
    change: str

    @property
    def met(self) -> bool:
        """Whether it fits."""
        return self.takes <= self.most


def limits(ground: Ground, plans: Sequence[Plan]) -> tuple[Limit, ...]:
    """Every bound of a force's reviews; `plans` is one for each platform, and all are read at
    once."""
    force, setting, registry = ground.force, ground.setting, ground.registry
    quota = float(listed()["assumed"]["quota of accounts read at once"])
    memory = (OWN_BYTES + force.accounts * registry.name_bytes) / MB_A_GB / MB_A_GB
    given = min(force.accounts, PART) * registry.input_bytes
    at_once = sum(each.at_once for each in plans)
    return (
        Limit("memory of ReadFollowers", memory, setting.memory, "MB", "MemorySize"),
        Limit(
            "making ready, each time", ground.ready_seconds, setting.longest_run, "s", "MemorySize"
        ),
        Limit("batches read at once", at_once, setting.at_once, "at once", "MaxConcurrency"),
        Limit("Lambda concurrency", setting.at_once, quota, "at once", "the region’s quota"),
        Limit("input of an execution", given, most_input(), "bytes", "PART of begin_reviews"),
    )
