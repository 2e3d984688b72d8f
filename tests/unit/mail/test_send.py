"""Handing over: one outcome each, and nobody waits for ever."""

import re
from typing import Any

import boto3
import pytest
from botocore.exceptions import (
    BotoCoreError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.stub import ANY, Stubber

from shared.mail.errors import RefusedMailError, UnsentMailError
from shared.mail.letters import Event
from shared.mail.links import token_sha256
from shared.mail.send import PATIENCE, send
from tests.unit.mail.letters_made import a_mail

WHERE = {"endpoint_url": "https://email.example"}


@pytest.fixture
def client() -> Any:
    return boto3.client(
        "sesv2",
        region_name="eu-west-2",
        aws_access_key_id="nobody",
        aws_secret_access_key="nothing",
        config=PATIENCE,
    )


class Unreachable:
    """A mail service that never answers."""

    def __init__(self, error: BotoCoreError) -> None:
        self.error = error

    def send_email(self, **_: Any) -> None:
        raise self.error


def test_a_letter_is_handed_over_whole_and_its_id_comes_back(client: Any) -> None:
    mail = a_mail(Event.APPROVAL_REQUEST)
    bare = re.sub(rb"X-SES-MESSAGE-TAGS:.*?\r\n(?! )", b"", mail.as_bytes(), flags=re.DOTALL)
    assert len(bare) < len(mail.as_bytes())
    expected = {
        "FromEmailAddress": "Bluelamp <bluelamp@police.example>",
        "Destination": {"ToAddresses": ["sam.khan@police.example"]},
        "Content": {"Raw": {"Data": bare}},
        "EmailTags": [
            {"Name": "event", "Value": "approval-request"},
            {"Name": "link", "Value": token_sha256("A" * 43)},
        ],
    }
    with Stubber(client) as service:
        service.add_response("send_email", {"MessageId": "0100"}, expected)

        assert send(mail, client) == "0100"


@pytest.mark.parametrize(
    ("code", "status", "meaning"),
    [
        ("MessageRejected", 400, RefusedMailError),
        ("MailFromDomainNotVerifiedException", 400, RefusedMailError),
        ("SendingPausedException", 400, RefusedMailError),
        ("AccessDeniedException", 403, RefusedMailError),
        ("TooManyRequestsException", 429, UnsentMailError),
        ("ThrottlingException", 400, UnsentMailError),
        ("LimitExceededException", 400, UnsentMailError),
        ("InternalServiceError", 500, UnsentMailError),
    ],
)
def test_a_refusal_is_told_from_not_now(
    client: Any, code: str, status: int, meaning: type[Exception]
) -> None:
    with Stubber(client) as service:
        service.add_client_error("send_email", code, http_status_code=status)

        with pytest.raises(meaning, match=code):
            send(a_mail(Event.RETURNED), client)


@pytest.mark.parametrize(
    "error",
    [ConnectTimeoutError(**WHERE), ReadTimeoutError(**WHERE), EndpointConnectionError(**WHERE)],
)
def test_no_answer_is_an_outcome_too(error: BotoCoreError) -> None:
    with pytest.raises(UnsentMailError):
        send(a_mail(Event.RETURNED), Unreachable(error))  # type: ignore[arg-type]


def test_nobody_waits_longer_than_half_a_minute(client: Any) -> None:
    config = client.meta.config

    longest = (config.connect_timeout + config.read_timeout) * config.retries["total_max_attempts"]
    assert longest <= 30


def test_a_letter_can_be_sent_again_with_the_same_tags(client: Any) -> None:
    mail, answer = a_mail(Event.RETURNED), {"MessageId": "1"}
    tagged = {"EmailTags": [{"Name": "event", "Value": "returned"}]}
    asked = {"FromEmailAddress": ANY, "Destination": ANY, "Content": ANY, **tagged}
    with Stubber(client) as service:
        for _ in range(2):
            service.add_response("send_email", answer, asked)
            send(mail, client)


def test_the_bytes_are_sent_with_the_line_ends_mail_wants(client: Any) -> None:
    with Stubber(client) as service:
        service.add_response(
            "send_email",
            {"MessageId": "1"},
            {"FromEmailAddress": ANY, "Destination": ANY, "Content": ANY, "EmailTags": ANY},
        )
        mail = a_mail(Event.FAILED)
        send(mail, client)

    assert b"\n" not in mail.as_bytes().replace(b"\r\n", b"")
