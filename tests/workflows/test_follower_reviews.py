"""Who follows an account is read once a month, and looked at by two people."""

import json
from dataclasses import replace

import pytest

from local.force import AUDITOR, COMMS
from local.sandbox.audience import Neighbour
from local.sandbox.faults import Fault, FaultKind
from shared.followers.review import ReviewState
from shared.followers.someone import Side
from shared.records.reviews import Reviews
from tests.workflows.force import FREE, a_force, eventually

SPAM = Neighbour("u-66", "winner993311", "", following=4_000)
STAR = Neighbour("u-77", "famous", "Famous Invented", "On tour.", followers=2_000_000)


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()
        force.keep_leaves()
        yield force


@pytest.fixture(autouse=True)
def _next_month(force):
    """Nothing is broken, nobody reads still, and this month's reviews are not begun."""
    force.stack.sandbox.faults.clear()
    nobody_reads(force)
    force.turn(days=31)
    yield
    force.stack.sandbox.faults.clear()


def month(force):
    return f"{force.stack.clock.now():%Y-%m}"


def named(force):
    return force.accounts.get(FREE).handles[0].name


def read(force):
    """The morning comes, and everything is read to its end; this account's review."""
    told = force.stack.call("KeepReviews", {})
    reviews = Reviews(force.stack.tables, force.pen)

    def over():
        found = reviews.of_month(month(force))
        left = [each for each in found if each.state is ReviewState.READING]
        return len(found) == told["accounts"] and not left

    eventually(over)
    return reviews.get(f"{month(force)}-{FREE}")


def nobody_reads(force):
    """Whoever still read when the clock is turned would read into the next month's lists."""
    machine = force.stack.environment("KeepReviews")["FOLLOWER_REVIEW_ARN"]
    states = force.stack.aws.client("stepfunctions")
    running = {"stateMachineArn": machine, "statusFilter": "RUNNING"}
    eventually(lambda: not states.list_executions(**running)["executions"])


def leaves(force, what):
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    return [leaf for row in rows if (leaf := json.loads(bytes(row.envelope)))["type"] == what]


def seen(review, side=Side.FOLLOWER):
    return next(each for each in review.seen if each.place.side is side)


def test_both_lists_are_read_once_a_month_and_it_is_said_who_stands_out(force):
    audience, name = force.stack.sandbox.audience, named(force)
    for number in range(120):  # three pages
        audience.follow(
            name, Neighbour(f"n-{number}", f"near-{number}", f"Near {number}", "Hello.")
        )
    audience.follow(name, SPAM)
    audience.followed(name, STAR)

    review = read(force)

    assert review.state is ReviewState.OPEN
    assert seen(review).count >= 121
    assert [flagged.someone.platform_id for flagged in review.flagged] == ["u-66", "u-77"]
    assert force.stack.call("KeepReviews", {})["accounts"] == 0
    assert any("KeepReviews" in schedule.name for schedule in force.stack.schedules.read())
    ready = [each["subject"] for each in leaves(force, "review.ready")]
    assert ready.count(f"review:{review.review_id}") == 1


