"""What the mail service tells of the newsletter: who refuses it for good, and nothing else."""

import pytest

from subscribe.report import unwanted_by

READER = "ab" * 32


def told(kind, tags=None, source="aws.ses", **more):
    tags = {"reader": [READER]} if tags is None else tags
    return {"source": source, "detail": {"eventType": kind, "mail": {"tags": tags}, **more}}


@pytest.mark.parametrize(
    "event",
    [
        told("Bounce", bounce={"bounceType": "Permanent"}),
        told("Complaint", complaint={"complaintFeedbackType": "abuse"}),
        told("Complaint", complaint={}),
        told("Complaint"),
    ],
)
def test_who_refuses_it_for_good_is_told(event):
    assert unwanted_by(event) == READER


@pytest.mark.parametrize(
    "event",
    [
        *(None, [], "x", {}, {"source": "aws.ses"}, {"source": "aws.ses", "detail": []}),
        told("Bounce", bounce={"bounceType": "Transient"}),
        told("Bounce", bounce="Permanent"),
        told("Complaint", complaint={"complaintFeedbackType": "not-spam"}),
        told("Delivery"),
        told("Complaint", source="somebody.else"),
        told("Complaint", tags={}),
        told("Complaint", tags={"reader": READER}),
        told("Complaint", tags={"reader": ["../../etc"]}),
        told("Complaint", tags={"reader": [READER, READER]}),
        told("Complaint", tags={"reader": ["network#" + READER]}),
    ],
)
def test_anything_else_erases_nobody(event):
    assert unwanted_by(event) is None
