"""HTTP requests become Lambda proxy events, and proxy results become HTTP responses.

The shapes are those of API Gateway's REST APIs, payload format 1.0.
"""

import base64
import binascii
import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request, Response

from local.aws import ACCOUNT
from local.function import Json
from local.routes import Found

INTERNAL = {"message": "Internal server error"}


class BadResultError(Exception):
    """A function's result is no proxy result; API Gateway answers 502."""


@dataclass(frozen=True)
class Api:
    """Which API a request came through."""

    api_id: str
    stage: str
    binary: Collection[str]


def event(request: Request, found: Found, api: Api, now: datetime) -> dict[str, Any]:
    """The event for a request that found its route."""
    headers: dict[str, list[str]] = {}
    for name, value in request.headers.items():
        headers.setdefault(name, []).append(value)
    queries = {name: request.args.getlist(name) for name in request.args}
    raw = request.get_data()
    encoded = request.mimetype in api.binary or "*/*" in api.binary
    body = base64.b64encode(raw).decode() if encoded else raw.decode(errors="replace")
    return {
        "resource": found.route.path,
        "path": request.path,
        "httpMethod": request.method,
        "headers": {name: values[-1] for name, values in headers.items()},
        "multiValueHeaders": headers,
        "queryStringParameters": {k: v[-1] for k, v in queries.items()} or None,
        "multiValueQueryStringParameters": queries or None,
        "pathParameters": found.parameters or None,
        "stageVariables": None,
        "requestContext": _context(request, found, api, now),
        "body": body if raw else None,
        "isBase64Encoded": encoded and bool(raw),
    }


def _context(request: Request, found: Found, api: Api, now: datetime) -> dict[str, Any]:
    return {
        "accountId": ACCOUNT,
        "apiId": api.api_id,
        "domainName": request.host,
        "httpMethod": request.method,
        "identity": {
            "sourceIp": request.remote_addr,
            "userAgent": request.headers.get("User-Agent"),
        },
        "path": request.path,
        "protocol": request.environ.get("SERVER_PROTOCOL", "HTTP/1.1"),
        "requestId": str(uuid.uuid4()),
        "requestTime": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "requestTimeEpoch": int(now.timestamp() * 1000),
        "resourceId": found.route.path.strip("/") or "root",
        "resourcePath": found.route.path,
        "stage": api.stage,
    }


def response(result: Json, request: Request, api: Api) -> Response:
    """The answer a proxy result asks for, or BadResultError."""
    if not isinstance(result, dict) or "statusCode" not in result:
        raise BadResultError("no statusCode")
    body = result.get("body")
    if body is not None and not isinstance(body, str):
        raise BadResultError("the body is no text")
    try:
        status = int(result["statusCode"])
        data = (body or "").encode()
        if result.get("isBase64Encoded") and _wants_binary(request, api):
            data = base64.b64decode(data, validate=True)
        headers = _headers(result)
    except (ValueError, TypeError, AttributeError, binascii.Error) as unfit:
        raise BadResultError(str(unfit)) from unfit
    if "Content-Type" not in headers:
        headers["Content-Type"] = "application/json"
    return Response(data, status, headers)


def _wants_binary(request: Request, api: Api) -> bool:
    """API Gateway decodes base64 only if the *first* media type of Accept is a binary one."""
    first = request.headers.get("Accept", "").split(",")[0].split(";")[0].strip()
    return "*/*" in api.binary or first in api.binary


def _headers(result: dict[str, Any]) -> Headers:
    several = result.get("multiValueHeaders") or {}
    headers = Headers()
    for name, values in several.items():
        for value in values:
            headers.add(name, str(value))
    for name, value in (result.get("headers") or {}).items():
        if name not in several:
            headers.set(name, str(value))
    return headers


def refusal(status: int, message: dict[str, str], kind: str = "") -> Response:
    """API Gateway's own answers: a JSON object with one message."""
    answer = Response(json.dumps(message), status, content_type="application/json")
    if kind:
        answer.headers["x-amzn-ErrorType"] = kind
    return answer