def test_both_sides_decide_and_sign_and_nobody_is_named_any_more(force):
    audience, name = force.stack.sandbox.audience, named(force)
    audience.follow(name, replace(SPAM, actor_id="u-88", handle="another00112233"))
    review = read(force)
    one, page = f"/v1/reviews/{review.review_id}", f"/reviews/{review.review_id}"
    owner = force.caller(force.accounts.get(FREE).owner)
    wish = {"people": ["1"], "decision": "block", "why": "Spam."}

    early = force.comms.post_json(f"{one}/signature", {"part": "comms"})
    stranger = force.caller(AUDITOR.person_id).post_json(f"{one}/decisions", wish)
    other_side = force.comms.post_json(f"{one}/signature", {"part": "owner"})
    decided = force.comms.post_json(f"{one}/decisions", wish)
    shown = force.comms.get(page)

    assert (early.status, stranger.status, other_side.status) == (409, 403, 403)
    assert decided.status == 200, decided.text
    assert "another00112233" in shown.text
    link = "/blocks/new?account=leek-npt&amp;platform=sandbox&amp;author_id=u-88"
    assert link in shown.text
    asked = link.replace("&amp;", "&") + "&handle=another00112233"
    assert 'value="u-88"' in force.comms.get(asked).text

    first = force.comms.post_json(f"{one}/signature", {"part": "comms"})
    again = force.comms.post_json(f"{one}/signature", {"part": "comms"})
    second = owner.post_json(f"{one}/signature", {"part": "owner"})
    late = owner.post_json(f"{one}/decisions", wish)

    assert (first.status, again.status, second.status, late.status) == (200, 409, 200, 409)
    assert second.json()["state"] == "signed"
    assert "another00112233" not in second.text
    mine = owner.get("/v1/reviews").json()["reviews"]
    assert {each["account"] for each in mine} >= {FREE}
    [sealed] = [e for e in leaves(force, "review.decided") if e["subject"].endswith(one[12:])]
    assert (sealed["actor"], sealed["reason"]) == (COMMS.person_id, "block")
    assert [each["actor"] for each in leaves(force, "review.signed")][-2:] == [
        COMMS.person_id,
        force.accounts.get(FREE).owner,
    ]


def test_a_platform_that_is_down_costs_neither_the_review_nor_what_was_known(force):
    before = read(force)
    force.turn(days=31)
    faults = force.stack.sandbox.faults
    faults.add(Fault(FaultKind.FAILS_BEFORE_COMMIT, on="followers", times=1_000))
    for _ in range(3):
        force.stack.call("ReadFollowers", {"accounts": [FREE], "month": month(force)})
        force.turn(minutes=40)
    faults.clear()
    force.stack.call("ReadFollowers", {"accounts": [FREE], "month": month(force)})

    review = Reviews(force.stack.tables, force.pen).get(f"{month(force)}-{FREE}")

    assert review.state is ReviewState.OPEN
    assert seen(review).fault
    assert seen(review).count == seen(before).count
    assert not seen(review, Side.FOLLOWED).fault
    force.turn(days=31)
    later = read(force)
    assert (seen(later).new, seen(later).gone) == (0, 0)


def test_a_platform_that_says_not_now_is_asked_again_when_it_says(force):
    force.stack.sandbox.faults.add(Fault(FaultKind.RATE_LIMITED, on="followers"))

    told = force.stack.call("ReadFollowers", {"accounts": [FREE], "month": month(force)})
    force.turn(hours=1)
    again = force.stack.call("ReadFollowers", {"accounts": [FREE], "month": month(force)})

    assert (told["outcome"], again["outcome"]) == ("wait", "read")
    assert told["until"].endswith("Z")


def test_whoever_has_to_look_is_told_once_and_the_month_is_stated_when_it_is_over(force):
    review, before = read(force), len(force.stack.mailbox)
    stated = len(leaves(force, "review.stated"))

    for _ in range(2):
        force.stack.call("TellMorning", {})
    mails = [mail.get_body(("plain",)).get_content() for mail in list(force.stack.mailbox)[before:]]
    owners = [text for text in mails if review.review_id in text]
    ours = [text for text in mails if f"of {review.month} are ready" in text]
    nobody_reads(force)
    force.turn(days=31)
    months = [force.stack.call("KeepReviews", {})["stated"] for _ in range(2)]

    assert len(owners) == 1
    assert len(ours) == len({*ours}) >= 1
    assert months in ([review.month, None], [None, None])  # by the day of the month it is
    if months[0] is None:
        nobody_reads(force)
        force.turn(days=14)
        assert force.stack.call("KeepReviews", {})["stated"] == review.month
    [leaf] = leaves(force, "review.stated")[stated:]
    assert leaf["subject"] == f"reviews:{review.month}"
