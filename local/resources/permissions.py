"""IAM roles and policies: made, so that their ARNs are true; not enforced by moto."""

import json
from typing import Any

from local.resolve import Made
from local.resources.making import Place, Properties, taken, without

NOT_HERE = "arn:aws:iam::aws:policy/"
"""Policies that AWS itself keeps; moto has none of them."""


def role(place: Place, properties: Properties) -> Made:
    """AWS::IAM::Role with its inline and attached policies."""
    without(properties, "Tags")
    name = properties.pop("RoleName", place.name)[:64]
    client = place.aws.client("iam")
    made = client.create_role(
        RoleName=name,
        AssumeRolePolicyDocument=_document(properties.pop("AssumeRolePolicyDocument")),
        **taken(properties, "Description", "Path", "MaxSessionDuration", "PermissionsBoundary"),
    )["Role"]
    for policy in properties.pop("Policies", []):
        client.put_role_policy(
            RoleName=name,
            PolicyName=policy["PolicyName"],
            PolicyDocument=_document(policy["PolicyDocument"]),
        )
    for arn in properties.pop("ManagedPolicyArns", []):
        if not arn.startswith(NOT_HERE):
            client.attach_role_policy(RoleName=name, PolicyArn=arn)
    return Made(name, {"Arn": made["Arn"], "RoleId": made["RoleId"]})


def managed_policy(place: Place, properties: Properties) -> Made:
    """AWS::IAM::ManagedPolicy, attached to the roles it names."""
    client = place.aws.client("iam")
    made = client.create_policy(
        PolicyName=properties.pop("ManagedPolicyName", place.name),
        PolicyDocument=_document(properties.pop("PolicyDocument")),
        **taken(properties, "Description", "Path"),
    )["Policy"]
    for name in properties.pop("Roles", []):
        client.attach_role_policy(RoleName=name, PolicyArn=made["Arn"])
    return Made(made["Arn"], {"PolicyArn": made["Arn"], "PolicyId": made["PolicyId"]})


def policy(place: Place, properties: Properties) -> Made:
    """AWS::IAM::Policy, put into the roles it names."""
    name = properties.pop("PolicyName")
    document = _document(properties.pop("PolicyDocument"))
    for role_name in properties.pop("Roles", []):
        place.aws.client("iam").put_role_policy(
            RoleName=role_name, PolicyName=name, PolicyDocument=document
        )
    return Made(name)


def _document(document: dict[str, Any]) -> str:
    """Moto refuses a policy that leaves its language version out; AWS does not."""
    return json.dumps({"Version": "2012-10-17", **document})
