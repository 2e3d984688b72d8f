"""What the local mail service tells of a mail, by what its address was told to do."""

from datetime import UTC, datetime

import pytest

from local.mail_events import DETAIL_TYPES, Sent, events
from local.mail_faults import FAULTS, Fate, MailFaults
from local.mailbox import Mailbox

SENT = Sent(
    "0100",
    "approvals@small.example",
    "ray@force.example",
    "Approval needed",
    {"link": "ab", "ses:configuration-set": "small"},
    datetime(2026, 3, 1, 12, tzinfo=UTC),
)

TOLD = {
    Fate.DELIVER: ["Send", "Delivery"],
    Fate.BOUNCE: ["Send", "Bounce"],
    Fate.FULL: ["Send", "Bounce"],
    Fate.COMPLAIN: ["Send", "Delivery", "Complaint"],
    Fate.REJECT: ["Send", "Reject"],
    Fate.DELAY: ["Send", "DeliveryDelay"],
    Fate.SWALLOW: ["Send"],
}


@pytest.mark.parametrize("fate", Fate)
def test_every_fate_has_its_story(fate):
    told = list(events(SENT, fate))

    assert [each["eventType"] for each in told] == TOLD[fate]
    assert {each["eventType"] for each in told} <= set(DETAIL_TYPES)
    for each in told:
        assert each["mail"]["tags"] == {"link": ["ab"], "ses:configuration-set": ["small"]}
        assert each["mail"]["destination"] == ["ray@force.example"]
        assert each["mail"]["timestamp"] == "2026-03-01T12:00:00.000Z"


def test_only_a_bounce_for_good_says_so():
    kinds = {fate: list(events(SENT, fate))[-1] for fate in (Fate.BOUNCE, Fate.FULL)}

    assert {fate: told["bounce"]["bounceType"] for fate, told in kinds.items()} == {
        Fate.BOUNCE: "Permanent",
        Fate.FULL: "Transient",
    }


def test_an_address_keeps_its_fate_until_all_are_cleared_whatever_its_capitals():
    faults = MailFaults()
    faults.bounce("Ray@force.example")
    faults.swallow("sol@force.example")
    faults.complain("sol@force.example")

    assert faults.of("ray@FORCE.example") is Fate.BOUNCE
    assert faults.of("sol@force.example") is Fate.COMPLAIN
    assert faults.of("kim@force.example") is Fate.DELIVER

    faults.clear()

    assert faults.of("ray@force.example") is Fate.DELIVER


def test_a_new_mailbox_knows_no_old_faults():
    FAULTS.bounce("ray@force.example")

    assert Mailbox().faults.of("ray@force.example") is Fate.DELIVER
