"""What goes to a handler beside the event, and what comes back, as Lambda words it."""

import json
import os
import time
import traceback
from collections.abc import Callable
from decimal import Decimal
from typing import Any

Json = Any
Handler = Callable[[Json, "Context"], Json]
Reply = dict[str, Json]


class Context:
    """What Lambda hands to a handler beside the event."""

    function_version = "$LATEST"
    identity = None
    client_context = None

    def __init__(self, request_id: str, seconds: float) -> None:
        name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        region, account = os.environ["AWS_REGION"], os.environ["LOCAL_ACCOUNT"]
        self.aws_request_id = request_id
        self.function_name = name
        self.invoked_function_arn = f"arn:aws:lambda:{region}:{account}:function:{name}"
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self._deadline = time.monotonic() + seconds

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until this event times out."""
        return max(0, int((self._deadline - time.monotonic()) * 1000))


class StartError(Exception):
    """The handler cannot even be loaded; `kind` is Lambda's name for it."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def answer(handler: Handler, event: Json, context: Context) -> str:
    """The reply line: the result, or the error as Lambda words it."""
    try:
        result = handler(event, context)
    except Exception as raised:  # noqa: BLE001 - whatever a handler raises is the answer
        traceback.print_exc()
        return json.dumps({"error": described(raised)})
    try:
        return '{"result": ' + json.dumps(result, default=_decimal, allow_nan=False) + "}"
    except (TypeError, ValueError) as unfit:
        message = f"Unable to marshal response: {unfit}"
        return json.dumps({"error": fault("Runtime.MarshalError", message)})


def described(raised: BaseException) -> Reply:
    """An exception as Lambda reports it: its class name is the error's name."""
    frames = traceback.extract_tb(raised.__traceback__)[1:]
    kind = raised.kind if isinstance(raised, StartError) else type(raised).__name__
    return fault(kind, str(raised), traceback.format_list(frames))


def fault(kind: str, message: str, trace: list[str] | None = None) -> Reply:
    """The three fields of a failed invocation."""
    return {"errorType": kind, "errorMessage": message, "stackTrace": trace or []}


def _decimal(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
