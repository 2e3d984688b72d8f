"""Log groups and alarms."""

from local.resolve import Made
from local.resources.making import Place, Properties, taken, without


def log_group(place: Place, properties: Properties) -> Made:
    """AWS::Logs::LogGroup."""
    without(properties, "Tags", "KmsKeyId", "LogGroupClass", "DataProtectionPolicy")
    name = properties.pop("LogGroupName", place.name)
    client = place.aws.client("logs")
    client.create_log_group(logGroupName=name)
    days = properties.pop("RetentionInDays", None)
    if days is not None:
        client.put_retention_policy(logGroupName=name, retentionInDays=int(days))
    return Made(name, {"Arn": place.aws.arn("logs", f"log-group:{name}:*")})


def alarm(place: Place, properties: Properties) -> Made:
    """AWS::CloudWatch::Alarm: described as in the cloud; nothing measures, so nothing rings."""
    without(properties, "Tags")
    name = properties.pop("AlarmName", place.name)
    place.aws.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        **taken(
            properties,
            "ActionsEnabled",
            "AlarmActions",
            "AlarmDescription",
            "ComparisonOperator",
            "DatapointsToAlarm",
            "Dimensions",
            "EvaluationPeriods",
            "ExtendedStatistic",
            "InsufficientDataActions",
            "MetricName",
            "Metrics",
            "Namespace",
            "OKActions",
            "Period",
            "Statistic",
            "Threshold",
            "TreatMissingData",
            "Unit",
        ),
    )
    return Made(name, {"Arn": place.aws.arn("cloudwatch", f"alarm:{name}")})
