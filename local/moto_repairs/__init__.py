"""moto 5.2.5, repaired where it would mislead us.

One module a service. Every repair has a scenario in tests/workflows/moto_scenarios that stock moto
fails and repaired moto passes, so that an upgrade tells which repair can go.

    attaching    how a piece takes the place of moto's, and the errors
    waiting      Step Functions: waits, time-outs, heartbeats, retries by the clock
    tokens       Step Functions: one decision a task token
    definitions  Step Functions: they and their paths read once
    executions   Step Functions: start, stop, names; which run; threads that have run go
    resting      Step Functions: whether anything happens in those that run
    maps         Step Functions: what a distributed Map tolerates
    tasks        Step Functions: casing of direct AWS calls
    rules        EventBridge: rules without a pattern; functions and machines as targets
    letters      SES: event destinations; what becomes of a mail is told; only heads are read
    keys         KMS: Ed25519; wrong signatures refused
    tables       DynamoDB: atomic under many threads; transactions
    exports      DynamoDB: exports take their time, and are found by their manifests
    buckets      S3: retention; conditional puts; dates by the clock; versions by the policy
    uploads      S3: forms are held by their policy
    secrets      Secrets Manager: found by their names
    reading      every service: described once, without manuals; EC2: without its lists of machines
    finding      every service: found without a look at the disk
    keeping      every service: what is over is let go; mails lie in a file
    noise        logging
"""

from importlib.metadata import version

from local.clock import Clock
from local.moto_repairs import (
    buckets,
    definitions,
    executions,
    exports,
    finding,
    keeping,
    keys,
    letters,
    maps,
    noise,
    reading,
    resting,
    rules,
    secrets,
    tables,
    tasks,
    tokens,
    uploads,
    waiting,
)
from local.moto_repairs.attaching import (
    ClockInUse,
    MotoChangedError,
    MotoRepairError,
    MotoVersionError,
)

__all__ = [
    "MotoChangedError",
    "MotoRepairError",
    "MotoVersionError",
    "abort_executions",
    "apply",
    "running_executions",
]

MOTO = "5.2.5"

_in_use: list[ClockInUse] = []


def apply(clock: Clock) -> None:
    """Repair moto, before its server starts. Again: moto goes by another clock from now on."""
    if _in_use:
        _in_use[0].clock = clock
        return
    found = version("moto")
    if found != MOTO:
        raise MotoVersionError(found, MOTO)
    in_use = ClockInUse(clock)
    _in_use.append(in_use)
    noise.repair()
    reading.repair()
    waiting.repair(in_use)
    tokens.repair()
    definitions.repair()
    executions.repair(in_use)
    maps.repair()
    tasks.repair()
    rules.repair()
    letters.repair(in_use)
    keys.repair()
    tables.repair(in_use)
    exports.repair(in_use)
    buckets.repair(in_use)
    uploads.repair(in_use)
    secrets.repair()
    finding.repair()
    keeping.repair()


def abort_executions() -> int:
    """Stop every running execution, so that none outlives its server; returns how many."""
    return executions.abort_all(_in_use[0]) if _in_use else 0


def running_executions() -> list[str]:
    """The ARNs of all executions that run now."""
    return executions.running()


def executions_rest() -> bool:
    """Whether they all wait, as far as one look tells."""
    return resting.at_rest()
