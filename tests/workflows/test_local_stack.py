"""The smallest system with every resource type, running whole: made, called, timed out, stopped."""

import json
from datetime import timedelta
from email.message import EmailMessage

import pytest
from botocore.exceptions import ClientError

from local.cloud import CloudBusyError
from local.stack import FunctionFailedError, Stack
from tests.workflows.small import MADE, SMALL, eventually, fetch

LONGER_THAN_THE_WAIT = timedelta(hours=2)


@pytest.fixture(scope="module")
def stack():
    with Stack.start(template=SMALL) as stack:
        yield stack


@pytest.mark.parametrize("made", MADE, ids=lambda made: f"{made[1]}-{made[4]}")
def test_what_the_template_names_is_made_as_it_says(stack, made):
    service, call, asked, path, expected = made
    arguments = {name: value.format(**stack.outputs) for name, value in asked.items()}

    found = getattr(stack.aws.client(service), call)(**arguments)

    for part in path.split("."):
        found = found[int(part)] if part.isdigit() else found[part]
    assert found == expected


def test_what_a_condition_forbids_is_not_made(stack):
    topics = stack.aws.client("sns").list_topics()["Topics"]

    assert [topic["TopicArn"].rpartition(":")[2] for topic in topics] == ["bluelamp-local-Alarms"]
    assert "OnlyElsewhere" not in stack.outputs


def test_a_request_reaches_its_function_with_the_environment_of_the_template(stack):
    status, _, body = fetch(stack, "/hello/Anna?again=yes")

    assert (status, json.loads(body)) == (200, {"said": "hello Anna", "again": "yes"})
    assert stack.environment("Greet")["TABLE"] == "bluelamp-local-things"


def test_a_preflight_is_answered_without_any_function(stack):
    status, headers, _ = fetch(stack, "/echo", "OPTIONS", Origin="https://other.example")

    assert status == 200
    assert headers["Access-Control-Allow-Origin"] == stack.url
    assert headers["Access-Control-Allow-Methods"] == "GET,POST"


def test_a_picture_arrives_as_bytes(stack):
    status, headers, body = fetch(stack, "/picture", Accept="image/png")

    assert (status, headers["Content-Type"], body) == (200, "image/png", b"\x89PNG\x00")


def test_a_body_of_eleven_megabytes_is_refused(stack):
    body = b"x" * 11_000_000

    status, _, answer = fetch(stack, "/echo", "POST", body, Content_Type="text/plain")

    assert (status, json.loads(answer)) == (413, {"message": "Request Too Long"})


def test_a_function_that_ends_its_process_is_a_bad_gateway_and_the_next_call_works(stack):
    status, _, _ = fetch(stack, "/broken")

    assert status == 502
    assert fetch(stack, "/hello/Anna")[0] == 200


def test_calling_by_hand_gives_the_result_or_the_error(stack):
    assert stack.call("Shout", {"word": "hey"}) == {"word": "HEY"}
    with pytest.raises(FunctionFailedError, match="TooQuietError: Say something"):
        stack.call("Shout", {})


def test_the_lambda_api_says_unhandled_as_in_the_cloud(stack):
    answer = stack.aws.client("lambda").invoke(FunctionName="bluelamp-local-Shout", Payload=b"{}")

    assert answer["FunctionError"] == "Unhandled"
    assert json.loads(answer["Payload"].read())["errorType"] == "TooQuietError"


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        (b"not json", "InvalidRequestContentException"),
        (b'"' + b"x" * 7_000_000 + b'"', "RequestTooLargeException"),
    ],
)
def test_the_lambda_api_refuses_what_lambda_refuses(stack, payload, error):
    with pytest.raises(ClientError) as refused:
        stack.aws.client("lambda").invoke(FunctionName="bluelamp-local-Shout", Payload=payload)

    assert refused.value.response["Error"]["Code"] == error


def test_an_event_that_fails_is_tried_as_often_as_the_template_says(stack):
    before = len(stack.lambdas.lost)

    stack.aws.client("lambda").invoke(
        FunctionName="bluelamp-local-Shout", InvocationType="Event", Payload=b'{"word": ""}'
    )

    lost = eventually(lambda: stack.lambdas.lost[before:])
    assert (lost[0].function, lost[0].error["errorType"]) == ("Shout", "TooQuietError")
    assert stack.functions["Shout"].retries == 1


def test_a_schedule_fires_when_the_clock_is_turned(stack):
    before = len(stack.schedules.firings)

    stack.clock.advance(timedelta(days=1, minutes=1))

    fired = eventually(lambda: list(stack.schedules.firings)[before:])
    assert fired[0].error is None


class Execution:
    """One run of the greeting."""

    def __init__(self, stack, word):
        self._client = stack.aws.client("stepfunctions")
        name = f"run-{word or 'silent'}"
        self._arn = self._client.start_execution(
            stateMachineArn=stack.outputs["GreetingArn"],
            name=name,
            input=json.dumps({"word": word}),
        )["executionArn"]

    def state(self):
        return self._client.describe_execution(executionArn=self._arn)

    def ended(self):
        return eventually(lambda: (s := self.state())["status"] != "RUNNING" and s)

    def entered(self):
        pages = self._client.get_execution_history(executionArn=self._arn, maxResults=1000)
        return [
            event["stateEnteredEventDetails"]["name"]
            for event in pages["events"]
            if "stateEnteredEventDetails" in event
        ]


def test_a_handlers_exception_chooses_the_ending_by_its_class(stack):
    run = Execution(stack, "")

    ended = run.ended()

    assert (ended["status"], ended["error"]) == ("FAILED", "Refused")
    assert run.entered() == ["Shout", "Refused"]


def test_turning_the_clock_ends_a_wait_at_once(stack):
    run = Execution(stack, "anybody")
    eventually(lambda: run.entered() == ["Shout", "Ask"])

    def turned():
        # The wait itself may begin a moment after its state is entered: turn again.
        stack.clock.advance(LONGER_THAN_THE_WAIT)
        return run.state()["status"] != "RUNNING"

    eventually(turned)

    assert run.ended()["error"] == "Unanswered"


def test_a_mail_that_is_sent_can_be_read_on_the_mailbox_page(stack):
    mail = EmailMessage()
    mail["From"] = "duty@small.example"
    mail["To"] = "comms@small.example"
    mail["Subject"] = "Something to read"
    mail.set_content("Here it is.")

    stack.aws.client("sesv2").send_email(
        FromEmailAddress="duty@small.example",
        Destination={"ToAddresses": ["comms@small.example"]},
        Content={"Raw": {"Data": mail.as_bytes()}},
    )

    assert stack.mailbox[-1]["Subject"] == "Something to read"
    assert b"Something to read" in fetch(stack, "/local/mailbox")[2]


def test_a_second_stack_in_one_process_is_refused(stack):
    with pytest.raises(CloudBusyError, match="stop it first"):
        Stack.start(template=SMALL)

    assert fetch(stack, "/hello/Anna")[0] == 200
