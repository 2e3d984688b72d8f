"""What the mail service tells of a letter: read with suspicion, and never an error."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.mail_events import Sent, events
from local.mail_faults import Fate
from moderate.jobs import letter_event
from moderate.letter_report import Report, read_report
from shared.records.approval import Undelivered

HASH = "ab" * 32
SENT = Sent(
    "0100",
    "approvals@bluelamp.example",
    "dilys.penhale@force.example",
    "Approval needed by 14:30 · code 4F7K",
    {"event": "approval-request", "link": HASH, "ses:configuration-set": "bluelamp"},
    datetime(2026, 11, 20, 9, tzinfo=UTC),
)


def told(fate, sent=SENT):
    """The last thing that is told of a mail with this fate."""
    *_, detail = events(sent, fate)
    return {"source": "aws.ses", "detail-type": "Email", "detail": detail}


def told_as(event_type, **parts):
    """An event of a type that nothing local sends."""
    mail = told(Fate.DELIVER)["detail"]["mail"]
    return {"source": "aws.ses", "detail": {"eventType": event_type, "mail": mail, **parts}}


READ = [
    (told(Fate.DELIVER), Report(HASH, None)),
    (told(Fate.BOUNCE), Report(HASH, Undelivered.BOUNCE)),
    (told(Fate.COMPLAIN), Report(HASH, Undelivered.COMPLAINT)),
    (told(Fate.REJECT), Report(HASH, Undelivered.REJECT)),
    (told_as("Rendering Failure", failure={}), Report(HASH, Undelivered.RENDERING)),
    (told_as("Complaint", complaint={}), Report(HASH, Undelivered.COMPLAINT)),
]


@pytest.mark.parametrize(("event", "report"), READ)
def test_what_became_of_a_letter_is_read(event, report):
    assert read_report(json.loads(json.dumps(event))) == report


NOTHING_FOR_GOOD = [
    told(Fate.FULL),
    told(Fate.DELAY),
    told(Fate.SWALLOW),
    told_as("Send"),
    told_as("Open"),
    told_as("Click"),
    told_as("Subscription"),
    told_as("Bounce", bounce={"bounceType": "Undetermined"}),
    told_as("Bounce", bounce={"bounceType": ["Permanent"]}),
    told_as("Bounce", bounce="Permanent"),
    told_as("Bounce"),
    told_as("Complaint", complaint={"complaintFeedbackType": "not-spam"}),
    told_as("delivery"),
    told_as(None),
    told_as(["Delivery"]),
    told_as({"Delivery": 1}),
]


@pytest.mark.parametrize("event", NOTHING_FOR_GOOD)
def test_what_says_nothing_for_good_is_nothing(event):
    assert read_report(event) is None


def with_source(source):
    return {**told(Fate.BOUNCE), "source": source}


def with_tags(tags):
    event = told(Fate.BOUNCE)
    event["detail"]["mail"]["tags"] = tags
    return event


FORGED = [
    with_source("bluelamp"),
    with_source("aws.sesv2"),
    with_source(None),
    with_source(["aws.ses"]),
    with_tags({}),
    with_tags(None),
    with_tags([]),
    with_tags([["link", [HASH]]]),
    with_tags({"link": HASH}),
    with_tags({"link": []}),
    with_tags({"link": [HASH, HASH]}),
    with_tags({"link": [HASH] * 10_000}),
    with_tags({"link": [[HASH]]}),
    with_tags({"link": {"0": HASH}}),
    with_tags({"link": [HASH.upper()]}),
    with_tags({"link": [HASH[:-1]]}),
    with_tags({"link": [HASH + "\n"]}),
    with_tags({"link": ["x" * 900_000]}),
    with_tags({"link": ["\ud83d" * 64]}),
    with_tags({"LINK": [HASH]}),
    with_tags({"event": ["approval-request"]}),
    {"source": "aws.ses"},
    {"source": "aws.ses", "detail": "Bounce"},
    {"source": "aws.ses", "detail": {"eventType": "Bounce", "mail": [HASH]}},
    {"detail": told(Fate.BOUNCE)["detail"]},
    {},
    [],
    [told(Fate.BOUNCE)],
    None,
    0,
    "aws.ses",
    json.dumps(told(Fate.BOUNCE)),
]


@pytest.mark.parametrize("event", FORGED)
def test_whatever_is_not_plainly_about_a_letter_of_ours_is_ignored(event):
    assert read_report(event) is None
    assert letter_event(event, None) == {"outcome": "ignored"}


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.just(HASH),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["source", "detail", "mail", "tags", "link", "eventType", "bounce"]),
            inner | st.sampled_from(["aws.ses", "Bounce", "Delivery"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(anything)
def test_no_event_is_ever_an_error(event):
    read = read_report(event)

    assert read is None or read.link_hash == HASH
