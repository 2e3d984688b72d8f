"""Lambda functions: moto keeps the names, the local stack runs the code."""

import io
import json
import zipfile
from typing import Any

from local.function import Function
from local.resolve import Made
from local.resources.making import Place, Properties, RefusedResourceError, taken, without
from local.template import code_folder

DEFAULT_TIMEOUT = 3
DEFAULT_MEMORY = 128
"""Seconds and MB that Lambda gives a function whose template says nothing."""


def function(place: Place, properties: Properties) -> Made:
    """AWS::Lambda::Function; the code is never copied, workers run it where it lies."""
    # Log format and processor are the cloud's business; the code is the same. So are traces, but
    # they are billed.
    traced = properties.pop("TracingConfig", {}).get("Mode") == "Active"
    without(properties, "Tags", "LoggingConfig", "Architectures")
    without(properties, "EphemeralStorage", "SnapStart", "RecursiveLoop", "KmsKeyArn")
    name = properties.pop("FunctionName", place.name)[:64]
    folder = code_folder(place.template, properties.pop("Code"))
    variables = properties.pop("Environment", {}).get("Variables", {})
    reserved = properties.pop("ReservedConcurrentExecutions", None)
    settings: dict[str, Any] = {
        "Timeout": int(properties.pop("Timeout", DEFAULT_TIMEOUT)),
        "MemorySize": int(properties.pop("MemorySize", DEFAULT_MEMORY)),
        "Handler": properties.pop("Handler"),
        **taken(properties, "Runtime", "Role", "Description"),
    }
    client = place.aws.client("lambda")
    made = client.create_function(
        FunctionName=name,
        Code={"ZipFile": _placeholder()},
        Environment={"Variables": {key: str(value) for key, value in variables.items()}},
        **settings,
    )
    if reserved is not None:
        client.put_function_concurrency(
            FunctionName=name, ReservedConcurrentExecutions=int(reserved)
        )
    place.kept.functions[place.logical_id] = Function(
        logical_id=place.logical_id,
        name=name,
        arn=made["FunctionArn"],
        handler=settings["Handler"],
        folder=folder,
        timeout=settings["Timeout"],
        memory=settings["MemorySize"],
        traced=traced,
        reserved=None if reserved is None else int(reserved),
        environment={key: str(value) for key, value in variables.items()},
    )
    return Made(name, {"Arn": made["FunctionArn"]})


def permission(place: Place, properties: Properties) -> Made:
    """AWS::Lambda::Permission."""
    name = properties.pop("FunctionName")
    statement = place.logical_id
    place.aws.client("lambda").add_permission(
        FunctionName=name,
        StatementId=statement,
        **taken(properties, "Action", "Principal", "SourceArn", "SourceAccount"),
    )
    return Made(statement)


def event_invoke_config(place: Place, properties: Properties) -> Made:
    """AWS::Lambda::EventInvokeConfig: how often an event is tried again."""
    without(properties, "Qualifier")
    name = properties.pop("FunctionName")
    wanted = taken(properties, "MaximumRetryAttempts", "MaximumEventAgeInSeconds")
    wanted |= taken(properties, "DestinationConfig")
    place.aws.client("lambda").put_function_event_invoke_config(FunctionName=name, **wanted)
    functions = place.kept.functions
    for logical_id, known in functions.items():
        if known.name == name:
            retries = int(wanted.get("MaximumRetryAttempts", known.retries))
            functions[logical_id] = Function(**{**vars(known), "retries": retries})
            return Made(place.logical_id)
    raise RefusedResourceError(f"{place.logical_id}: there is no function {name}.")


def _placeholder() -> bytes:
    """Moto wants a code archive; nobody ever opens this one."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("where.json", json.dumps("the code runs from its own folder"))
    return archive.getvalue()
