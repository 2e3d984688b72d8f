"""Every error the approver's room can meet, as a problem with a sentence a person can act on."""

import json

import pytest

from moderate.doors import NoSuchDoorError
from moderate.errors import (
    EditRefusedError,
    LinkOverError,
    MayNotDecideError,
    ReasonMissingError,
    SignInNeededError,
    TakenBackError,
)
from moderate.translate import page_of, sign_in_address, translate
from shared.conductor.executions import NoAnswerError
from shared.http.problems import NotSignedInError, ProblemError
from shared.identity.session import ForgedFormError, UnknownSessionError
from shared.policy.check import check
from shared.posts.errors import ContentChangedError, UnlawfulStepError
from shared.posts.names import PersonId
from shared.records import errors as records
from shared.records.approval import ApprovalState, Decision
from tests.builders import NOW, a_post
from tests.unit.policy.candidates import PACK, a_candidate

DECIDED = records.AlreadyDecidedError("01J v1", PersonId("comms-ray"), NOW, Decision.REJECT)

MEANS = [
    # the error, the status, a word of the sentence
    (UnknownSessionError("Sign in first."), 401, "Sign in first."),
    (records.ExpiredSessionError(), 401, "Sign in again."),
    (MayNotDecideError("You wrote this post."), 403, "You wrote this post."),
    (ForgedFormError("Reload the page."), 403, "Reload the page."),
    (LinkOverError("This link has expired."), 403, "This link has expired."),
    (records.DeadLinkError(), 403, "queue"),
    (SignInNeededError("Sign in to decide."), 403, "Sign in to decide."),
    (TakenBackError("It was taken back."), 409, "It was taken back."),
    (EditRefusedError("text", "Too many hashtags."), 422, "Too many hashtags."),
    (records.AlreadyExistsError("post", "01J v2"), 409, "reload"),
    (ReasonMissingError("Say what has to change."), 422, "Say what has to change."),
    (records.UnstorableError("Half a character."), 422, "Half a character."),
    (NoSuchDoorError("No."), 404, "as it is in your e-mail"),
    (records.NotFoundError("link", "hash"), 404, "as it is in your e-mail"),
    (DECIDED, 409, "by comms-ray at 09:00 UTC"),
    (records.ApprovalClosedError("01J v1", ApprovalState.EXPIRED), 409, "nobody decided in time"),
    (records.ApprovalClosedError("01J v1", ApprovalState.VOID), 409, "broke"),
    (records.PostMovedError(a_post()), 409, "reload"),
    (records.ChangedError("approval", "01J v1", "was asked again"), 409, "reload"),
    (ContentChangedError("a", "b"), 409, "reload"),
    (UnlawfulStepError("failed", "cleared"), 409, "reload"),
    (records.BusyError("TransactWriteItems"), 503, "Nothing was decided"),
    (records.UnavailableError("TransactWriteItems"), 503, "whether it was decided"),
]


@pytest.mark.parametrize(
    ("error", "status", "word"), MEANS, ids=[type(row[0]).__name__ for row in MEANS]
)
def test_every_error_is_a_problem_with_its_status_and_its_sentence(error, status, word):
    problem = translate(error)

    document = json.loads(problem.body())
    assert document["status"] == status
    assert word in document["detail"]


@pytest.mark.parametrize(
    "error",
    [
        records.DatabaseRefusedError("PutItem", "AccessDeniedException"),
        NoAnswerError("No answer."),
        RuntimeError("A fault of ours."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_fault_of_ours_is_nobodys_problem(error):
    assert translate(error) is None


def test_where_no_answer_came_nobody_is_told_that_nothing_was_decided():
    assert "Nothing was decided" not in translate(records.UnavailableError("x")).sentence


def test_who_is_not_signed_in_is_shown_the_way_and_others_a_sentence():
    sign_in = page_of(NotSignedInError("Sign in first."), "https://id.example/sign-in")
    other = page_of(ProblemError("Something <b>broke</b>."), "https://id.example/sign-in")

    assert "https://id.example/sign-in" in sign_in
    assert "https://id.example/sign-in" not in other
    assert "<b>broke" not in other


def test_whoever_signs_in_comes_back_to_the_post_they_came_for():
    asked = NotSignedInError("Sign in first.", to="/approvals/01J-1")

    assert sign_in_address("/sign-in", "") == "/sign-in"
    assert sign_in_address("/sign-in", "/approvals/01J-1") == "/sign-in?to=%2Fapprovals%2F01J-1"
    assert "/sign-in?to=%2Fapprovals%2F01J-1" in page_of(asked, "/sign-in")


def test_a_refused_edit_tells_a_program_every_finding():
    findings = check(a_candidate("#a #b #c #d #e #f"), PACK).findings

    document = translate(EditRefusedError("text", "No.", findings)).document()

    assert document["errors"] == [{"field": "text", "detail": "No."}]
    assert document["findings"] == [finding.as_dict() for finding in findings]
