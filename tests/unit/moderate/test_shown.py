"""What the approver's pages and JSON are filled with: exactly what would go out."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from moderate import shown
from shared.accounts.registry import Role
from shared.http.description import description
from shared.http.shapes import post_shape
from shared.pages.forms import DecisionForm
from shared.pages.views import FieldError, QueueRow
from shared.policy.check import check
from shared.posts.names import PersonId
from shared.records.approval import ApprovalState, Decision, Ruling, Way
from shared.records.approvals import Waiting
from tests.builders import NOW, a_person, a_picture, a_post, an_account, an_approval, an_approver
from tests.unit.policy.candidates import PACK, a_candidate

EXACT = "  Größe\u200b 👮🏽‍♀️ <b>\r\n"
RAY, AUTHOR, ACCOUNT = an_approver(), a_person(), an_account()
RULING = Ruling(Decision.RETURN, RAY.person_id, NOW + timedelta(minutes=3), Way.LINK, "Say where.")
SCHEMAS = json.loads(description())["components"]["schemas"]


def a_view(post, **said):
    return shown.approval_view(
        address="/approvals/secret",
        addressee=RAY,
        post=post,
        approval=an_approval(post),
        account=ACCOUNT,
        author=AUTHOR,
        pack=PACK,
        **said,
    )


def test_the_page_shows_exactly_what_would_go_out():
    post = a_post(EXACT, platforms=("sandbox", "x"), media=(a_picture("A lorry."),), not_before=NOW)

    view = a_view(post)

    assert (view.text, view.due, view.content_hash) == (EXACT, NOW, post.content_hash)
    assert [media.alt for media in view.media] == ["A lorry."]
    assert [target.platform for target in view.targets] == ["sandbox", "x"]
    assert view.targets[0].handle == "riverside.force.example"
    assert view.targets[1].handle == ACCOUNT.title, "it has no voice there"
    assert (view.author, view.addressee, view.account_title) == (
        "Pc Okafor",
        RAY.name,
        ACCOUNT.title,
    )
    assert view.expires_at == an_approval(post).ends_at


def test_each_platform_counts_in_its_own_way():
    post = a_post("a👮🏽‍♀️", platforms=("x", "bluesky"))

    counts = [target.count for target in a_view(post).targets]

    assert [(count.length, count.limit) for count in counts] == [(3, 280), (2, 300)]


def test_findings_are_those_on_record():
    findings = tuple(f.as_dict() for f in check(a_candidate("#a #b #c #d #e #f"), PACK).findings)

    assert [f.rule for f in a_view(a_post(findings=findings)).findings] == ["too-many-hashtags"]


def test_an_empty_form_has_no_choice_and_a_filled_one_comes_back_as_it_was():
    form = DecisionForm("return", "Say where.", "CODE", "csrf")
    errors = (FieldError("code", "Not the code."),)

    empty = a_view(a_post())
    filled = a_view(a_post(), form=form, errors=errors, tries_left=4, asks_code=False)

    assert (empty.choice, empty.written_reason, empty.errors) == ("", "", ())
    assert (empty.tries_left, empty.asks_code) == (None, True)
    assert (filled.choice, filled.written_reason, filled.errors) == ("return", "Say where.", errors)
    assert (filled.tries_left, filled.asks_code) == (4, False)
    assert "CODE" not in repr(filled), "a code is typed anew each time"


@pytest.mark.parametrize("just_now", [True, False])
def test_a_decision_that_stands_says_who_made_it_when_and_about_what(just_now):
    post = a_post(not_before=NOW)

    view = shown.decided_view(RULING, post, ACCOUNT, RAY, just_now=just_now)

    assert (view.decision, view.decided_by, view.decided_at) == ("return", RAY.name, RULING.at)
    assert (view.reference, view.due) == (f"{post.post_id}@1", NOW)
    assert view.just_now is just_now


# ── the queue ────────────────────────────────────────────────────────────────


def a_line(post, reader) -> QueueRow:
    waiting = [Waiting(an_approval(post), post)]
    titles, names = {"riverside": ACCOUNT.title}, {AUTHOR.person_id: AUTHOR.name}
    (line,) = shown.queue_view(waiting, titles, names, reader).rows
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


def test_what_has_no_name_is_told_by_its_key():
    post = a_post(account="gone", author=PersonId("p-gone"))

    line = a_line(post, RAY)

    assert (line.account_title, line.author) == ("gone", "p-gone")


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


def test_everybody_who_sees_the_queue_is_shown_the_way_back_to_it():
    viewer = shown.viewer(RAY, "token")

    assert (viewer.name, viewer.may_approve, viewer.leave_token) == (RAY.name, True, "token")
