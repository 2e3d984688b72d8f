"""Few may send a post out before a second person has read it, and only with a reason (leaf too)."""

from datetime import timedelta

import pytest

from compose.errors import MayNotPostError, NotReplaceableError
from compose.reading import Wanted
from compose.submit import submit
from shared.accounts.registry import PersonStatus, Role
from shared.posts.errors import InvalidDraftError
from shared.posts.life import State, Urgency, waits_for_review
from tests.builders import NOW, a_draft, a_person, a_post, a_post_id, an_account, an_approver
from tests.unit.compose.desks import a_desk

ACCOUNT = an_account(members=frozenset({"pc-okafor", "cmdr"}))
COMMANDER = a_person("cmdr", role=Role.LPT_COMMANDER)
WHY = "The bridge is down, and people drive into the river."


def send(desk, by=COMMANDER, text="Keep off Mill Bridge.", reason=WHY, **draft):
    wanted = Wanted(a_draft(text, **draft), urgent_reason=reason)
    return submit(wanted, by, ACCOUNT, desk, post_id=a_post_id(), now=NOW)


def test_a_commanders_urgent_post_is_on_its_way_and_says_why_it_did_not_wait():
    ledger, conductor, desk = a_desk()

    post = send(desk)

    assert (post.state, post.urgent_reason) == (State.SUBMITTED, WHY)
    assert post.urgency is Urgency.IMMEDIATE
    assert waits_for_review(post)
    assert ledger.happened == ["post.submitted", "post.urgent"]
    assert (ledger.acts[1].actor, ledger.acts[1].reason) == ("cmdr", WHY)
    assert conductor.started == [(post.post_id, 1)]


def test_what_the_check_found_is_told_with_the_reason():
    ledger, _, desk = a_desk()

    send(desk, text="RESTRICTED briefing: keep off Mill Bridge.")

    assert "protective-marking" in ledger.acts[1].payload["rules"]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (COMMANDER, True),
        (an_approver(duty=2), True),
        (an_approver(duty=7, role=Role.CORPORATE), True),
        (an_approver(duty=None, senior=True), True),
        (an_approver(duty=1), False),
        (an_approver(duty=None), False),
        (a_person(), False),
        (a_person(duty=2), False),
        (a_person(senior=True), False),
        (a_person("cmdr", role=Role.LPT_COMMANDER, status=PersonStatus.AWAY), False),
    ],
)
def test_commanders_duty_officers_and_senior_approvers_may_and_nobody_else(who, may):
    ledger, _, desk = a_desk()

    if may:
        assert send(desk, who).urgent_reason == WHY
    else:
        with pytest.raises(MayNotPostError):
            send(desk, who)
        assert ledger.acts == []


def test_what_is_urgent_goes_out_at_once():
    ledger, _, desk = a_desk()

    with pytest.raises(InvalidDraftError) as told:
        send(desk, not_before=NOW + timedelta(hours=1))
    assert told.value.field == "not_before"
    assert ledger.acts == []


def test_what_policy_blocks_is_blocked_however_urgent():
    ledger, conductor, desk = a_desk()

    post = send(desk, text="Keep off! #a #b #c #d #e #f")

    assert post.state is State.BLOCKED
    assert not waits_for_review(post)
    assert ledger.happened == ["post.blocked"]
    assert conductor.started == []


def test_somebody_elses_words_are_not_published_at_once():
    old = a_post(state=State.RETURNED)
    ledger, _, desk = a_desk(old, a_person())
    wanted = Wanted(a_draft(), (old.post_id, 1), urgent_reason=WHY)

    with pytest.raises(NotReplaceableError, match="of your own"):
        submit(wanted, an_approver(duty=2), ACCOUNT, desk, post_id=a_post_id(), now=NOW)
    assert ledger.acts == []


def test_without_a_reason_a_commanders_post_waits_like_any_other():
    ledger, _, desk = a_desk()

    post = send(desk, reason=None)

    assert (post.urgency, post.urgent_reason) == (Urgency.PROMPT, None)
    assert ledger.happened == ["post.submitted"]
