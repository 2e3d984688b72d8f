"""Problems: every class a document with its status, its title and a sentence for a person."""

import json
import re

import pytest

from shared.http import problems
from shared.http.problems import (
    FieldFault,
    InvalidFieldsError,
    NotFoundError,
    ProblemError,
    meaning_of,
)

STATUS = {
    "BadRequestError": (400, "bad-request"),
    "NotSignedInError": (401, "not-signed-in"),
    "ForbiddenError": (403, "forbidden"),
    "NotFoundError": (404, "not-found"),
    "ConflictError": (409, "conflict"),
    "TooLargeError": (413, "too-large"),
    "UnsupportedTypeError": (415, "unsupported-type"),
    "InvalidFieldsError": (422, "invalid-fields"),
    "TooManyRequestsError": (429, "too-many-requests"),
    "ProblemError": (500, "problem"),
    "UnavailableNowError": (503, "unavailable-now"),
}
SENTENCE = "Say “please”."


def every_class():
    return [
        kind
        for kind in vars(problems).values()
        if isinstance(kind, type) and issubclass(kind, ProblemError)
    ]


def a_problem(kind, **more):
    if kind is InvalidFieldsError:
        return kind((FieldFault("text", SENTENCE),), **more)
    return kind(SENTENCE, **more)


def test_the_table_names_every_problem_there_is():
    assert {kind.__name__ for kind in every_class()} == set(STATUS)


@pytest.mark.parametrize("kind", every_class())
def test_every_problem_is_a_document_with_its_status(kind):
    status, name = STATUS[kind.__name__]

    document = json.loads(a_problem(kind).body())

    assert document["status"] == kind.status == status
    assert document["type"].endswith(f"/problems/{name}")
    assert document["detail"] == SENTENCE
    assert document["title"]


def test_every_title_is_its_own_and_the_docstring_names_every_status():
    titles = [kind.title for kind in every_class()]

    assert len(set(titles)) == len(titles)
    for kind in every_class():
        if kind is not ProblemError:
            assert re.search(rf"{kind.__name__} +{kind.status} ", problems.__doc__)


@pytest.mark.parametrize("kind", every_class())
def test_more_members_stand_beside_the_sentence_and_never_in_its_place(kind):
    document = json.loads(a_problem(kind, findings=[1], post={"state": "blocked"}).body())

    assert document["findings"] == [1]
    assert document["post"] == {"state": "blocked"}
    assert document["detail"] == SENTENCE


def test_every_fault_has_its_entry_and_its_sentence():
    problem = InvalidFieldsError((FieldFault("text", "Write."), FieldFault("kind", "Choose.")))

    document = json.loads(problem.body())

    assert document["detail"] == "Write. Choose."
    assert document["errors"] == [
        {"field": "text", "detail": "Write."},
        {"field": "kind", "detail": "Choose."},
    ]


def test_a_document_can_be_written_whatever_it_quotes():
    body = InvalidFieldsError((FieldFault("\ud800", "“\udfff” is none."),)).body()

    assert json.loads(body.encode("utf-8"))["errors"] == [{"field": "?", "detail": "“?” is none."}]


def test_an_error_means_what_the_first_fitting_line_of_the_table_says():
    table = (
        (FileNotFoundError, lambda _: NotFoundError("Not here.")),
        (OSError, lambda error: ProblemError(str(error))),
    )

    assert isinstance(meaning_of(FileNotFoundError(), table), NotFoundError)
    assert meaning_of(PermissionError("No."), table).sentence == "No."
    assert meaning_of(ValueError(), table) is None
