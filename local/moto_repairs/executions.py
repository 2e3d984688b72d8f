"""Starting and stopping executions.

Names are checked as AWS checks them, an execution without one gets a UUID, and two starts of one
name at the same instant start one execution. A stopped execution is ABORTED at once wherever it
waits, and keeps the error and cause it was stopped with. One that fails is told of, as an alarm
would in the cloud. Which of them run is known without a look at all that ever ran. And threads that
have run go: moto keeps each, with all that could be waited for, and a year has tens of thousands.
"""

import logging
import threading
from typing import Any
from uuid import uuid4

import boto3
from botocore.config import Config

from local.moto_repairs.attaching import ClockInUse, StandIn, module, replace

CONNECTIONS = 64
"""Tasks of all executions that may call one service at the same time without a new connection."""

_begun: dict[str, Any] = {}
"""By ARN: every execution that ran when somebody last looked, and those begun since."""

_starting = threading.Lock()

_LOG = logging.getLogger(__name__)

START_SECONDS = 30.0
"""Real seconds an execution may take to begin before stopping it is given up."""


def repair(in_use: ClockInUse) -> None:
    """Attach all of it."""
    _repair_start()
    _repair_stop(in_use)
    _repair_clients()
    _tell_of_failures()
    _let_threads_go()


def abort_all(in_use: ClockInUse) -> int:
    """Stop every running execution: none may outlive its server. Returns how many there were."""
    stopped = [_begun[arn] for arn in running()]
    for execution in stopped:
        execution.stop(stop_date=in_use.clock.now(), error=None, cause="the local force stops")
    return len(stopped)


def running() -> list[str]:
    """The ARNs of all executions that run, without a look at the thousands that ended."""
    with _starting:
        for arn in [arn for arn, each in _begun.items() if each.status != "RUNNING"]:
            del _begun[arn]
        return list(_begun)


def _repair_start() -> None:
    backend = module("stepfunctions.parser.models").StepFunctionsParserBackend

    def start(
        self: Any,
        state_machine_arn: str,
        name: str | None = None,
        execution_input: str | None = None,
        trace_header: str | None = None,
    ) -> Any:
        if name is not None:
            self._validate_name(name)
        with _starting:
            begun = before(
                self, state_machine_arn, name or str(uuid4()), execution_input, trace_header
            )
            _begun[begun.exec_arn] = begun
            return begun

    before = replace(backend, "start_execution", start)
    # An execution is listed an instant before it has a status.
    execution = module("stepfunctions.parser.backend.execution").Execution
    replace(execution, "status", property(_status))


def _status(execution: Any) -> str:
    return str(execution.exec_status.value) if execution.exec_status else "RUNNING"


def _repair_stop(in_use: ClockInUse) -> None:
    backend = module("stepfunctions.parser.backend.execution")
    running = module("stepfunctions.parser.asl.eval.program_state").ProgramRunning
    results = module("core.responses")

    def started(execution: Any) -> bool:
        env = execution.exec_worker.env
        return env is not None and isinstance(env.program_state(), running)

    def stop(self: Any, stop_date: Any, error: str | None, cause: str | None) -> None:
        beginning = threading.Event()
        waited = 0.0
        while self.status == "RUNNING" and not started(self) and waited < START_SECONDS:
            beginning.wait(0.01)
            waited += 0.01
        if self.status == "RUNNING":
            self.error, self.cause = error, cause
            before(self, stop_date, error, cause)

    def answer(self: Any) -> Any:
        execution = self.stepfunction_backend.describe_execution(self._get_param("executionArn"))
        stop_date = in_use.clock.now()
        error, cause = self._get_param("error"), self._get_param("cause")
        execution.stop(stop_date=stop_date, error=error, cause=cause)
        return results.ActionResult({"stopDate": execution.stop_date or stop_date})

    before = replace(backend.Execution, "stop", stop)
    replace(module("stepfunctions.responses").StepFunctionResponse, "stop_execution", answer)


def _tell_of_failures() -> None:
    place = module("stepfunctions.parser.backend.execution")

    def terminated(self: Any) -> None:
        before(self)
        execution = self.execution
        if execution.status in {"FAILED", "TIMED_OUT"}:
            _LOG.warning(
                "execution %s ended %s: %s: %s",
                execution.name,
                execution.status,
                execution.error,
                execution.cause,
            )

    before = replace(place.BaseExecutionWorkerCommunication, "terminated", terminated)


def _let_threads_go() -> None:
    """Whenever an execution ends. Those that run on are held by Python itself."""
    place = module("stepfunctions.parser.backend.execution")
    threads = module("stepfunctions.parser.utils").TMP_THREADS

    def terminated(self: Any) -> None:
        threads.clear()
        before(self)

    before = replace(place.BaseExecutionWorkerCommunication, "terminated", terminated)


def _repair_clients() -> None:
    """One client a service, made one at a time: boto3's default session is not thread safe."""
    making = threading.Lock()
    made: dict[tuple[str, str, str | None], Any] = {}
    session = boto3.session.Session()

    def client(
        service_name: str, region_name: str, endpoint_url: str | None = None, **how: Any
    ) -> Any:
        with making:
            key = service_name, region_name, endpoint_url
            if key not in made:
                config = how.pop("config").merge(Config(max_pool_connections=CONNECTIONS))
                made[key] = session.client(
                    service_name,  # type: ignore[call-overload]
                    region_name=region_name,
                    endpoint_url=endpoint_url,
                    config=config,
                    **how,
                )
            return made[key]

    place = module("stepfunctions.parser.asl.utils.boto_client")
    replace(place, "boto3", StandIn(boto3, client=client))
