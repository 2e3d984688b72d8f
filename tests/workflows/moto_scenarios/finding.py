"""Every service: how long it looks for what it is asked about."""

from collections.abc import Callable
from typing import Any, ClassVar

from jsonpath_ng.ext.parser import ExtendedJsonPathParser
from moto.backend_index import backend_url_patterns
from moto.secretsmanager.models import FakeSecret, secretsmanager_backends

from local.aws import ACCOUNT, REGION
from local.moto_repairs import running_executions
from tests.workflows.moto_scenarios.cloud import Cloud, outcome

LONG = {"Long": {"Type": "Wait", "Seconds": 90000, "End": True}}


def _counted(owner: type, name: str, act: Callable[[], object]) -> int:
    """How often a method ran while something was done."""
    before, ran = getattr(owner, name), []

    def count(self: Any, *told: Any, **named: Any) -> Any:
        ran.append(name)
        return before(self, *told, **named)

    setattr(owner, name, count)
    try:
        act()
    finally:
        setattr(owner, name, before)
    return len(ran)


def secret_is_found_by_its_name(cloud: Cloud) -> list[Any]:
    """Whether another one was looked at; what comes by name, by ARN, and where there is none."""
    secrets = cloud.client("secretsmanager")
    made = [
        secrets.create_secret(Name=f"of-account-{n}", SecretString=f"word {n}") for n in range(5)
    ]
    first = secretsmanager_backends[ACCOUNT][REGION].secrets["of-account-0"]
    first.__class__, looked = _Watched, len(_Watched.looked)
    get = secrets.get_secret_value
    word = get(SecretId="of-account-4")["SecretString"]
    looked = len(_Watched.looked) - looked
    by_arn = get(SecretId=made[2]["ARN"])["SecretString"]
    return [min(looked, 1), word, by_arn, outcome(get, SecretId="of-nobody")]


class _Watched(FakeSecret):
    """A secret that notes who looks at its ARN."""

    looked: ClassVar[list[str]] = []

    def __getattribute__(self, name: str) -> Any:
        if name == "arn":
            _Watched.looked.append(name)
        return super().__getattribute__(name)


def path_is_read_once(cloud: Cloud) -> int:
    """A path that a state goes by is not read again; whether it was."""
    states = {"Only": {"Type": "Pass", "InputPath": "$.a.b", "End": True}}
    machine = cloud.machine(states)
    start = cloud.client("stepfunctions").start_execution

    def run(name: str = "again") -> None:
        execution = start(stateMachineArn=machine, name=name, input='{"a": {"b": 1}}')
        assert cloud.end(execution["executionArn"])["output"] == "1"

    run("first")
    return min(_counted(ExtendedJsonPathParser, "parse", run), 1)


def host_is_found_once(cloud: Cloud) -> int:
    """Whose host it is, is not looked up again; how many patterns were tried."""
    keys = cloud.client("kms")
    keys.list_keys()
    tried: list[str] = []

    class Watched:
        def __init__(self, pattern: Any) -> None:
            self._pattern = pattern

        def match(self, host: str) -> Any:
            tried.append(host)
            return self._pattern.match(host)

    before = list(backend_url_patterns)
    backend_url_patterns[:] = [(name, Watched(pattern)) for name, pattern in before]
    try:
        keys.list_keys()
    finally:
        backend_url_patterns[:] = before
    return min(len(tried), 1)


def which_executions_run(cloud: Cloud) -> list[bool]:
    """Whether one that waits, one that has ended, and one that was stopped are known to run."""
    waits, stopped = cloud.start(LONG), cloud.start(LONG)
    ended = cloud.start({"Only": {"Type": "Succeed"}})
    cloud.end(ended)
    cloud.client("stepfunctions").stop_execution(executionArn=stopped)
    cloud.end(stopped)
    return [arn in running_executions() for arn in (waits, ended, stopped)]


SCENARIOS = (
    secret_is_found_by_its_name,
    path_is_read_once,
    host_is_found_once,
    which_executions_run,
)
