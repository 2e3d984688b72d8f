"""moto's server inside this process: the cloud's control plane, our workers as its Lambda.

One cloud at a time: moto keeps its state in module variables. `apply` of `local.moto_repairs`
mends what moto gets wrong before the server starts.
"""

import json
from collections.abc import Callable
from typing import Any

from moto.awslambda.models import LambdaFunction
from moto.core.config import default_user_config
from moto.core.exceptions import JsonRESTError
from moto.moto_api._internal.models import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from local.answering import Wsgi
from local.clock import Clock
from local.lambdas import LambdaError, Lambdas, PayloadTooLargeError, TooManyRequestsError
from local.listening import Listener
from local.moto_repairs import abort_executions, apply

_serving: list[Lambdas] = []
"""The one stack whose functions moto calls; empty while none runs."""


class CloudBusyError(Exception):
    """A second stack was started while one was running in this process."""


class _ThrottledError(JsonRESTError):
    code = 429


class _TooLargeError(JsonRESTError):
    code = 413


class Cloud:
    """A running moto; `endpoint` is where every AWS client goes."""

    def __init__(self, clock: Clock) -> None:
        if _serving:
            raise CloudBusyError("Another local stack runs in this process; stop it first.")
        self._listener = Listener()
        self.endpoint = self._listener.url
        self.port = self._listener.port
        default_user_config["stepfunctions"]["execute_state_machine"] = True
        self._invoke_before = LambdaFunction.invoke
        apply(clock)
        LambdaFunction.invoke = _invoke  # type: ignore[method-assign]
        self._listener.serve(DomainDispatcherApplication(create_backend_app))

    def call(self, lambdas: Lambdas) -> None:
        """Let these functions answer from now on."""
        _serving[:] = [lambdas]

    def watch(self, wrapping: Callable[[Wsgi], Wsgi]) -> None:
        """Let somebody see every call to AWS from now on."""
        self._listener.wrap(wrapping)

    def stop(self) -> None:
        """Abort what runs, forget everything, give the port back."""
        # An interpreter that outlived its cloud would call into nowhere.
        abort_executions()
        _serving.clear()
        self._listener.close()
        moto_api_backend.reset()
        LambdaFunction.invoke = self._invoke_before  # type: ignore[method-assign]
        default_user_config["stepfunctions"]["execute_state_machine"] = False


def _invoke(
    self: LambdaFunction, body: str | bytes, request_headers: Any, response_headers: Any
) -> bytes:
    """What stands in for moto's own way to run a function (it wants Docker)."""
    if not _serving:
        raise JsonRESTError("ServiceException", "No local stack runs any functions now.")
    try:
        event = json.loads(body) if body else {}
    except ValueError as cause:
        raise JsonRESTError("InvalidRequestContentException", f"Not JSON: {cause}") from cause
    kind = request_headers.get("x-amz-invocation-type", "RequestResponse")
    try:
        return _run(self.function_name, event, kind, response_headers)
    except PayloadTooLargeError as refused:
        raise _TooLargeError("RequestTooLargeException", str(refused)) from refused
    except TooManyRequestsError as refused:
        raise _ThrottledError("TooManyRequestsException", str(refused)) from refused
    except LambdaError as refused:
        raise JsonRESTError("ServiceException", str(refused)) from refused


def _run(name: str, event: Any, kind: str, response_headers: Any) -> bytes:
    if kind == "DryRun":
        return b""
    if kind == "Event":
        _serving[0].send(name, event)
        return b""
    outcome = _serving[0].call(name, event)
    if outcome.fault:
        response_headers["x-amz-function-error"] = outcome.fault
    return outcome.payload.encode()
