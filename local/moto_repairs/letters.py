"""SES tells EventBridge what becomes of a mail, through the event destinations of its set (API v2).

moto takes a mail and says no more, and its API version 2 knows no event destinations. What becomes
of a mail is up to `local.mail_faults`; as in the cloud, a mail is sent whether or not anybody can
be told of it. And moto takes a whole mail apart to see whom it is from and to; its head says that.
"""

import email
import json
import logging
import threading
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from local.mail_events import DETAIL_TYPES, Sent, events
from local.mail_faults import FAULTS
from local.moto_repairs.attaching import ClockInUse, StandIn, module, replace
from local.raw_mail import head_of, header_of

LOG = logging.getLogger(__name__)

DESTINATIONS = "{0}/v2/email/configuration-sets/(?P<ConfigurationSetName>[^/]+)/event-destinations$"

telling = threading.Lock()
"""Held while a mail is taken and told of: whoever sees the mail may count on what follows."""


def repair(in_use: ClockInUse) -> None:
    """Attach all of it."""
    heads = StandIn(email, message_from_string=head_of)
    replace(module("ses.models"), "email", heads)
    responses = module("sesv2.responses").SESV2Response
    responses.create_configuration_set_event_destination = _add_destination
    module("sesv2.urls").url_paths[DESTINATIONS] = responses.dispatch

    def send_email(self: Any) -> str:
        with telling:
            answer: str = before(self)
            try:
                _tell(self, json.loads(self.body), json.loads(answer)["MessageId"], in_use)
            except module("core.exceptions").JsonRESTError:
                LOG.exception("nobody could be told of a mail")
        return answer

    before = replace(responses, "send_email", send_email)


def _add_destination(self: Any) -> str:
    """CreateConfigurationSetEventDestination; kept with its set."""
    wanted = json.loads(self.body)
    kept = self.sesv2_backend.get_configuration_set(self._get_param("ConfigurationSetName"))
    destination = {"Name": wanted["EventDestinationName"], **wanted["EventDestination"]}
    vars(kept).setdefault("event_destinations", []).append(destination)
    return "{}"


def _tell(response: Any, request: dict[str, Any], message_id: str, in_use: ClockInUse) -> None:
    backend = response.sesv2_backend
    _, sender = parseaddr(request["FromEmailAddress"])
    identities = backend.core_backend.email_identities
    identity = identities.get(sender) or identities.get(sender.rpartition("@")[2])
    name = request.get("ConfigurationSetName") or getattr(identity, "configuration_set_name", None)
    if not name:
        return
    wanted = _wanted(backend.get_configuration_set(name))
    tags = {tag["Name"]: tag["Value"] for tag in request.get("EmailTags", [])}
    tags |= {"ses:configuration-set": name, "ses:from-domain": sender.rpartition("@")[2]}
    subject = _subject(backend.core_backend.sent_messages, message_id)
    for recipient in request["Destination"].get("ToAddresses", []):
        _, address = parseaddr(recipient)
        sent = Sent(message_id, sender, address, subject, tags, in_use.clock.now())
        for detail in events(sent, FAULTS.of(address)):
            if _type(detail["eventType"]) in wanted:
                _put(backend, name, detail, sent.at)


def _wanted(configuration_set: Any) -> set[str]:
    """The types of events that its destinations on EventBridge ask for."""
    return {
        kind
        for destination in vars(configuration_set).get("event_destinations", [])
        if destination.get("Enabled") and destination.get("EventBridgeDestination")
        for kind in destination["MatchingEventTypes"]
    }


def _type(event_type: str) -> str:
    """An event's type as MatchingEventTypes spells it."""
    return "DELIVERY_DELAY" if event_type == "DeliveryDelay" else event_type.upper()


def _subject(sent: Any, message_id: str) -> str:
    mail = next(mail for mail in reversed(sent) if mail.id == message_id)
    raw = getattr(mail, "raw_data", None)
    return header_of(raw, "Subject") if raw else str(mail.subject)


def _put(backend: Any, configuration_set: str, detail: dict[str, Any], at: datetime) -> None:
    region, account = backend.region_name, backend.account_id
    bus = module("events.models").events_backends[account][region]
    arn = f"arn:aws:ses:{region}:{account}:configuration-set/{configuration_set}"
    bus.put_events(
        [
            {
                "Source": "aws.ses",
                "DetailType": DETAIL_TYPES[detail["eventType"]],
                "Detail": json.dumps(detail),
                "Resources": [arn],
                "Time": at.timestamp(),
            }
        ]
    )
