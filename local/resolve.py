"""Intrinsic functions, resolved the moment somebody needs the value.

A `Resolver` knows one template. `value(node)` gives the node without intrinsics; a Ref or GetAtt
asks `make` for the resource, which makes it first: needing is the order. Errors: `local.template`.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from local.template import (
    CycleError,
    MissingParameterError,
    Node,
    Template,
    UnknownIntrinsicError,
    UnknownNameError,
)

NO_VALUE = object()
"""What `!Ref AWS::NoValue` stands for: the property is left out."""

_PLACEHOLDER = re.compile(r"\$\{(!?)([^}]+)\}")


@dataclass(frozen=True)
class Made:
    """A resource that exists: what `Ref` gives, and what `GetAtt` gives by attribute."""

    ref: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


class Resolver:
    """Values of one template; `make(logical_id)` gives the resource, made on first need."""

    def __init__(
        self,
        template: Template,
        parameters: Mapping[str, Any],
        pseudo: Mapping[str, str],
        make: Callable[[str], Made],
    ) -> None:
        self._template = template
        self._pseudo = pseudo
        self._make = make
        self._parameters = _with_defaults(template, parameters)
        self._asking: list[str] = []

    def value(self, node: Node) -> Node:
        """The node with every intrinsic resolved; NO_VALUE where it is to be left out."""
        if isinstance(node, list):
            values = [self.value(item) for item in node]
            return [value for value in values if value is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            [(name, argument)] = node.items()
            if name in {"Ref", "Condition"} and isinstance(argument, str):
                return self.ref(argument) if name == "Ref" else self.condition(argument)
            if name.startswith("Fn::"):
                return self._call(name, argument)
        pairs = {key: self.value(item) for key, item in node.items()}
        return {key: value for key, value in pairs.items() if value is not NO_VALUE}

    def ref(self, name: str) -> Node:
        """A pseudo parameter, a parameter, or a resource's own name."""
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in self._pseudo:
            return self._pseudo[name]
        if name in self._parameters:
            return self._parameters[name]
        if name.startswith("AWS::") or name not in self._template.resources:
            raise UnknownNameError(f"{self._template.path.name}: Ref to unknown {name}.")
        return self._make(name).ref

    def attribute(self, logical_id: str, name: str) -> Node:
        """One attribute of a resource, as GetAtt gives it."""
        if logical_id not in self._template.resources:
            raise UnknownNameError(
                f"{self._template.path.name}: GetAtt {logical_id}.{name}: no such resource."
            )
        attributes = self._make(logical_id).attributes
        if name not in attributes:
            known = ", ".join(sorted(attributes)) or "none"
            raise UnknownNameError(f"{logical_id} has no attribute {name} here (it has: {known}).")
        return attributes[name]

    def condition(self, name: str) -> bool:
        """Whether a named condition holds."""
        if name not in self._template.conditions:
            raise UnknownNameError(f"{self._template.path.name}: no condition called {name}.")
        if name in self._asking:
            raise CycleError(f"Condition cycle: {' -> '.join([*self._asking, name])}.")
        self._asking.append(name)
        try:
            return bool(self.value(self._template.conditions[name]))
        finally:
            self._asking.pop()

    def _call(self, name: str, argument: Node) -> Node:
        calls: dict[str, Callable[[Node], Any]] = {
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::Join": self._join,
            "Fn::If": self._if,
            "Fn::Equals": lambda a: self.value(a[0]) == self.value(a[1]),
            "Fn::Not": lambda a: not self.value(a[0]),
            "Fn::And": lambda a: all(self.value(item) for item in a),
            "Fn::Or": lambda a: any(self.value(item) for item in a),
            "Fn::Select": lambda a: self.value(a[1])[int(self.value(a[0]))],
            "Fn::Split": lambda a: str(self.value(a[1])).split(self.value(a[0])),
            "Fn::FindInMap": self._find_in_map,
            "Fn::ToJsonString": lambda a: json.dumps(self.value(a)),
        }
        if name not in calls:
            raise UnknownIntrinsicError(f"{self._template.path.name}: {name} is not known here.")
        return calls[name](argument)

    def _get_att(self, argument: Node) -> Node:
        parts = argument.split(".", 1) if isinstance(argument, str) else argument
        return self.attribute(parts[0], str(self.value(parts[1])))

    def _sub(self, argument: Node) -> str:
        text, given = (argument, {}) if isinstance(argument, str) else argument
        values = {key: self.value(item) for key, item in given.items()}

        def fill(match: re.Match[str]) -> str:
            literal, name = match.group(1), match.group(2).strip()
            if literal:
                return "${" + name + "}"
            if name in values:
                return str(values[name])
            if "." in name:
                return str(self._get_att(name))
            return str(self.ref(name))

        return _PLACEHOLDER.sub(fill, text)

    def _join(self, argument: Node) -> str:
        separator, items = argument
        return str(separator).join(str(item) for item in self.value(items))

    def _if(self, argument: Node) -> Node:
        name, then, otherwise = argument
        return self.value(then if self.condition(name) else otherwise)

    def _find_in_map(self, argument: Node) -> Node:
        found: Any = self._template.mappings
        for key in (self.value(part) for part in argument[:3]):
            if key not in found:
                raise UnknownNameError(f"{self._template.path.name}: nothing mapped at {key}.")
            found = found[key]
        return found


def _with_defaults(template: Template, given: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(given) - set(template.parameters))
    if unknown:
        raise UnknownNameError(f"{template.path.name} has no parameter {', '.join(unknown)}.")
    values: dict[str, Any] = {}
    for name, declared in template.parameters.items():
        if name not in given and "Default" not in declared:
            raise MissingParameterError(f"{template.path.name} needs the parameter {name}.")
        value = given.get(name, declared.get("Default"))
        allowed = declared.get("AllowedValues")
        if allowed and value not in allowed:
            raise UnknownNameError(f"{template.path.name}: {name} cannot be {value}.")
        if declared.get("Type") in {"CommaDelimitedList", "List<Number>", "List<String>"}:
            value = [item.strip() for item in str(value).split(",")]
        values[name] = value
    return values
