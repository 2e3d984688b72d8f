"""Which operation of an OpenAPI description a request means, as API Gateway would choose."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

_ANY = "x-amazon-apigateway-any-method"
_FUNCTION = re.compile(r":function:([^:/]+)/invocations")


class BadDescriptionError(Exception):
    """The OpenAPI description has an operation nobody could serve."""


@dataclass(frozen=True)
class Operation:
    """What serves a route: a function by name, or fixed headers (the CORS preflight)."""

    function: str = ""
    status: int = 200
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Route:
    """A path of the description and its operations by upper-case method."""

    path: str
    parts: tuple[str, ...]
    operations: Mapping[str, Operation]

    def match(self, parts: tuple[str, ...]) -> dict[str, str] | None:
        """Path parameters, decoded, or None where the path is another."""
        if self.greedy and len(parts) >= len(self.parts):
            rest = "/".join(parts[len(self.parts) - 1 :])
            parts = (*parts[: len(self.parts) - 1], rest)
        if len(parts) != len(self.parts):
            return None
        found: dict[str, str] = {}
        for wanted, given in zip(self.parts, parts, strict=True):
            if wanted.startswith("{"):
                if not given:
                    return None
                found[wanted.strip("{+}")] = unquote(given)
            elif wanted != unquote(given):
                return None
        return found

    @property
    def greedy(self) -> bool:
        """Whether the last part takes the rest of the path."""
        return self.parts[-1].endswith("+}")

    @property
    def order(self) -> tuple[bool, tuple[bool, ...]]:
        """Fixed parts win over parameters, and both over a greedy rest."""
        return self.greedy, tuple(part.startswith("{") for part in self.parts)


@dataclass(frozen=True)
class Found:
    """A request's route, operation and path parameters."""

    route: Route
    operation: Operation
    parameters: dict[str, str]


class Routes:
    """Every route of one API; `binary` are the media types that travel as base64."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self.binary = frozenset(description.get("x-amazon-apigateway-binary-media-types", ()))
        routes = [_route(path, item) for path, item in description["paths"].items()]
        self._routes = sorted(routes, key=lambda route: route.order)

    def find(self, method: str, path: str) -> Found | None:
        """The operation for a method and a raw (still encoded) path, or None."""
        parts = tuple(path.lstrip("/").split("/"))
        for route in self._routes:
            parameters = route.match(parts)
            if parameters is not None:
                operation = route.operations.get(method) or route.operations.get("ANY")
                return Found(route, operation, parameters) if operation else None
        return None


def _route(path: str, item: Mapping[str, Any]) -> Route:
    operations = {
        "ANY" if method == _ANY else method.upper(): _operation(path, described)
        for method, described in item.items()
        if method != "parameters"
    }
    return Route(path, tuple(path.lstrip("/").split("/")), operations)


def _operation(path: str, described: Mapping[str, Any]) -> Operation:
    integration = described.get("x-amazon-apigateway-integration", {})
    if integration.get("type", "").lower() == "aws_proxy":
        function = _FUNCTION.search(integration["uri"])
        if function:
            return Operation(function=function[1])
    if integration.get("type", "").lower() == "mock":
        answer = integration["responses"]["default"]
        return Operation(status=int(answer["statusCode"]), headers=_fixed_headers(answer))
    raise BadDescriptionError(f"{path} is neither served by a function nor fixed: {integration}.")


def _fixed_headers(answer: Mapping[str, Any]) -> dict[str, str]:
    """Static values are written in quotes: `method.response.header.Name: "'value'"`."""
    return {
        name.rsplit(".", 1)[-1]: str(value).strip("'")
        for name, value in answer.get("responseParameters", {}).items()
    }
