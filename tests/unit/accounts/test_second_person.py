"""When a second person has to read a post."""

import pytest

from shared.accounts.registry import ApprovalMode, Level
from shared.accounts.second_person import needs_second_person
from tests.builders import an_account

ALWAYS, FLAGGED, NONE = ApprovalMode.ALWAYS, ApprovalMode.FLAGGED, ApprovalMode.NONE


def needs(mode, level=Level.NEIGHBOURHOOD, **how):
    usual = {"to_review": False, "edited": False, "urgent": False}
    return needs_second_person(an_account(approval_mode=mode, level=level), **usual | how)


@pytest.mark.parametrize("mode", ApprovalMode)
@pytest.mark.parametrize("level", Level)
def test_what_is_to_be_reviewed_needs_one_whosever_account_it_is(mode, level):
    assert needs(mode, level, to_review=True)
    assert needs(mode, level) is (mode is ALWAYS)


@pytest.mark.parametrize("mode", ApprovalMode)
@pytest.mark.parametrize("to_review", [False, True])
def test_an_urgent_post_waits_for_nobody(mode, to_review):
    assert not needs(mode, to_review=to_review, urgent=True)


@pytest.mark.parametrize("mode", ApprovalMode)
@pytest.mark.parametrize("urgent", [False, True])
def test_an_edit_needs_another_approver_even_if_it_was_urgent(mode, urgent):
    assert needs(mode, edited=True, urgent=urgent)


@pytest.mark.parametrize(
    ("mode", "to_review", "second"),
    [
        (FLAGGED, False, False),
        (NONE, False, False),
        (ALWAYS, False, True),
        (FLAGGED, True, True),
        (NONE, True, True),
    ],
)
def test_the_force_may_let_an_edit_that_leaves_only_advice_clear_itself(mode, to_review, second):
    assert needs(mode, to_review=to_review, edited=True, edits_clear=True) is second


def test_letting_edits_clear_themselves_frees_nothing_else():
    assert needs(FLAGGED, to_review=True, edits_clear=True)
    assert needs(ALWAYS, edits_clear=True)
