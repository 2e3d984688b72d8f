"""SES: what becomes of a mail is told to whoever asked."""

import json
from email.feedparser import FeedParser
from typing import Any

from moto.ses.models import ses_backends

from local.aws import ACCOUNT, REGION
from local.mail_faults import FAULTS, Fate
from tests.workflows.moto_scenarios.cloud import Cloud, outcome, poll

BUS = "arn:aws:events:eu-west-2:123456789012:event-bus/default"
RAW = "From: a@small.example\r\nTo: {to}\r\nSubject: For {to}\r\n\r\nWords.\r\n"


def what_becomes_of_mails(cloud: Cloud) -> list[Any]:
    """One mail for each fate, and what EventBridge hears of it; sets and types are kept to."""
    mails, events, sqs = cloud.client("sesv2"), cloud.client("events"), cloud.client("sqs")
    for name in ("watched", "unwatched"):
        mails.create_configuration_set(ConfigurationSetName=name)
    mails.create_email_identity(EmailIdentity="small.example", ConfigurationSetName="watched")
    wanted = ["DELIVERY", "BOUNCE", "COMPLAINT", "REJECT", "DELIVERY_DELAY"]
    said = outcome(
        mails.create_configuration_set_event_destination,
        ConfigurationSetName="watched",
        EventDestinationName="all",
        EventDestination={
            "Enabled": True,
            "MatchingEventTypes": wanted,
            "EventBridgeDestination": {"EventBusArn": BUS},
        },
    )
    queue = sqs.create_queue(QueueName="heard")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    events.put_rule(Name="mails", EventPattern='{"source": ["aws.ses"]}')
    target = {"Id": "1", "Arn": arn["Attributes"]["QueueArn"]}
    events.put_targets(Rule="mails", Targets=[target])
    for fate in Fate:
        FAULTS.set(f"{fate.value}@small.example", fate)
        _send(mails, f"{fate.value}@small.example")
    _send(mails, "deliver@small.example", ConfigurationSetName="unwatched")
    FAULTS.clear()
    heard = [json.loads(body) for body in _heard(sqs, queue)]
    events.remove_targets(Rule="mails", Ids=["1"])
    return [said, sorted(map(_told, heard))]


def _send(mails: Any, to: str, **more: Any) -> None:
    mails.send_email(
        FromEmailAddress="A <a@small.example>",
        Destination={"ToAddresses": [to]},
        Content={"Raw": {"Data": RAW.format(to=to).encode()}},
        EmailTags=[{"Name": "link", "Value": "abc"}],
        **more,
    )


def _heard(sqs: Any, queue: str) -> list[str]:
    def messages() -> list[Any]:
        found = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        return [message["Body"] for message in found]

    bodies: list[str] = []
    while found := poll(messages, 0.5):
        bodies += found
    return bodies


def _told(event: Any) -> str:
    detail = event["detail"]
    tags, bounce = detail["mail"]["tags"], detail.get("bounce", {}).get("bounceType", "")
    [to], [subject] = detail["mail"]["destination"], [detail["mail"]["commonHeaders"]["subject"]]
    assert subject == f"For {to}"
    assert (tags["link"], tags["ses:configuration-set"]) == (["abc"], ["watched"])
    assert event["resources"] == ["arn:aws:ses:eu-west-2:123456789012:configuration-set/watched"]
    return f"{to.partition('@')[0]}: {event['detail-type']} {bounce}".strip()


def mail_is_taken_by_its_head(cloud: Cloud) -> list[Any]:
    """Whether a mail's words are looked through when it is sent, and to whom it went."""
    mails, seen = cloud.client("sesv2"), []
    mails.create_email_identity(EmailIdentity="small.example")
    before = FeedParser.feed

    def feed(self: Any, words: str) -> None:
        seen.append("Words." in words)
        before(self, words)

    FeedParser.feed = feed  # type: ignore[method-assign]
    try:
        _send(mails, "b@small.example")
    finally:
        FeedParser.feed = before  # type: ignore[method-assign]
    return [any(seen), ses_backends[ACCOUNT][REGION].sent_messages[-1].destinations]


SCENARIOS = (what_becomes_of_mails, mail_is_taken_by_its_head)
