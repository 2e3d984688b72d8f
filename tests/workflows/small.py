"""The smallest system: where its template lies, how to ask it, and what has to be made of it."""

import threading
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

SMALL = Path(__file__).parents[1] / "unit" / "local" / "assets" / "small" / "template.yaml"


def fetch(stack, path, method="GET", data=None, **headers):
    """Status, headers and body of the gateway's answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    asking = HTTPConnection(stack.url.removeprefix("http://"), timeout=30)
    with closing(asking):
        asking.request(method, path, data, named)
        answer = asking.getresponse()
        return answer.status, answer.headers, answer.read()


def eventually(holds):
    """Wait until something is true; the test's own time-out ends a wait that is in vain."""
    while not (value := holds()):
        threading.Event().wait(0.02)
    return value


KMS_SPEC = "KeyMetadata.KeySpec"
MADE = [
    (
        "dynamodb",
        "describe_table",
        {"TableName": "{Table}"},
        "Table.SSEDescription.Status",
        "ENABLED",
    ),
    (
        "dynamodb",
        "describe_time_to_live",
        {"TableName": "{Table}"},
        "TimeToLiveDescription.AttributeName",
        "ttl",
    ),
    (
        "dynamodb",
        "describe_continuous_backups",
        {"TableName": "{Table}"},
        "ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus",
        "ENABLED",
    ),
    ("kms", "describe_key", {"KeyId": "{SigningKey}"}, KMS_SPEC, "ECC_NIST_EDWARDS25519"),
    ("kms", "describe_key", {"KeyId": "alias/small"}, KMS_SPEC, "SYMMETRIC_DEFAULT"),
    ("s3", "get_bucket_versioning", {"Bucket": "{Bucket}"}, "Status", "Enabled"),
    (
        "s3",
        "get_object_lock_configuration",
        {"Bucket": "{Bucket}"},
        "ObjectLockConfiguration.Rule.DefaultRetention.Mode",
        "COMPLIANCE",
    ),
    ("secretsmanager", "describe_secret", {"SecretId": "small/local"}, "Name", "small/local"),
    ("scheduler", "get_schedule_group", {"Name": "small"}, "State", "ACTIVE"),
    (
        "lambda",
        "get_function_concurrency",
        {"FunctionName": "bluelamp-local-Shout"},
        "ReservedConcurrentExecutions",
        1,
    ),
    ("sesv2", "get_email_identity", {"EmailIdentity": "small.example"}, "IdentityType", "DOMAIN"),
    ("events", "list_rules", {}, "Rules.0.ScheduleExpression", "rate(1 day)"),
    ("cloudwatch", "describe_alarms", {}, "MetricAlarms.0.MetricName", "Errors"),
    ("logs", "describe_log_groups", {}, "logGroups.0.retentionInDays", 7),
]
