"""Task tokens as AWS keeps them: one decision each, in time, its cause kept.

Each attempt of a waiting Task has a token of its own. A decision is accepted once, while the
attempt waits; afterwards (decided, timed out, retried, execution over) it is refused with
TaskTimedOut, which the API says of a token that has expired or whose task is closed.
"""

import json
import threading
from typing import Any

from local.moto_repairs.attaching import module, replace

CALLBACK = "stepfunctions.parser.asl.eval.callback.callback"

_deciding = threading.Lock()
"""Held while a token is decided or given up: never both."""


def repair() -> None:
    """Attach all of it."""
    callback = module(CALLBACK)
    replace(callback.CallbackEndpoint, "notify", _notify(callback))
    waiting = module(
        "stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback"
    ).StateTaskServiceCallback
    replace(waiting, "_eval_wait_for_task_token", _last_look(waiting, callback))
    _repair_requests()


def opened(env: Any) -> Any:
    """The token's endpoint of the Task about to be tried: a new one where the last is used up."""
    task = env.states.context_object.context_object_data.get("Task")
    endpoint = env.callback_pool_manager.get(task["Token"]) if task else None
    if endpoint is None or (endpoint.consumer_error is None and endpoint.get_outcome() is None):
        return endpoint
    return env.callback_pool_manager.add(env.states.context_object.update_task_token())


def given_up(endpoint: Any) -> bool:
    """Stop waiting for a decision; False where one has just been accepted."""
    with _deciding:
        if endpoint.get_outcome() is not None:
            return False
        endpoint.report(module(CALLBACK).CallbackConsumerTimeout())
        return True


def close(endpoint: Any) -> None:
    """The attempt is over: refuse what comes later, and let go whoever still waits."""
    given_up(endpoint)
    endpoint.interrupt_all()


def _notify(callback: Any) -> Any:
    before = callback.CallbackEndpoint.notify

    def notify(self: Any, outcome: Any) -> None:
        with _deciding:
            if self.consumer_error is not None or self.get_outcome() is not None:
                raise callback.CallbackNotifyConsumerError(callback.CallbackConsumerTimeout())
            before(self, outcome)

    return notify


def _last_look(waiting: Any, callback: Any) -> Any:
    before = waiting._eval_wait_for_task_token
    gave_up = callback.CallbackOutcomeTimedOut, callback.HeartbeatTimedOut

    def wait(
        self: Any, env: Any, timeout_seconds: Any, callback_endpoint: Any, heartbeat_endpoint: Any
    ) -> Any:
        outcome = before(self, env, timeout_seconds, callback_endpoint, heartbeat_endpoint)
        if isinstance(outcome, gave_up) and not given_up(callback_endpoint):
            return callback_endpoint.get_outcome()
        return outcome

    return wait


def _repair_requests() -> None:
    callback = module(CALLBACK)
    backend = module("stepfunctions.parser.models").StepFunctionsParserBackend

    def decide(self: Any, token: str, outcome: Any) -> None:
        try:
            _endpoint(self, token).notify(outcome)
        except callback.CallbackNotifyConsumerError as error:
            raise _closed() from error

    def success(self: Any, task_token: str, outcome: str) -> None:
        try:
            json.loads(outcome)
        except ValueError as error:
            raise _refusal("InvalidOutput", "Invalid Output: not JSON") from error
        decide(self, task_token, callback.CallbackOutcomeSuccess(task_token, outcome))

    def failure(
        self: Any, task_token: str, error: str | None = None, cause: str | None = None
    ) -> None:
        decide(self, task_token, callback.CallbackOutcomeFailure(task_token, error, cause))

    def heartbeat(self: Any, task_token: str) -> None:
        endpoint = _endpoint(self, task_token)
        if endpoint.consumer_error is not None or endpoint.get_outcome() is not None:
            raise _closed()
        # Without HeartbeatSeconds there is nothing to extend, and nothing wrong.
        endpoint.notify_heartbeat()

    replace(backend, "send_task_success", success)
    replace(backend, "send_task_failure", failure)
    replace(backend, "send_task_heartbeat", heartbeat)
    responses = module("stepfunctions.responses").StepFunctionResponse
    replace(responses, "send_task_failure", _failure_with_its_cause)


def _closed() -> Exception:
    return _refusal("TaskTimedOut", "Task Timed Out: the token has expired or its task is closed")


def _refusal(code: str, message: str) -> Exception:
    error: Exception = module("core.exceptions").AWSError(message, code, 400)
    return error


def _endpoint(backend: Any, token: str) -> Any:
    api = module("stepfunctions.parser.api")
    for execution in backend._get_executions():
        env = execution.exec_worker.env if execution.exec_worker else None
        endpoint = env.callback_pool_manager.get(token) if env else None
        if endpoint is not None:
            if execution.exec_status != api.ExecutionStatus.RUNNING:
                raise _closed()
            return endpoint
    raise _refusal("InvalidToken", "Invalid Token: nobody was given it")


def _failure_with_its_cause(self: Any) -> Any:
    self.stepfunction_backend.send_task_failure(
        self._get_param("taskToken"), error=self._get_param("error"), cause=self._get_param("cause")
    )
    return module("core.responses").EmptyResult()
