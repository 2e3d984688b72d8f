"""The words again, at the door: cleared, blocked, or a second person is asked."""

from datetime import timedelta

import pytest

from moderate.check_policy import check_policy
from shared.accounts.registry import ApprovalMode, Level
from shared.posts.errors import UnlawfulStepError
from shared.posts.life import State
from tests.builders import NOW, a_person, a_post, an_account
from tests.unit.fakes import Ledger
from tests.unit.policy.candidates import PACK

CLEAN = "The road is open again."
FLAGGED = "RESTRICTED briefing: the road is open again."
BLOCKED = "Open again! #a #b #c #d #e #f"


def a_scene(post, account=None):
    return Ledger().keep(post, account or an_account(), a_person())


def check(ledger, post, now=NOW):
    return check_policy(
        post.post_id, 1, posts=ledger.posts, snapshots=ledger.snapshots, pack=PACK, now=now
    )


OUTCOMES = [
    # the words, when the account's posts are read by a second person, what is told, what is so
    (CLEAN, ApprovalMode.FLAGGED, "clear", State.CLEARED),
    (CLEAN, ApprovalMode.ALWAYS, "needs_approval", State.SUBMITTED),
    (FLAGGED, ApprovalMode.FLAGGED, "needs_approval", State.SUBMITTED),
    (FLAGGED, ApprovalMode.ALWAYS, "needs_approval", State.SUBMITTED),
    (BLOCKED, ApprovalMode.FLAGGED, "blocked", State.BLOCKED),
    (BLOCKED, ApprovalMode.ALWAYS, "blocked", State.BLOCKED),
]


@pytest.mark.parametrize(("text", "mode", "outcome", "state"), OUTCOMES)
def test_the_verdict_and_the_account_decide_who_is_asked(text, mode, outcome, state):
    post = a_post(text)
    ledger = a_scene(post, an_account(approval_mode=mode))

    checked = check(ledger, post)

    assert checked.outcome == outcome
    assert ledger.posts.get(post.post_id).state is state


NOBODY_READS = [
    # the words, the account's level, what is told
    (CLEAN, Level.CORPORATE, "clear"),
    (FLAGGED, Level.CORPORATE, "clear"),
    (BLOCKED, Level.CORPORATE, "blocked"),
    (FLAGGED, Level.LPT, "needs_approval"),
    (FLAGGED, Level.NEIGHBOURHOOD, "needs_approval"),
]


@pytest.mark.parametrize(("text", "level", "outcome"), NOBODY_READS)
def test_only_the_centres_own_account_can_do_without_a_second_person(text, level, outcome):
    post = a_post(text)
    ledger = a_scene(post, an_account(approval_mode=ApprovalMode.NONE, level=level))

    assert check(ledger, post).outcome == outcome


@pytest.mark.parametrize(("text", "act"), [(CLEAN, "post.cleared"), (BLOCKED, "post.blocked")])
def test_what_the_check_decided_is_on_record_with_the_policy_that_decided(text, act):
    post = a_post(text, policy_version="last year's")
    ledger = a_scene(post)

    check(ledger, post)

    kept = ledger.posts.get(post.post_id)
    assert kept.policy_version == PACK.policy_version
    assert [found["rule"] for found in kept.findings] == ledger.acts[0].payload["rules"]
    assert ledger.happened == [act]
    assert ledger.acts[0].payload["policy_version"] == PACK.policy_version
    assert ledger.acts[0].payload["content_hash"] == post.content_hash


def test_a_post_that_needs_a_person_is_not_moved_by_a_machine():
    post = a_post(FLAGGED)
    ledger = a_scene(post)

    check(ledger, post)

    assert ledger.acts == []


@pytest.mark.parametrize("text", [CLEAN, FLAGGED, BLOCKED])
def test_a_repeated_call_tells_the_same_and_records_nothing_more(text):
    post = a_post(text)
    ledger = a_scene(post)
    first = check(ledger, post)
    acts = list(ledger.acts)

    assert check(ledger, post) == first
    assert ledger.acts == acts


def test_a_post_that_is_asked_about_already_still_needs_its_approval():
    post = a_post(CLEAN, state=State.AWAITING_APPROVAL)

    assert check(a_scene(post), post).outcome == "needs_approval"


@pytest.mark.parametrize("state", [State.RETURNED, State.PUBLISHED, State.EXPIRED, State.RELEASED])
def test_a_post_that_is_past_the_door_is_not_cleared_again(state):
    post = a_post(CLEAN, state=state)
    ledger = a_scene(post)

    with pytest.raises(UnlawfulStepError):
        check(ledger, post)
    assert ledger.acts == []


def test_a_post_without_a_time_is_due_at_once_and_one_with_a_time_then():
    due = NOW + timedelta(days=1)
    soon, later = a_post(CLEAN), a_post(CLEAN, not_before=due)

    assert check(a_scene(soon), soon).due_at == NOW
    assert check(a_scene(later), later).due_at == due
    assert sum(check(a_scene(later), later).round_seconds) == (due - NOW).total_seconds() - 300
