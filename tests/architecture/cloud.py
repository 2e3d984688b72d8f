"""The templates and state machines, as the laws about them look at them."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from samtranslator.yaml_helper import yaml_parse

from tests.architecture.house import FUNCTIONS, ROOT

TEMPLATE = ROOT / "template.yaml"
STATE_MACHINES = tuple(sorted((ROOT / "statemachines").glob("*.asl.yaml")))
FUNCTION = "AWS::Serverless::Function"
_LEADS_TO = re.compile(r"functions/\$\{(\w+)\.Arn\}/invocations")


@cache
def template(path: Path = TEMPLATE) -> dict[str, Any]:
    """A template with its short intrinsics spelled out (`!Sub x` is {"Fn::Sub": "x"})."""
    return yaml_parse(path.read_text(encoding="utf-8"))


def resources(kind: str, path: Path = TEMPLATE) -> dict[str, dict[str, Any]]:
    """Logical id to properties, of every resource of one type."""
    found = template(path)["Resources"].items()
    return {name: r.get("Properties", {}) for name, r in found if r["Type"] == kind}


def functions() -> dict[str, dict[str, Any]]:
    """Every function that ships functions/ (ADR 0001), by logical id."""
    return {name: f for name, f in resources(FUNCTION).items() if "CodeUri" not in f}


def functions_apart() -> dict[str, dict[str, Any]]:
    """Every function with code of its own (ADR 0012), by logical id."""
    return {name: f for name, f in resources(FUNCTION).items() if "CodeUri" in f}


@cache
def routes() -> frozenset[tuple[str, str, str]]:
    """Every route of the API: the function it leads to, its method in capitals, its path."""
    paths = resources("AWS::Serverless::Api")["Api"]["DefinitionBody"]["paths"]
    return frozenset(
        (_LEADS_TO.search(json.dumps(operation))[1], method.upper(), path)  # type: ignore[index]
        for path, operations in paths.items()
        for method, operation in operations.items()
    )


def verb_of(function: dict[str, Any]) -> str:
    """The room a function's handler lives in."""
    return str(function["Handler"]).split(".", maxsplit=1)[0]


def variables(function: dict[str, Any]) -> set[str]:
    """What the template gives this one function, beside what it gives to all."""
    return set(function.get("Environment", {}).get("Variables", {}))


def variables_of_all() -> set[str]:
    """What the template gives to every function."""
    return set(template()["Globals"]["Function"]["Environment"]["Variables"])


def statements(properties: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every allowing policy statement of a function or state machine."""
    put = [properties["PolicyDocument"]] if "PolicyDocument" in properties else []
    for policy in [*properties.get("Policies", []), *put]:
        for statement in policy["Statement"]:
            if statement["Effect"] == "Allow":
                yield statement


def actions(statement: dict[str, Any]) -> list[str]:
    """A statement's actions, as a list whatever was written."""
    given = statement["Action"]
    return [given] if isinstance(given, str) else list(given)


def targets(statement: dict[str, Any]) -> list[str]:
    """A statement's resources, each as one text with its intrinsics inside."""
    given = statement["Resource"]
    each = given if isinstance(given, list) else [given]
    return [item if isinstance(item, str) else json.dumps(item) for item in each]


def permissions() -> Iterator[tuple[str, str, str]]:
    """Who may do what on which resource, one at a time, for everything in the template."""
    for name, resource in template()["Resources"].items():
        properties = resource.get("Properties", {})
        for who in _holders(name, properties):
            for statement in statements(properties):
                for action in actions(statement):
                    for target in targets(statement):
                        yield who, action, target


def _holders(name: str, properties: dict[str, Any]) -> list[str]:
    """Whose permissions a resource tells: its own, or those of the roles a policy is put into."""
    if "PolicyDocument" not in properties:
        return [name]
    return [role["Ref"].removesuffix("Role") for role in properties.get("Roles", [])]


@cache
def machine(path: Path) -> dict[str, Any]:
    """One state machine."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def states(scope: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every state by name, those inside a Map or a Parallel included."""
    for name, state in scope["States"].items():
        yield name, state
        inner = [state.get("ItemProcessor"), state.get("Iterator"), *state.get("Branches", [])]
        for nested in inner:
            if nested:
                yield from states(nested)


def substitutions(path: Path) -> set[str]:
    """Names a state machine expects in ${...}."""
    return set(re.findall(r"\$\{([A-Za-z0-9]+)\}", path.read_text(encoding="utf-8")))


def error_classes() -> set[str]:
    """Names of every exception class in functions/: what a step can raise into a state machine."""
    return {
        name
        for path in FUNCTIONS.rglob("*.py")
        for name in re.findall(
            r"^class (\w+Error)\(", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }


def unreachable(scope: dict[str, Any]) -> set[str]:
    """States that no path leads to, in a state machine or inside its Maps."""
    reached, waiting = set(), [scope["StartAt"]]
    lost: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        state = scope["States"][name]
        waiting += [*next_states(state)]
        for nested in [state.get("ItemProcessor"), *state.get("Branches", [])]:
            lost |= unreachable(nested) if nested else set()
    return lost | (set(scope["States"]) - reached)


def next_states(state: dict[str, Any]) -> Iterator[str]:
    """Names of the states that may follow a state."""
    for clause in [state, *state.get("Choices", []), *state.get("Catch", [])]:
        if "Next" in clause:
            yield clause["Next"]
    if "Default" in state:
        yield state["Default"]
