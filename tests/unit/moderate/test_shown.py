"""What the queue and the JSON are filled with."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from moderate import shown
from moderate.case import Case
from shared.accounts.registry import Role
from shared.http.description import description
from shared.http.shapes import post_shape
from shared.pages.views import QueueRow
from shared.records.approval import ApprovalState, Decision, Ruling, Way
from tests.builders import NOW, a_person, a_post, an_account, an_approval, an_approver

EXACT = "  Größe\u200b 👮🏽‍♀️ <b>\r\n"
RAY, AUTHOR, ACCOUNT = an_approver(), a_person(), an_account()
RULING = Ruling(Decision.RETURN, RAY.person_id, NOW + timedelta(minutes=3), Way.LINK, "Say where.")
SCHEMAS = json.loads(description())["components"]["schemas"]


# ── the queue ────────────────────────────────────────────────────────────────


def a_line(post, reader) -> QueueRow:
    case = Case(post, an_approval(post), ACCOUNT, AUTHOR)
    (line,) = shown.queue_view([case], reader).rows
    return line


def test_a_line_of_the_queue_leads_an_approver_to_the_decision():
    post = a_post(EXACT, not_before=NOW, findings=({"rule": "a"}, {"rule": "b"}))

    line = a_line(post, RAY)

    assert line.address == f"/approvals/{post.post_id}-1"
    assert (line.text, line.due, line.findings) == (EXACT, NOW, 2)
    assert (line.author, line.account_title, line.note) == (AUTHOR.name, ACCOUNT.title, "")
    assert line.expires_at == an_approval(post).ends_at


@pytest.mark.parametrize(
    ("reader", "why"),
    [
        (an_approver("pc-okafor"), "wrote this post"),
        (a_person("auditor", role=Role.AUDITOR), "communications staff"),
    ],
)
def test_who_may_not_decide_sees_the_line_and_why_and_no_way_in(reader, why):
    line = a_line(a_post(), reader)

    assert line.address is None
    assert why in line.note


# ── JSON ─────────────────────────────────────────────────────────────────────


def test_an_approval_that_waits_is_told_as_described():
    post = a_post()

    told = shown.approval_shape(an_approval(post), post)

    assert set(told) == set(SCHEMAS["Approval"]["properties"])
    assert told["post"] == post_shape(post)
    assert (told["state"], told["asked_at"]) == ("pending", "2026-11-20T09:00:00Z")
    assert told["ends_at"] == "2026-11-20T09:30:00Z"
    assert told["decision"] is told["decided_by"] is told["decided_at"] is told["reason"] is None
    assert "token-1" not in json.dumps(told)


def test_an_approval_that_was_decided_says_by_whom_when_and_why():
    post = a_post()
    approval = replace(an_approval(post), state=ApprovalState.DECIDED, ruling=RULING)

    told = shown.approval_shape(approval, post)

    assert (told["state"], told["decision"]) == ("decided", "return")
    assert (told["decided_by"], told["reason"]) == ("comms-ray", "Say where.")
    assert told["decided_at"] == "2026-11-20T09:03:00Z"
    assert told["replaced_by"] is None


def test_an_edit_says_which_version_took_its_place():
    post = a_post()
    edit = replace(RULING, decision=Decision.EDIT)
    approval = replace(an_approval(post), state=ApprovalState.DECIDED, ruling=edit)

    assert shown.approval_shape(approval, post)["replaced_by"] == 2


def test_everybody_who_sees_the_queue_is_shown_the_way_back_to_it():
    viewer = shown.viewer(RAY, "token")

    assert (viewer.name, viewer.may_approve, viewer.leave_token) == (RAY.name, True, "token")
