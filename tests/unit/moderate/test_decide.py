"""The one decision: by the right person, about exactly these words, once, and it arrives."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderate.decide import (
    Bench,
    Choice,
    LinkOverError,
    MayNotDecideError,
    ReasonMissingError,
    WrongCodeError,
    check_code,
    check_link,
    decide,
)
from shared.accounts.registry import PersonStatus, Role
from shared.conductor.executions import ExecutionOverError, NoAnswerError, NobodyWaitsError
from shared.mail.links import CODE_BYTES, TOKEN_BYTES, mint
from shared.posts.errors import ContentChangedError
from shared.posts.life import State
from shared.posts.names import ContentHash
from shared.records.approval import WRONG_CODES, ApprovalState, Decision, Way, new_link
from shared.records.errors import (
    AlreadyDecidedError,
    ApprovalClosedError,
    ChangedError,
    DeadLinkError,
    PostMovedError,
    UnavailableError,
)
from tests.builders import NOW, a_link, a_person, a_post, an_approval, an_approver
from tests.unit.fakes import Conductor, Ledger

A_SECOND = timedelta(seconds=1)
RAY, SOL = an_approver("comms-ray"), an_approver("comms-sol")


def a_scene(**post):
    waiting = a_post(**{"state": State.AWAITING_APPROVAL, **post})
    ledger = Ledger().keep(waiting, an_approval(waiting), a_person(), RAY, SOL)
    return ledger, waiting


def a_choice(post, decision=Decision.APPROVE, reason=None, **changes):
    return Choice(
        **{"decision": decision, "reason": reason, "content_hash": post.content_hash, **changes}
    )


def rule(ledger, post, choice, by=RAY, conductor=None):
    return decide(
        post,
        ledger.approvals.get(post.post_id, 1),
        choice,
        by=by,
        way=Way.LINK,
        bench=Bench(ledger.approvals, ledger.links, conductor or Conductor()),
        now=NOW,
    )


DECISIONS = [
    (Decision.APPROVE, None, State.CLEARED, "approval.approved"),
    (Decision.APPROVE, "Well said.", State.CLEARED, "approval.approved"),
    (Decision.RETURN, "Say where.", State.RETURNED, "approval.returned"),
    (Decision.REJECT, "Not ours to say.", State.REJECTED, "approval.rejected"),
]


@pytest.mark.parametrize(("decision", "reason", "state", "act"), DECISIONS)
def test_a_decision_moves_the_post_and_is_on_record_and_wakes_the_machine(
    decision, reason, state, act
):
    ledger, post = a_scene()
    conductor = Conductor()

    approval = rule(ledger, post, a_choice(post, decision, reason), conductor=conductor)

    assert ledger.posts.get(post.post_id).state is state
    assert approval == ledger.approvals.get(post.post_id, 1)
    assert (approval.ruling.decision, approval.ruling.by) == (decision, RAY.person_id)
    assert (approval.ruling.reason, approval.ruling.way) == (reason, Way.LINK)
    assert ledger.happened == [act]
    assert ledger.acts[0].approver == ledger.acts[0].actor == "comms-ray"
    assert ledger.acts[0].payload["content_hash"] == post.content_hash
    assert conductor.delivered == [("token-1", decision.value)]
    assert approval.delivered


MAY_NOT = [
    ("the author", an_approver("pc-okafor"), "wrote this post"),
    ("an officer", a_person("pc-else"), "communications staff"),
    ("an auditor", a_person("auditor", role=Role.AUDITOR), "communications staff"),
    ("somebody suspended", an_approver(status=PersonStatus.SUSPENDED), "suspended"),
    ("a leaver", an_approver(status=PersonStatus.LEFT), "has ended"),
    ("somebody away", an_approver(status=PersonStatus.AWAY), "away"),
]


@pytest.mark.parametrize(("who", "by", "why"), MAY_NOT, ids=[row[0] for row in MAY_NOT])
@pytest.mark.parametrize("decision", Decision)
def test_who_may_not_approve_decides_nothing_at_all(who, by, why, decision):
    ledger, post = a_scene()

    with pytest.raises(MayNotDecideError, match=why):
        rule(ledger, post, a_choice(post, decision, "Because."), by=by)
    assert ledger.acts == []
    assert ledger.approvals.get(post.post_id, 1).ruling is None


@pytest.mark.parametrize("decision", [Decision.RETURN, Decision.REJECT])
@pytest.mark.parametrize("reason", [None, "", "  \n\t "])
def test_sending_a_post_back_needs_a_reason_its_author_can_work_with(decision, reason):
    ledger, post = a_scene()

    with pytest.raises(ReasonMissingError):
        rule(ledger, post, a_choice(post, decision, reason))
    assert ledger.acts == []


def test_a_choice_about_other_words_decides_nothing():
    ledger, post = a_scene()

    with pytest.raises(ContentChangedError):
        rule(ledger, post, a_choice(post, content_hash=ContentHash("0" * 64)))
    assert ledger.acts == []


def test_an_approval_that_was_asked_about_other_words_decides_nothing():
    ledger, post = a_scene()
    approval = ledger.approvals.get(post.post_id, 1)
    seen = Bench(ledger.approvals, ledger.links, Conductor())
    ledger.keep(replace(approval, content_hash=ContentHash("0" * 64)))

    with pytest.raises(ContentChangedError):
        decide(post, approval, a_choice(post), by=RAY, way=Way.QUEUE, bench=seen, now=NOW)
    assert ledger.acts == []


def test_of_two_decisions_one_is_made_and_the_other_is_told_who_was_first():
    ledger, post = a_scene()
    both = ledger.approvals.get(post.post_id, 1)
    bench = Bench(ledger.approvals, ledger.links, Conductor())
    rule(ledger, post, a_choice(post, Decision.REJECT, "No."), by=SOL)

    with pytest.raises(AlreadyDecidedError) as told:
        decide(post, both, a_choice(post), by=RAY, way=Way.LINK, bench=bench, now=NOW)
    assert (told.value.by, told.value.decision) == (SOL.person_id, Decision.REJECT)
    assert ledger.posts.get(post.post_id).state is State.REJECTED
    assert len(ledger.acts) == 1


@pytest.mark.parametrize("state", [ApprovalState.EXPIRED, ApprovalState.VOID])
def test_what_ended_undecided_is_not_decided_afterwards(state):
    ledger, post = a_scene()
    ledger.keep(replace(ledger.approvals.get(post.post_id, 1), state=state))

    with pytest.raises(ApprovalClosedError):
        rule(ledger, post, a_choice(post))


def test_a_post_that_moved_meanwhile_is_not_decided():
    ledger, post = a_scene()
    ledger.keep(replace(post, state=State.FAILED))

    with pytest.raises(PostMovedError):
        rule(ledger, post, a_choice(post))
    assert ledger.acts == []


@pytest.mark.parametrize(
    "fault",
    [
        NoAnswerError("No answer."),
        NobodyWaitsError("Too late."),
        ExecutionOverError("Over."),
        ChangedError("approval", "x", "was asked again"),
        UnavailableError("UpdateItem"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_a_decision_that_could_not_be_delivered_stands_and_is_left_to_the_sweep(fault):
    ledger, post = a_scene()

    approval = rule(ledger, post, a_choice(post), conductor=Conductor(fault=fault))

    assert not approval.delivered
    assert ledger.posts.get(post.post_id).state is State.CLEARED
    assert ledger.approvals.undelivered(NOW + A_SECOND) == (approval,)


# ── links and codes ──────────────────────────────────────────────────────────

MINTED = mint(bytes(TOKEN_BYTES), bytes(range(CODE_BYTES)))


def a_sent_link():
    ledger, post = a_scene()
    link = new_link(
        post,
        RAY.person_id,
        link_hash=MINTED.token_sha256,
        code_hash=MINTED.code_sha256,
        expires_at=NOW + timedelta(hours=1),
    )
    return ledger.keep(link), link


@pytest.mark.parametrize(
    ("change", "now", "usable"),
    [
        ({}, NOW, True),
        ({}, NOW + timedelta(hours=1) - A_SECOND, True),
        ({}, NOW + timedelta(hours=1), False),
        ({"void": True}, NOW, False),
    ],
)
def test_a_link_can_be_used_until_it_is_void_or_expires(change, now, usable):
    link = replace(a_link(a_post(), expires_at=NOW + timedelta(hours=1)), **change)

    if usable:
        check_link(link, now)
    else:
        with pytest.raises(LinkOverError, match="queue"):
            check_link(link, now)


def test_the_code_of_the_letter_opens_however_it_is_typed():
    ledger, link = a_sent_link()

    check_code(link, MINTED.token, f" {MINTED.code.lower()} ", ledger.links)

    assert ledger.links.find(MINTED.token).wrong_codes == 0


def test_a_wrong_code_says_how_many_tries_are_left_and_the_fifth_voids_the_link():
    ledger, link = a_sent_link()
    left = []
    for _ in range(WRONG_CODES - 1):
        with pytest.raises(WrongCodeError) as told:
            check_code(link, MINTED.token, "AAAA", ledger.links)
        left.append(told.value.tries_left)

    assert left == [4, 3, 2, 1]
    with pytest.raises(LinkOverError, match="last try"):
        check_code(link, MINTED.token, "AAAA", ledger.links)
    assert ledger.links.find(MINTED.token).void
    with pytest.raises(DeadLinkError):
        check_code(link, MINTED.token, "AAAA", ledger.links)


@pytest.mark.parametrize("typed", ["é", "\ud800", MINTED.code * 2, "0" * 10_000, "-"])
def test_what_is_no_code_at_all_counts_as_a_wrong_one(typed):
    ledger, link = a_sent_link()

    with pytest.raises(WrongCodeError):
        check_code(link, MINTED.token, typed, ledger.links)
    assert ledger.links.find(MINTED.token).wrong_codes == 1


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_an_empty_field_opens_nothing_and_is_no_guess(typed):
    ledger, link = a_sent_link()

    with pytest.raises(WrongCodeError) as told:
        check_code(link, MINTED.token, typed, ledger.links)
    assert told.value.tries_left == WRONG_CODES
    assert ledger.links.find(MINTED.token).wrong_codes == 0
