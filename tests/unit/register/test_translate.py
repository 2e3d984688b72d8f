"""Every error the registrar's room can meet, as a problem with a sentence a person can act on."""

import json

import pytest

from register import errors
from register.leavers import LeaverFileError, LineFault
from register.standing import OwnStandingError
from register.translate import page_of, translate
from shared.accounts import errors as registry
from shared.http.problems import NotSignedInError, ProblemError
from shared.identity.session import ForgedFormError, NotAllowedError, UnknownSessionError
from shared.posts.names import AccountId
from shared.records import errors as records

FAULTS = (registry.Fault("email", "Use the team's own."), registry.Fault("why", "Say why."))
MEANS = [
    # the error, the status, a word of the sentence
    (UnknownSessionError("Sign in first."), 401, "Sign in first."),
    (records.ExpiredSessionError(), 401, "Sign in again."),
    (NotAllowedError("Only the web team."), 403, "web team"),
    (ForgedFormError("Reload the page."), 403, "Reload"),
    (OwnStandingError(), 403, "Nobody changes their own"),
    (registry.IncompleteAccountError(FAULTS), 422, "Say why."),
    (registry.IncompletePersonError(FAULTS), 422, "Say why."),
    (registry.PersonalEmailError("No personal e-mail."), 422, "No personal"),
    (registry.HandleError("No such name."), 422, "No such name"),
    (registry.UnlawfulAccountStepError("closed", "active"), 409, "closed cannot become active"),
    (registry.UnlawfulPersonStepError("left", "away"), 409, "left cannot become away"),
    (registry.NotReverifiedError(), 409, "Verify the work e-mail"),
    (LeaverFileError((LineFault(3, "Write a day."),)), 422, "Write a day."),
    (errors.NoCoverError(("Leek",)), 409, "Nobody would be there for Leek"),
    (errors.StillAboveError(("Leek",)), 409, "move them first: Leek"),
    (errors.NoSuchTargetError("No name there."), 404, "No name there."),
    (errors.NotThatPersonError("Not them."), 409, "Not them."),
    (errors.NoDelegationError("There is none."), 409, "There is none."),
    (errors.NotProposedError(), 409, "Nobody proposes to close"),
    (errors.VaultError("Not kept."), 503, "Not kept."),
    (records.InvalidCursorError(), 422, "cursor"),
    (records.UnstorableError("Half a character."), 422, "Half a character."),
    (records.HeldError("sandbox#leek", AccountId("leek-npt")), 409, "belongs to the account"),
    (records.AlreadyExistsError("person", "p-x"), 409, "taken"),
    (records.NotFoundError("person", "p-x"), 404, "nothing here"),
    (records.ChangedError("person", "p-x", "was changed"), 409, "reload"),
    (records.BusyError("PutItem"), 503, "Nothing was changed"),
    (records.UnavailableError("PutItem"), 503, "whether it was changed"),
]


@pytest.mark.parametrize(
    ("error", "status", "word"), MEANS, ids=[type(row[0]).__name__ for row in MEANS]
)
def test_every_error_is_a_problem_with_its_status_and_its_sentence(error, status, word):
    problem = translate(error)

    document = json.loads(problem.body())
    assert document["status"] == status
    assert word in document["detail"]


def test_every_fault_of_an_entry_is_told_by_its_field():
    document = translate(registry.IncompleteAccountError(FAULTS)).document()

    assert [error["field"] for error in document["errors"]] == ["email", "why"]


def test_every_error_of_the_room_is_foreseen():
    roots = (errors.RegisterError, registry.RegistryError)
    every = {kind for root in roots for kind in leaves_of(root)}
    told = {type(error) for error, *_ in MEANS}

    assert {
        kind for kind in every if not issubclass(kind, (*told, registry.RegistryError))
    } == set()


def test_a_fault_of_ours_is_nobodys_problem():
    assert translate(RuntimeError("Ours.")) is None


def test_who_is_not_signed_in_is_shown_the_way():
    assert "https://sign-in.example" in page_of(NotSignedInError("No."), "https://sign-in.example")
    assert "/registry" in page_of(ProblemError("Broke."), "https://sign-in.example")


def leaves_of(kind):
    """Every class below this one that has none below itself."""
    below = kind.__subclasses__()
    return {leaf for each in below for leaf in leaves_of(each)} if below else {kind}
