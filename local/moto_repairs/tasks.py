"""Tasks that call AWS directly: arguments and answers in the casing and types of their API."""

import datetime
import threading
from functools import cache
from typing import Any

import botocore.session
from botocore.model import OperationModel

from local.moto_repairs.attaching import module, replace

_loading = threading.Lock()
_session = botocore.session.Session()


def repair() -> None:
    """Attach both directions."""
    service = module(
        "stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service"
    ).StateTaskService
    replace(service, "_normalise_parameters", _parameters)
    replace(service, "_normalise_response", _answer)


def _parameters(
    self: Any,
    parameters: dict[str, Any],
    boto_service_name: str | None = None,
    service_action_name: str | None = None,
) -> None:
    operation = _operation(self, boto_service_name, service_action_name)
    if operation is not None and operation.input_shape is not None:
        self._to_boto_request(parameters, operation.input_shape)


def _answer(
    self: Any,
    response: Any,
    boto_service_name: str | None = None,
    service_action_name: str | None = None,
) -> None:
    operation = _operation(self, boto_service_name, service_action_name)
    if operation is None or operation.output_shape is None or not isinstance(response, dict):
        return
    self._from_boto_response(response, operation.output_shape)
    response.update(_plain(response))


def _operation(self: Any, service: str | None, action: str | None) -> OperationModel | None:
    """The API operation a Task calls; None where botocore does not know it."""
    return _described(self._get_boto_service_name(service), self._get_boto_service_action(action))


@cache
def _described(service: str, method: str) -> OperationModel | None:
    """Looked for once among a service's hundred operations, and not at every call."""
    with _loading:
        if service not in _session.get_available_services():
            return None
        model = _session.get_service_model(service)
    wanted = method.replace("_", "").lower()
    named = (operation for operation in model.operation_names if operation.lower() == wanted)
    return next((model.operation_model(operation) for operation in named), None)


def _plain(value: Any) -> Any:
    """The value as JSON knows it: moments become RFC 3339 text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime.datetime):
        moment = value.astimezone(datetime.UTC).isoformat(timespec="milliseconds")
        return moment.replace("+00:00", "Z")
    return value
