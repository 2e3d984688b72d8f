"""State machines, schedules and event rules."""

import json
import re
from typing import Any

from local.resolve import Made
from local.resources.making import Place, Properties, RefusedResourceError, taken, without

_PLACEHOLDER = re.compile(r"\$\{([A-Za-z0-9_]+)\}")


def state_machine(place: Place, properties: Properties) -> Made:
    """AWS::StepFunctions::StateMachine; every `${name}` of the definition must be given."""
    # Logs and traces are the cloud's business; the history is always there.
    without(properties, "Tags", "LoggingConfiguration", "TracingConfiguration")
    without(properties, "EncryptionConfiguration")
    given = properties.pop("DefinitionSubstitutions", {})
    name = properties.pop("StateMachineName", place.name)

    def fill(match: re.Match[str]) -> str:
        if match.group(1) not in given:
            raise RefusedResourceError(f"{place.logical_id}: nothing is given for {match[0]}.")
        return str(given[match.group(1)])

    made = place.aws.client("stepfunctions").create_state_machine(
        name=name,
        definition=_PLACEHOLDER.sub(fill, properties.pop("DefinitionString")),
        roleArn=properties.pop("RoleArn"),
        type=properties.pop("StateMachineType", "STANDARD"),
    )
    arn = made["stateMachineArn"]
    return Made(arn, {"Arn": arn, "Name": name})


def schedule_group(place: Place, properties: Properties) -> Made:
    """AWS::Scheduler::ScheduleGroup."""
    without(properties, "Tags")
    name = properties.pop("Name", place.name)
    made = place.aws.client("scheduler").create_schedule_group(Name=name)
    return Made(name, {"Arn": made["ScheduleGroupArn"]})


def schedule(place: Place, properties: Properties) -> Made:
    """AWS::Scheduler::Schedule; `local.schedules` makes it fire."""
    name = properties.pop("Name", place.name)
    made = place.aws.client("scheduler").create_schedule(
        Name=name,
        **taken(
            properties,
            "GroupName",
            "ScheduleExpression",
            "ScheduleExpressionTimezone",
            "FlexibleTimeWindow",
            "State",
            "Target",
            "Description",
            "StartDate",
            "EndDate",
            "KmsKeyArn",
        ),
    )
    return Made(name, {"Arn": made["ScheduleArn"]})


def rule(place: Place, properties: Properties) -> Made:
    """AWS::Events::Rule with its targets."""
    without(properties, "Tags")
    name = properties.pop("Name", place.name)[:64]
    targets: list[dict[str, Any]] = properties.pop("Targets", [])
    wanted = taken(properties, "ScheduleExpression", "State", "Description", "EventBusName")
    if "EventPattern" in properties:
        wanted["EventPattern"] = json.dumps(properties.pop("EventPattern"))
    client = place.aws.client("events")
    made = client.put_rule(Name=name, **wanted)
    if targets:
        client.put_targets(Rule=name, Targets=targets, **_bus(wanted))
    return Made(name, {"Arn": made["RuleArn"]})


def _bus(wanted: Properties) -> Properties:
    return {"EventBusName": wanted["EventBusName"]} if "EventBusName" in wanted else {}
