"""Mail, topics and queues."""

import json
import re
from typing import Any

from local.resolve import Made
from local.resources.making import Place, Properties, taken, without

_WORDS = re.compile(r"([A-Z])")


def email_identity(place: Place, properties: Properties) -> Made:
    """AWS::SES::EmailIdentity; moto takes it as verified at once."""
    # Signatures and return paths are a matter between mail servers; there is none here.
    without(properties, "DkimAttributes", "DkimSigningAttributes", "FeedbackAttributes")
    without(properties, "MailFromAttributes", "Tags")
    name = properties.pop("EmailIdentity")
    settings = properties.pop("ConfigurationSetAttributes", {})
    place.aws.client("sesv2").create_email_identity(
        EmailIdentity=name, **taken(settings, "ConfigurationSetName")
    )
    return Made(name)


def configuration_set(place: Place, properties: Properties) -> Made:
    """AWS::SES::ConfigurationSet."""
    name = properties.pop("Name", place.name)
    place.aws.client("sesv2").create_configuration_set(
        ConfigurationSetName=name,
        **taken(
            properties,
            "DeliveryOptions",
            "ReputationOptions",
            "SendingOptions",
            "SuppressionOptions",
            "TrackingOptions",
        ),
    )
    return Made(name)


def event_destination(place: Place, properties: Properties) -> Made:
    """AWS::SES::ConfigurationSetEventDestination; CloudFormation spells the types its own way."""
    destination = properties.pop("EventDestination")
    name = destination.pop("Name", place.name)
    types = [_WORDS.sub(r"_\1", kind).upper() for kind in destination.pop("MatchingEventTypes")]
    place.aws.client("sesv2").create_configuration_set_event_destination(
        ConfigurationSetName=properties.pop("ConfigurationSetName"),
        EventDestinationName=name,
        EventDestination={"MatchingEventTypes": types, **destination},
    )
    return Made(name)


def topic(place: Place, properties: Properties) -> Made:
    """AWS::SNS::Topic."""
    without(properties, "Tags")
    name = properties.pop("TopicName", place.name)
    subscriptions = properties.pop("Subscription", [])
    attributes = taken(properties, "DisplayName", "KmsMasterKeyId", "FifoTopic")
    client = place.aws.client("sns")
    arn = client.create_topic(Name=name, Attributes=_texts(attributes))["TopicArn"]
    for wanted in subscriptions:
        client.subscribe(TopicArn=arn, **wanted)
    return Made(arn, {"TopicArn": arn, "TopicName": name})


def subscription(place: Place, properties: Properties) -> Made:
    """AWS::SNS::Subscription."""
    attributes = taken(properties, "FilterPolicy", "FilterPolicyScope", "RawMessageDelivery")
    made = place.aws.client("sns").subscribe(
        Attributes=_texts(attributes),
        ReturnSubscriptionArn=True,
        **taken(properties, "TopicArn", "Protocol", "Endpoint"),
    )
    return Made(made["SubscriptionArn"])


def topic_policy(place: Place, properties: Properties) -> Made:
    """AWS::SNS::TopicPolicy."""
    policy = json.dumps(properties.pop("PolicyDocument"))
    for arn in properties.pop("Topics"):
        place.aws.client("sns").set_topic_attributes(
            TopicArn=arn, AttributeName="Policy", AttributeValue=policy
        )
    return Made(place.logical_id)


def queue(place: Place, properties: Properties) -> Made:
    """AWS::SQS::Queue."""
    without(properties, "Tags")
    name = properties.pop("QueueName", place.name)
    attributes = taken(
        properties,
        "DelaySeconds",
        "FifoQueue",
        "KmsMasterKeyId",
        "KmsDataKeyReusePeriodSeconds",
        "MaximumMessageSize",
        "MessageRetentionPeriod",
        "ReceiveMessageWaitTimeSeconds",
        "RedrivePolicy",
        "SqsManagedSseEnabled",
        "VisibilityTimeout",
    )
    client = place.aws.client("sqs")
    url = client.create_queue(QueueName=name, Attributes=_texts(attributes))["QueueUrl"]
    return Made(url, {"Arn": place.aws.arn("sqs", name), "QueueName": name, "QueueUrl": url})


def queue_policy(place: Place, properties: Properties) -> Made:
    """AWS::SQS::QueuePolicy."""
    policy = json.dumps(properties.pop("PolicyDocument"))
    for url in properties.pop("Queues"):
        place.aws.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    return Made(place.logical_id)


def _texts(attributes: dict[str, Any]) -> dict[str, str]:
    """SNS and SQS take every attribute as text: true, numbers and JSON alike."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in attributes.items()
    }
