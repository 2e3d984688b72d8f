"""The calls our functions make to AWS, counted where they arrive: at the local cloud.

A function's calls say so in their user agent, here as on Lambda (AWS_EXECUTION_ENV), and whose they
are. The calls of the bench itself, of the schedules and of the state machines do not, and are not
counted. A call that the client tried again counts again, as AWS bills it.
"""

import io
import json
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from local.answering import Wsgi

FROM_A_FUNCTION = "exec-env/AWS_Lambda"
_FUNCTION = re.compile(r"\bapp/(\w+)")
_SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/")


@dataclass(frozen=True)
class Call:
    """One call; `request` is the parsed body where the service is DynamoDB, else None; `function`
    is whose call it is, by its logical id.
    """

    service: str
    operation: str
    request: Any = None
    function: str = ""

    @property
    def name(self) -> str:
        """Service and operation, as people say them."""
        return f"{self.service} {self.operation}"


class Traffic:
    """Every call of a function since it was told to watch."""

    def __init__(self) -> None:
        self._calls: list[Call] = []
        self._noting = threading.Lock()

    def watch(self, application: Wsgi) -> Wsgi:
        """The same application, its callers noted."""

        def watched(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            if FROM_A_FUNCTION in environ.get("HTTP_USER_AGENT", ""):
                call = _call(environ)
                with self._noting:
                    self._calls.append(call)
            return application(environ, start_response)

        return watched

    @property
    def mark(self) -> int:
        """How many calls there have been."""
        with self._noting:
            return len(self._calls)

    def since(self, mark: int) -> tuple[Call, ...]:
        """The calls after a mark, in the order they came."""
        with self._noting:
            return tuple(self._calls[mark:])


def _call(environ: dict[str, Any]) -> Call:
    signed = _SERVICE.search(environ.get("HTTP_AUTHORIZATION", ""))
    service = signed[1] if signed else "unknown"
    target = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
    operation = target or f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}"
    function = _FUNCTION.search(environ["HTTP_USER_AGENT"])
    body = _body(environ) if service == "dynamodb" else None
    return Call(service, operation, body, function[1] if function else "")


def _body(environ: dict[str, Any]) -> Any:
    """The parsed body, put back for whoever reads it next."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return json.loads(body)
