"""Amazon Comprehend as the second reader: a label that scores half or more is a finding."""

import pytest
from botocore.stub import Stubber

from shared.policy.second import GarbledReadingError, SecondReading, Suspected
from shared.readers.comprehend import MOST_BYTES, ComprehendReader
from tests.unit.policy.candidates import a_candidate
from tests.unit.readers.builders import POST, TEXT, a_client

ENDPOINT = "arn:aws:comprehend:eu-west-2:123456789012:document-classifier-endpoint/posts-3"
SAID = f"reply by officer, neighbourhood. {TEXT}"


def answered(answer, post=POST, said=SAID):
    client = a_client("comprehend")
    with Stubber(client) as service:
        service.add_response("classify_document", answer, {"Text": said, "EndpointArn": ENDPOINT})
        return ComprehendReader(lambda: client, ENDPOINT).read(post)


def test_labels_from_a_half_up_are_told_of_the_whole_post():
    labels = [{"Name": "rumour", "Score": 0.5}, {"Name": "joke", "Score": 0.49}]

    told = answered({"Labels": labels})

    assert told.suspected == (Suspected("rumour", 0.5, 0, len(TEXT)),)
    assert told.version == "document-classifier-endpoint/posts-3"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"Labels": []},
        {"Classes": [{"Name": "rumour", "Score": 0.9}]},
        {"Labels": [{"Name": "rumour"}]},
        {"Labels": [{"Name": "rumour", "Score": 7.0}]},
    ],
)
def test_an_endpoint_of_another_kind_is_not_believed(answer):
    with pytest.raises(GarbledReadingError):
        answered(answer)


def test_a_text_is_sent_as_far_as_it_is_read_and_whole_characters_only():
    said = "original by officer, neighbourhood. "
    long = a_candidate("é" * 20_000 + "\ud800")
    sent = said + "é" * ((MOST_BYTES - len(said)) // 2)

    assert answered({"Labels": [{"Name": "joke", "Score": 0.1}]}, long, sent).suspected == ()


def test_an_empty_text_is_not_sent():
    reader = ComprehendReader(lambda: pytest.fail("it was sent"), ENDPOINT)

    assert reader.read(a_candidate(" \n")) == SecondReading(
        "document-classifier-endpoint/posts-3", ()
    )
