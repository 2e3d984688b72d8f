"""The HTTP gateway: the template's OpenAPI description, served as API Gateway serves it.

Paths under `/local/` are the stack's own pages (`local.pages`); everything else goes by the
description to a function, or gets the answer API Gateway itself would give:
403 unknown route, 413 too long, 429 throttled, 502 bad result, 504 too slow.
"""

import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request, Response

from local.lambdas import (
    LambdaError,
    Lambdas,
    Outcome,
    PayloadTooLargeError,
    TooManyRequestsError,
)
from local.proxy import INTERNAL, Api, BadResultError, event, refusal, response
from local.routes import Found, Routes

LONGEST_BODY = 10 * 1024 * 1024
LONGEST_WAIT = 29.0
"""Bytes and seconds: API Gateway's quotas (REST API quotas, 2025)."""

DRAINED = 64 * 1024 * 1024
"""A body up to this size is read to its end before it is refused, so that the client hears why."""

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Gateway:
    """A WSGI application over one API."""

    def __init__(
        self,
        description: dict[str, Any],
        api: tuple[str, str],
        lambdas: Lambdas,
        now: Callable[[], datetime],
        pages: Wsgi,
    ) -> None:
        self._routes = Routes(description)
        self._api = Api(*api, binary=self._routes.binary)
        self._lambdas = lambdas
        self._now = now
        self._pages = pages
        self._calls = ThreadPoolExecutor(max_workers=32, thread_name_prefix="gateway")

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer one request."""
        if environ.get("PATH_INFO", "").startswith("/local/"):
            return self._pages(environ, start_response)
        request = Request(environ)
        request.max_content_length = LONGEST_BODY
        answer = self._answer(request)
        answer.headers.setdefault("x-amzn-RequestId", str(uuid.uuid4()))
        return answer(environ, start_response)

    def stop(self) -> None:
        """Take no more calls."""
        self._calls.shutdown(wait=False, cancel_futures=True)

    def _answer(self, request: Request) -> Response:
        found = self._routes.find(request.method, _raw_path(request))
        if found is None:
            return refusal(
                403,
                {"message": "Missing Authentication Token"},
                "MissingAuthenticationTokenException",
            )
        if found.operation.headers is not None:
            return Response(b"", found.operation.status, dict(found.operation.headers))
        try:
            proxied = event(request, found, self._api, self._now())
        except RequestEntityTooLarge:
            _drain(request)
            return refusal(413, {"message": "Request Too Long"}, "RequestTooLongException")
        return self._from_function(request, found, proxied)

    def _from_function(self, request: Request, found: Found, proxied: dict[str, Any]) -> Response:
        call: Future[Outcome] = self._calls.submit(
            self._lambdas.call, found.operation.function, proxied
        )
        try:
            outcome = call.result(timeout=LONGEST_WAIT)
            if outcome.fault:
                return refusal(502, INTERNAL, "InternalServerErrorException")
            return response(outcome.result(), request, self._api)
        except TimeoutError:
            # The function runs on to its own time-out, as in the cloud.
            return refusal(504, {"message": "Endpoint request timed out"}, "IntegrationTimeout")
        except PayloadTooLargeError:
            return refusal(413, {"message": "Request Too Long"}, "RequestTooLongException")
        except TooManyRequestsError:
            return refusal(429, {"message": "Too Many Requests"}, "TooManyRequestsException")
        except (BadResultError, LambdaError):
            return refusal(502, INTERNAL, "InternalServerErrorException")


def _raw_path(request: Request) -> str:
    """The path as it was sent: an encoded slash stays part of its segment."""
    raw = str(request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or request.path)
    return raw.split("?", 1)[0]


def _drain(request: Request) -> None:
    left = min(int(request.environ.get("CONTENT_LENGTH") or 0), DRAINED)
    source = request.environ["wsgi.input"]
    while left > 0:
        piece = source.read(min(left, 1 << 16))
        if not piece:
            return
        left -= len(piece)
