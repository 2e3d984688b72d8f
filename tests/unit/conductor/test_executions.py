"""What Step Functions answers, as one error each: over, nobody waits, or no answer we can trust."""

import json

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from shared.conductor.executions import (
    ExecutionOverError,
    Executions,
    NoAnswerError,
    NobodyWaitsError,
)
from shared.posts.names import IncidentId, PostId, ProofId

POST_ID = PostId("01ARZ3NDEKTSV4RRFFQ69G5FAV")
ARN = "arn:aws:states:eu-west-2:123456789012:stateMachine:publication"
NOWHERE = "https://states.eu-west-2.example"


class Client:
    """Step Functions, as far as it is asked; it notes every call and may answer with an error."""

    def __init__(self, error=None):
        self.error = error
        self.calls = []

    def start_execution(self, **given):
        return self._answer("start_execution", given)

    def send_task_success(self, **given):
        return self._answer("send_task_success", given)

    def send_task_failure(self, **given):
        return self._answer("send_task_failure", given)

    def _answer(self, name, given):
        self.calls.append((name, given))
        if self.error:
            raise self.error


def a_client_error(code, status=400):
    answer = {
        "Error": {"Code": code, "Message": "No."},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(answer, "Operation")


def executions(client):
    return Executions(lambda: client, ARN)


def test_a_proof_is_named_by_its_id_and_told_nothing_else():
    client = Client()

    executions(client).prove(ProofId("01P"))

    ((_, given),) = client.calls
    assert (given["name"], json.loads(given["input"])) == ("01P", {"proof_id": "01P"})


def test_a_publication_is_named_by_post_and_version_so_that_starting_twice_starts_one():
    client = Client()

    executions(client).start(POST_ID, 2)

    ((name, given),) = client.calls
    assert name == "start_execution"
    assert given["stateMachineArn"] == ARN
    assert given["name"] == f"{POST_ID}-2"
    assert json.loads(given["input"]) == {"post_id": POST_ID, "version": 2}


def test_starting_again_sends_the_same_input_to_the_byte():
    client = Client()

    executions(client).start(POST_ID, 2)
    executions(client).start(POST_ID, 2)

    assert client.calls[0] == client.calls[1]


def test_a_decision_wakes_the_one_that_waits():
    client = Client()

    executions(client).decided("token", "approve")

    ((name, given),) = client.calls
    assert name == "send_task_success"
    assert given["taskToken"] == "token"
    assert json.loads(given["output"]) == {"decision": "approve"}


def test_a_wait_is_ended_with_an_error_by_its_name():
    client = Client()

    executions(client).give_up("token", "MailNotSentError", "No letter arrived.")

    ((name, given),) = client.calls
    assert name == "send_task_failure"
    assert given == {
        "taskToken": "token",
        "error": "MailNotSentError",
        "cause": "No letter arrived.",
    }


SILENCES = [
    EndpointConnectionError(endpoint_url=NOWHERE),
    ConnectTimeoutError(endpoint_url=NOWHERE),
    ReadTimeoutError(endpoint_url=NOWHERE),
    a_client_error("ThrottlingException"),
    a_client_error("ServiceUnavailable", 503),
    a_client_error("InternalFailure", 500),
    a_client_error("AccessDeniedException"),
    a_client_error("StateMachineDoesNotExist"),
    a_client_error("ExecutionLimitExceeded"),
]


def name_of(error):
    return (
        error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
    )


@pytest.mark.parametrize("error", SILENCES, ids=name_of)
def test_whatever_settles_nothing_is_no_answer(error):
    for ask in (
        lambda e: e.start(POST_ID, 1),
        lambda e: e.decided("token", "approve"),
        lambda e: e.give_up("token", "MailNotSentError", "No letter."),
    ):
        with pytest.raises(NoAnswerError) as told:
            ask(executions(Client(error)))
        assert told.value.__cause__ is error


def test_an_execution_of_that_name_that_ended_is_over():
    client = Client(a_client_error("ExecutionAlreadyExists"))

    with pytest.raises(ExecutionOverError, match=f"{POST_ID}-1"):
        executions(client).start(POST_ID, 1)


@pytest.mark.parametrize("code", ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])
def test_a_token_that_was_used_or_timed_out_wakes_nobody(code):
    for ask in (
        lambda e: e.decided("secret-token", "approve"),
        lambda e: e.give_up("secret-token", "MailNotSentError", "No letter."),
    ):
        with pytest.raises(NobodyWaitsError) as told:
            ask(executions(Client(a_client_error(code))))
        assert "secret-token" not in str(told.value)


def test_the_client_is_made_when_it_is_needed_and_not_before():
    made = []

    Executions(lambda: made.append("a client"), ARN)

    assert made == []


def test_telling_of_an_incident_is_named_by_incident_and_event():
    client = Client()

    executions(client).tell(IncidentId("01INCIDENT"), "stood_down")

    ((_, given),) = client.calls
    assert given["name"] == "01INCIDENT-stood_down"
    assert json.loads(given["input"]) == {"incident_id": "01INCIDENT", "event": "stood_down"}


def test_telling_that_has_ended_is_not_started_again():
    over = Client(a_client_error("ExecutionAlreadyExists"))

    with pytest.raises(ExecutionOverError):
        executions(over).tell(IncidentId("01INCIDENT"), "declared")


def test_what_is_done_about_a_comment_is_named_by_its_kind_too():
    client = Client()

    executions(client).take_down("takedown", "01TAKEDOWN")
    executions(client).take_down("undo", "01TAKEDOWN")

    assert [given["name"] for _, given in client.calls] == [
        "takedown-01TAKEDOWN",
        "undo-01TAKEDOWN",
    ]
    assert json.loads(client.calls[1][1]["input"]) == {"kind": "undo", "id": "01TAKEDOWN"}
