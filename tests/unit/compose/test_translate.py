"""Every error the author's room can meet, as a problem with a sentence a person can act on."""

import json

import pytest

from compose.submit import MayNotPostError, NotReplaceableError
from compose.translate import blocked, faults_of, page_of, translate
from shared.conductor.executions import NoAnswerError
from shared.http.problems import (
    FieldFault,
    ForbiddenError,
    InvalidFieldsError,
    NotSignedInError,
    ProblemError,
)
from shared.identity.session import ForgedFormError, UnknownSessionError
from shared.pages.views import FieldError
from shared.policy.check import check
from shared.policy.errors import InvalidPackError, NoRulesError, UnknownPlatformError
from shared.posts.errors import InvalidDraftError
from shared.posts.life import State
from shared.records import errors as records
from tests.builders import a_post
from tests.unit.policy.candidates import PACK, a_candidate

MEANS = [
    # the error, the status, a word of the sentence
    (InvalidDraftError("text", "Write something."), 422, "Write something."),
    (UnknownPlatformError("myspace"), 422, "myspace"),
    (records.InvalidCursorError(), 422, "cursor"),
    (records.UnstorableError("Half a character."), 422, "Half a character."),
    (records.TooLargeError("posts", 500_000, 400_000), 422, "500000"),
    (UnknownSessionError("Sign in first."), 401, "Sign in first."),
    (records.ExpiredSessionError(), 401, "Sign in again."),
    (MayNotPostError("You are no member."), 403, "You are no member."),
    (ForgedFormError("Reload the page."), 403, "Reload the page."),
    (NotReplaceableError("It cannot change."), 409, "It cannot change."),
    (records.KeyReusedError("key"), 409, "something else"),
    (records.AlreadyExistsError("post", "01J v2"), 409, "newer version first"),
    (records.NotFoundError("post", "01J"), 404, "nothing here that you may see"),
    (NoRulesError(), 503, "policy cannot be applied"),
    (InvalidPackError("rules", "is missing"), 503, "policy cannot be applied"),
    (records.BusyError("TransactWriteItems"), 503, "Nothing was lost"),
    (records.UnavailableError("GetItem"), 503, "Nothing was lost"),
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


def test_what_is_not_there_is_not_told_by_name():
    assert "secret" not in translate(records.NotFoundError("account", "secret-squad")).sentence


def test_a_fault_of_the_form_stands_beside_its_field():
    both = InvalidFieldsError((FieldFault("text", "Write."), FieldFault("date", "Enter.")))

    assert faults_of(InvalidDraftError("time", "Enter a time.")) == (
        FieldError("time", "Enter a time."),
    )
    assert faults_of(both) == (FieldError("text", "Write."), FieldError("date", "Enter."))


@pytest.mark.parametrize(
    "error", [ForbiddenError("No."), NotReplaceableError("No."), KeyError("x")]
)
def test_what_is_no_fault_of_the_form_is_raised_again(error):
    with pytest.raises(type(error)) as told:
        faults_of(error)
    assert told.value is error


def test_a_blocked_post_is_told_with_its_findings_and_where_it_stands():
    findings = tuple(f.as_dict() for f in check(a_candidate("#a #b #c #d #e #f"), PACK).findings)
    post = a_post(state=State.BLOCKED, findings=findings)

    document = json.loads(blocked(post).body())

    assert document["status"] == 422
    assert document["findings"] == list(findings)
    assert document["post"]["post_id"] == post.post_id
    assert document["errors"] == [{"field": "text", "detail": findings[0]["message"]}]


def test_who_is_not_signed_in_is_shown_the_way_and_others_the_way_back():
    sign_in = page_of(NotSignedInError("Sign in first."), "https://id.example/sign-in")
    other = page_of(ProblemError("Something <b>broke</b>."), "https://id.example/sign-in")

    assert "https://id.example/sign-in" in sign_in
    assert "Sign in first." in sign_in
    assert 'href="/posts"' in other
    assert "<b>broke" not in other
