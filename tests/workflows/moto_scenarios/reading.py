"""What is read when moto starts, and how often."""

import subprocess
import sys

import boto3

from tests.workflows.moto_scenarios.cloud import Cloud

BEGINNING = """
from local import moto_repairs
from local.clock import Clock
{}
import moto.stepfunctions.parser.models
from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS, INSTANCE_TYPES
offers = [each for regions in INSTANCE_TYPE_OFFERINGS.values() for each in regions.values()]
print(len(INSTANCE_TYPES), sum(map(len, offers)))
"""


def description_is_read_once(_cloud: Cloud) -> bool:
    """Whether what a second session knows of a service is what the first one has read."""
    first, second = (boto3.session.Session()._session for _ in range(2))
    return first.get_service_data("ec2") is second.get_service_data("ec2")


def manuals_nobody_reads(_cloud: Cloud) -> bool:
    """Whether a service's description is held with what AWS's manuals say of it."""
    described = boto3.session.Session()._session.get_service_data("sqs")
    return bool(described["documentation"])


def machines_nobody_hires(cloud: Cloud) -> list[int]:
    """How many kinds of machines, and of offers of them, a fresh process holds that runs states."""
    repairs = "moto_repairs.apply(Clock())" if cloud.repaired else ""
    fresh = (sys.executable, "-c", BEGINNING.format(repairs))
    told = subprocess.run(fresh, capture_output=True, check=True, text=True).stdout
    return [min(int(number), 1) for number in told.split()]


SCENARIOS = (description_is_read_once, manuals_nobody_reads, machines_nobody_hires)
