"""A moto server in this process, its functions ordinary Python, its state machines interpreted."""

import io
import json
import os
import threading
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from typing import Any, Self
from uuid import uuid4

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.awslambda.models import LambdaFunction
from moto.core.config import default_user_config
from moto.server import ThreadedMotoServer

from local import moto_repairs
from local.clock import Clock

PATIENCE = 20.0
"""Real seconds until something that must happen has failed to."""

GLANCE = 0.25
"""Real seconds in which something that must not happen is given the chance to."""

HOUR = timedelta(hours=1)
ROLE = "arn:aws:iam::123456789012:role/anything"


class Cloud:
    """The server, its clients, its clock, and the state machines a scenario makes."""

    def __init__(self, *, repaired: bool) -> None:
        self.clock = Clock()
        self.repaired = repaired
        self.functions: dict[str, Callable[[dict[str, Any]], Any]] = {}
        self._clients: dict[str, Any] = {}
        if repaired:
            moto_repairs.apply(self.clock)
        LambdaFunction.invoke = self._invoke
        default_user_config["stepfunctions"]["execute_state_machine"] = True
        self._server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self._server.start()
        self._port = self._server.get_host_and_port()[1]
        os.environ["MOTO_PORT"] = str(self._port)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        moto_repairs.abort_executions()
        self._server.stop()

    def client(self, service: str) -> Any:
        if service not in self._clients:
            self._clients[service] = boto3.client(
                service,
                region_name="eu-west-2",
                aws_access_key_id="a",
                aws_secret_access_key="b",
                endpoint_url=f"http://127.0.0.1:{self._port}",
                config=Config(read_timeout=30, retries={"total_max_attempts": 1}),
            )
        return self._clients[service]

    def now(self) -> datetime:
        """The time moto goes by."""
        return self.clock.now() if self.repaired else datetime.now(UTC)

    # ── functions ─────────────────────────────────────────────────────────────

    def function(self, name: str, body: Callable[[dict[str, Any]], Any]) -> str:
        """Deploy `body` under a name of its own; its result or exception is the function's."""
        self.functions[name] = body
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("app.py", "")
        iam = self.client("iam")
        role = iam.create_role(RoleName=f"{name}-role", AssumeRolePolicyDocument="{}")
        return self.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.11",
            Role=role["Role"]["Arn"],
            Handler="app.run",
            Code={"ZipFile": package.getvalue()},
        )["FunctionArn"]

    def _invoke(self, body, _request_headers, response_headers) -> bytes:
        event = json.loads(body)
        name = event.pop("function")
        try:
            return json.dumps(self.functions[name](event)).encode()
        except Exception as error:  # noqa: BLE001 - whatever a function raises is its error
            response_headers["x-amz-function-error"] = "Unhandled"
            said = {"errorType": type(error).__name__, "errorMessage": str(error)}
            return json.dumps(said).encode()

    # ── state machines ────────────────────────────────────────────────────────

    def machine(self, states: dict[str, Any], **top: Any) -> str:
        """A state machine that starts at the first of `states`."""
        definition = {"StartAt": next(iter(states)), "States": states} | top
        return self.client("stepfunctions").create_state_machine(
            name=f"machine-{uuid4().hex}", definition=json.dumps(definition), roleArn=ROLE
        )["stateMachineArn"]

    def start(self, states: dict[str, Any], given: Any = None, **top: Any) -> str:
        """Start an execution of a new machine; returns its ARN."""
        return self.client("stepfunctions").start_execution(
            stateMachineArn=self.machine(states, **top),
            name=f"execution-{uuid4().hex}",
            input=json.dumps(given or {}),
        )["executionArn"]

    def end(self, execution: str, patience: float = PATIENCE) -> dict[str, Any]:
        """DescribeExecution once it has ended, or as it is when patience is over."""
        describe = self.client("stepfunctions").describe_execution

        def ended() -> dict[str, Any] | None:
            answer = describe(executionArn=execution)
            return answer if answer["status"] != "RUNNING" else None

        return poll(ended, patience) or describe(executionArn=execution)

    def turned(self, execution: str, by: timedelta = 25 * HOUR) -> str:
        """The status of a waiting execution when the clock is turned (again, if it came late)."""
        self.wait_until_in(execution)
        for _ in range(int(PATIENCE / GLANCE) if self.repaired else 1):
            self.clock.advance(by)
            status = self.end(execution, GLANCE)["status"]
            if status != "RUNNING":
                return status
        return "RUNNING"

    def wait_until_in(self, execution: str, state: str | None = None) -> None:
        """Hold on until the execution has entered a state, or the one named."""
        history = self.client("stepfunctions").get_execution_history

        def there() -> bool:
            entered = [
                event["stateEnteredEventDetails"]["name"]
                for event in history(executionArn=execution)["events"]
                if "stateEnteredEventDetails" in event
            ]
            return bool(entered) and (state is None or state in entered)

        self._hold_on(there)

    def wait_for_events(self, execution: str, kind: str, number: int = 1) -> None:
        """Hold on until the execution's history has so many events of a kind."""
        history = self.client("stepfunctions").get_execution_history
        self._hold_on(
            lambda: (
                sum(one["type"] == kind for one in history(executionArn=execution)["events"])
                >= number
            )
        )

    def _hold_on(self, there: Callable[[], bool]) -> None:
        if not poll(there, PATIENCE):
            msg = "an execution never came where the scenario wants it"
            raise AssertionError(msg)


class Asked:
    """A function that is called with a task token and keeps it."""

    def __init__(self, cloud: Cloud, name: str) -> None:
        self.tokens: SimpleQueue[str] = SimpleQueue()
        self.arn = cloud.function(name, lambda event: self.tokens.put(event["token"]))
        self._name = name

    def state(self, **fields: Any) -> dict[str, Any]:
        """A Task that asks, and waits for the answer."""
        payload = {"function": self._name, "token.$": "$$.Task.Token"}
        goes_on = {} if "Next" in fields else {"End": True}
        return (
            {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Parameters": {"FunctionName": self.arn, "Payload": payload},
                "TimeoutSeconds": 90000,
            }
            | fields
            | goes_on
        )

    def token(self) -> str:
        return self.tokens.get(timeout=PATIENCE)


def poll(ask: Callable[[], Any], patience: float) -> Any:
    """The first answer that is not nothing, or None when patience is over."""
    pause = threading.Event()
    for _ in range(int(patience / 0.01)):
        answer = ask()
        if answer:
            return answer
        pause.wait(0.01)
    return None


def meet(meeting: threading.Barrier, cloud: Cloud) -> None:
    """Let two threads pass together; where repaired moto lets only one come, not for long."""
    try:
        meeting.wait(timeout=0.3 if cloud.repaired else PATIENCE)
    except threading.BrokenBarrierError:
        return


def together(call: Callable[[], Any]) -> None:
    """Do it in two threads at once."""
    threads = [threading.Thread(target=call) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)


def outcome(call: Callable[..., Any], **arguments: Any) -> str:
    """The code of AWS's refusal, or "accepted"."""
    try:
        call(**arguments)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "accepted"
