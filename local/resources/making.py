"""What a maker is given, and what it gives back.

A maker is one function per resource type: `maker(place, properties) -> Made`. It takes (pops) every
property it understands; what it leaves behind stops the run, so that nothing in the template is
dropped in silence. What has no meaning on a laptop it takes with `without(...)` and says why.

DeployError
├── UnknownTypeError       no maker and no reason to leave it out
├── UnknownPropertyError   a maker left a property behind
└── RefusedResourceError   the local cloud refused to make it
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from local.aws import Aws
from local.function import Function
from local.resolve import Made
from local.template import Template

Properties = dict[str, Any]
"""The resolved properties of one resource; a maker empties it."""


class DeployError(Exception):
    """Root of what can go wrong while resources are made."""


class UnknownTypeError(DeployError):
    """A type nobody taught the local stack."""


class UnknownPropertyError(DeployError):
    """A property its maker does not understand."""


class RefusedResourceError(DeployError):
    """The local cloud said no."""


@dataclass
class Kept:
    """What the local stack itself runs: functions and OpenAPI descriptions, by logical id."""

    functions: dict[str, Function] = field(default_factory=dict)
    apis: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where one resource is made."""

    aws: Aws
    template: Template
    stack_name: str
    logical_id: str
    kept: Kept
    real_database: bool = False
    """Tables lie in DynamoDB Local, which has neither backups nor keys."""

    @property
    def name(self) -> str:
        """The name of a resource whose template gives it none."""
        return f"{self.stack_name}-{self.logical_id}"


Maker = Callable[[Place, Properties], Made]


def without(properties: Properties, *names: str) -> None:
    """Take properties that mean nothing on a laptop; the caller's comment says why."""
    for name in names:
        properties.pop(name, None)


def taken(properties: Properties, *names: str) -> Properties:
    """Those of the named properties that the template gives, taken out, for passing on as is."""
    return {name: properties.pop(name) for name in names if name in properties}
