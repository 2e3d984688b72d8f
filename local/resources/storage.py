"""DynamoDB tables and S3 buckets."""

import json
from typing import Any

from local.resolve import Made
from local.resources.making import Place, Properties, taken, without

_BUCKET_SETTINGS = (
    ("VersioningConfiguration", "put_bucket_versioning"),
    ("ObjectLockConfiguration", "put_object_lock_configuration"),
    ("OwnershipControls", "put_bucket_ownership_controls"),
    ("PublicAccessBlockConfiguration", "put_public_access_block"),
)
"""Settings that a bucket is given after it is made, by the call of the same argument."""


def table(place: Place, properties: Properties) -> Made:
    """AWS::DynamoDB::Table, with TTL, point-in-time recovery, encryption and indexes."""
    name = properties.pop("TableName", place.name)
    live = properties.pop("TimeToLiveSpecification", None)
    recovery = properties.pop("PointInTimeRecoverySpecification", None)
    encryption = properties.pop("SSESpecification", None)
    without(properties, "Tags")  # costs are not shared out on a laptop
    wanted = taken(
        properties,
        "AttributeDefinitions",
        "KeySchema",
        "BillingMode",
        "ProvisionedThroughput",
        "GlobalSecondaryIndexes",
        "LocalSecondaryIndexes",
        "DeletionProtectionEnabled",
        "TableClass",
    )
    if "StreamSpecification" in properties:
        wanted["StreamSpecification"] = {
            "StreamEnabled": True,
            **properties.pop("StreamSpecification"),
        }
    if encryption and not place.real_database:
        enabled = encryption.pop("SSEEnabled")
        wanted["SSESpecification"] = {"Enabled": enabled, **encryption}
    client = place.aws.client("dynamodb")
    made = client.create_table(TableName=name, **wanted)["TableDescription"]
    if live:
        client.update_time_to_live(TableName=name, TimeToLiveSpecification=live)
    if recovery and not place.real_database:
        client.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=recovery)
    return Made(name, {"Arn": made["TableArn"], "StreamArn": made.get("LatestStreamArn", "")})


def bucket(place: Place, properties: Properties) -> Made:
    """AWS::S3::Bucket, with versions, object lock, encryption, ownership and public access."""
    name = properties.pop("BucketName", place.name.lower())
    client = place.aws.client("s3")
    without(properties, "Tags")
    # Expiry and access logs need days of AWS's own housekeeping, which nobody does here.
    without(properties, "LifecycleConfiguration", "LoggingConfiguration")
    client.create_bucket(
        Bucket=name,
        CreateBucketConfiguration={"LocationConstraint": place.aws.region},
        ObjectLockEnabledForBucket=properties.pop("ObjectLockEnabled", False),
    )
    if "ObjectLockConfiguration" in properties:
        properties["ObjectLockConfiguration"] = _lock(properties["ObjectLockConfiguration"])
    for setting, method in _BUCKET_SETTINGS:
        if setting in properties:
            getattr(client, method)(Bucket=name, **{setting: properties.pop(setting)})
    if "BucketEncryption" in properties:
        rules = [_encryption(rule) for rule in _rules(properties.pop("BucketEncryption"))]
        client.put_bucket_encryption(
            Bucket=name, ServerSideEncryptionConfiguration={"Rules": rules}
        )
    domains = {"DomainName": "s3", "RegionalDomainName": f"s3.{place.aws.region}"}
    attributes = {each: f"{name}.{host}.amazonaws.com" for each, host in domains.items()}
    return Made(name, {"Arn": f"arn:aws:s3:::{name}", **attributes})


def bucket_policy(place: Place, properties: Properties) -> Made:
    """AWS::S3::BucketPolicy; moto applies statements but not their conditions."""
    name = properties.pop("Bucket")
    policy = properties.pop("PolicyDocument")
    # A "deny unless TLS" without its condition would deny everything.
    kept = [statement for statement in policy["Statement"] if "Condition" not in statement]
    if kept:
        place.aws.client("s3").put_bucket_policy(
            Bucket=name, Policy=json.dumps({**policy, "Statement": kept})
        )
    return Made(name)


def _lock(lock: dict[str, Any]) -> dict[str, Any]:
    """A parameter that is a number comes as text, as in the cloud."""
    retention = lock["Rule"]["DefaultRetention"]
    spans = {span: int(retention[span]) for span in ("Days", "Years") if span in retention}
    return {**lock, "Rule": {"DefaultRetention": {**retention, **spans}}}


def _rules(encryption: dict[str, Any]) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = encryption["ServerSideEncryptionConfiguration"]
    return rules


def _encryption(rule: dict[str, Any]) -> dict[str, Any]:
    by_default = rule["ServerSideEncryptionByDefault"]
    return {
        "ApplyServerSideEncryptionByDefault": by_default,
        "BucketKeyEnabled": rule.get("BucketKeyEnabled", False),
    }
