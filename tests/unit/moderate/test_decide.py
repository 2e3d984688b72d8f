"""The one decision: by the right person, about exactly these words, once, and it arrives."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderate.case import Case, Choice
from moderate.decide import Bench, Seat, decide
from moderate.errors import (
    EditRefusedError,
    MayNotDecideError,
    ReasonMissingError,
    SignInNeededError,
    TakenBackError,
)
from shared.accounts.incident import Board
from shared.accounts.registry import PersonStatus, Role
from shared.conductor.executions import ExecutionOverError, NoAnswerError, NobodyWaitsError
from shared.policy.check import check
from shared.posts.errors import ContentChangedError
from shared.posts.life import State
from shared.posts.names import ContentHash, PersonId
from shared.records.approval import ApprovalState, Decision, TakenBack, Way
from shared.records.errors import (
    AlreadyDecidedError,
    ApprovalClosedError,
    ChangedError,
    PostMovedError,
    UnavailableError,
)
from tests.builders import (
    NOW,
    a_person,
    a_picture,
    a_post,
    an_account,
    an_approval,
    an_approver,
    an_incident,
)
from tests.unit.fakes import Conductor, Ledger
from tests.unit.policy.candidates import PACK, a_candidate

A_SECOND = timedelta(seconds=1)
SHOWN = NOW - timedelta(minutes=2)
RAY, SOL = an_approver("comms-ray"), an_approver("comms-sol")


def a_scene(**post):
    waiting = a_post(**{"state": State.AWAITING_APPROVAL, **post})
    ledger = Ledger().keep(waiting, an_approval(waiting), an_account(), a_person(), RAY, SOL)
    return ledger, waiting


def a_choice(post, decision=Decision.APPROVE, reason=None, **changes):
    return Choice(
        **{"decision": decision, "reason": reason, "content_hash": post.content_hash, **changes}
    )


def a_case(ledger, post, **changes):
    usual = {
        "post": post,
        "approval": ledger.approvals.get(post.post_id, 1),
        "account": ledger.accounts.get(post.draft.account),
        "author": ledger.people.get(post.author),
    }
    return Case(**{**usual, **changes})


def a_bench(ledger, conductor=None):
    return Bench(
        ledger.approvals,
        ledger.links,
        conductor or Conductor(),
        lambda candidate, _: check(candidate, PACK),
    )


def rule(ledger, post, choice, by=RAY, conductor=None, way=Way.LINK, **case):
    bench, seat = a_bench(ledger, conductor), Seat(by, way, SHOWN, "192.0.2.0/24", "A phone")
    return decide(a_case(ledger, post, **case), choice, seat, bench, NOW)


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
    assert approval.ruling.shown_at == SHOWN
    told = {name: ledger.acts[0].payload[name] for name in ("network", "device", "shown_at", "way")}
    assert told == {
        "network": "192.0.2.0/24",
        "device": "A phone",
        "shown_at": SHOWN.isoformat(),
        "way": "link",
    }
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
    ledger.keep(replace(approval, content_hash=ContentHash("0" * 64)))

    with pytest.raises(ContentChangedError):
        rule(ledger, post, a_choice(post), approval=approval)
    assert ledger.acts == []


def test_of_two_decisions_one_is_made_and_the_other_is_told_who_was_first():
    ledger, post = a_scene()
    both = ledger.approvals.get(post.post_id, 1)
    rule(ledger, post, a_choice(post, Decision.REJECT, "No."), by=SOL)

    with pytest.raises(AlreadyDecidedError) as told:
        rule(ledger, post, a_choice(post), approval=both)
    assert (told.value.by, told.value.decision) == (SOL.person_id, Decision.REJECT)
    assert ledger.posts.get(post.post_id).state is State.REJECTED
    assert len(ledger.acts) == 1


@pytest.mark.parametrize(
    ("ending", "sentence"),
    [(State.SUPERSEDED, "newer version"), (State.WITHDRAWN, "taken back")],
)
def test_what_was_taken_out_of_the_way_is_not_decided_any_more(ending, sentence):
    ledger, post = a_scene()
    back = TakenBack(ending, post.author, NOW)
    void = replace(ledger.approvals.get(post.post_id, 1), state=ApprovalState.VOID, taken_back=back)
    ledger.keep(void)

    with pytest.raises(TakenBackError, match=sentence):
        rule(ledger, post, a_choice(post))
    assert ledger.acts == []


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


# ── in their own right ───────────────────────────────────────────────────────

GRAVE = ({"rule": "operational", "severity": "review", "start": 0, "end": 3},)
SENIOR = an_approver("comms-dee", senior=True)


def test_where_the_findings_are_grave_a_link_is_not_enough_even_for_a_senior_approver():
    ledger, post = a_scene(findings=GRAVE)

    with pytest.raises(SignInNeededError, match="grave"):
        rule(ledger, post, a_choice(post), by=SENIOR)
    assert ledger.acts == []
    assert rule(ledger, post, a_choice(post), by=SENIOR, way=Way.QUEUE).ruling.by == "comms-dee"


def test_signed_in_only_a_senior_approver_decides_what_is_grave():
    ledger, post = a_scene(findings=GRAVE)

    with pytest.raises(MayNotDecideError, match="senior approver"):
        rule(ledger, post, a_choice(post), way=Way.QUEUE)
    assert ledger.acts == []


def test_advice_of_a_grave_rule_asks_nobody_to_sign_in():
    ledger, post = a_scene(findings=({**GRAVE[0], "severity": "advise"},))

    assert rule(ledger, post, a_choice(post)).ruling.way is Way.LINK


INCIDENTS = [
    ("for the whole force", an_incident(), True),
    ("a drill, and the post is for the sandbox alone", an_incident(drill=True), True),
    ("over", an_incident(stood_down_at=NOW), False),
    ("that exempts the account", an_incident(exempt=frozenset({"riverside"})), False),
]


@pytest.mark.parametrize(("which", "incident", "needed"), INCIDENTS, ids=[i[0] for i in INCIDENTS])
def test_while_an_incident_lasts_a_link_is_not_enough(which, incident, needed):
    ledger, post = a_scene()
    board = Board(1, (incident,))

    if needed:
        with pytest.raises(SignInNeededError, match="critical incident"):
            rule(ledger, post, a_choice(post), board=board)
        assert ledger.acts == []
    assert rule(ledger, post, a_choice(post), way=Way.QUEUE, board=board).ruling.by == RAY.person_id


def test_whoever_changed_the_words_last_does_not_decide_about_them():
    ledger, post = a_scene(editor=RAY.person_id)

    with pytest.raises(MayNotDecideError, match="changed these words"):
        rule(ledger, post, a_choice(post), editor=RAY)
    assert rule(ledger, post, a_choice(post), by=SOL, editor=RAY).ruling.by == SOL.person_id


# ── edit and approve ─────────────────────────────────────────────────────────

LINK = "https://roads.example.org/leek"
WORDS = "The road is closed, we think."
BETTER = "The road is closed."


def an_edit(post, text=BETTER, **changes):
    return a_choice(post, Decision.EDIT, text=text, **changes)


def test_an_edit_puts_a_new_version_in_the_place_of_the_old_one_and_wakes_both_machines():
    ledger, post = a_scene(text=WORDS)
    conductor = Conductor()

    approval = rule(ledger, post, an_edit(post, reason="Do not think."), conductor=conductor)

    old, new = ledger.posts.history(post.post_id)
    assert (old.state, old.reason) == (State.SUPERSEDED, "Do not think.")
    assert (new.version, new.state, new.draft.text) == (2, State.SUBMITTED, BETTER)
    assert (new.author, new.editor) == (post.author, RAY.person_id)
    assert (new.submitted_at, new.policy_version) == (NOW, PACK.policy_version)
    assert approval.ruling.decision is Decision.EDIT
    assert conductor.started == [(post.post_id, 2)]
    assert conductor.delivered == [("token-1", "superseded")]
    assert approval.delivered


def test_an_edit_is_on_record_as_a_decision_about_the_old_words_and_the_submission_of_the_new():
    ledger, post = a_scene(text=WORDS)

    rule(ledger, post, an_edit(post))

    decided, sent_in = ledger.acts
    new = ledger.posts.get(post.post_id)
    assert ledger.happened == ["approval.edited", "post.submitted"]
    assert decided.payload["content_hash"] == post.content_hash
    assert decided.payload["replaced_by"] == 2
    assert decided.payload["replaced_by_hash"] == new.content_hash
    assert sent_in.payload["content_hash"] == new.content_hash
    assert (sent_in.actor, sent_in.payload["text"]) == ("comms-ray", BETTER)
    assert "next version" in ledger.posts.get(post.post_id, 1).reason


def test_an_edit_keeps_everything_but_the_words():
    due = NOW + timedelta(days=2)
    ledger, post = a_scene(text=WORDS, not_before=due, embargo=True, media=(a_picture("A lorry."),))

    rule(ledger, post, an_edit(post, alts=("A lorry across both lanes.",)))

    draft = ledger.posts.get(post.post_id).draft
    assert (draft.not_before, draft.embargo, draft.platforms) == (due, True, post.draft.platforms)
    assert [media.alt for media in draft.media] == ["A lorry across both lanes."]
    assert [media.sha256 for media in draft.media] == [m.sha256 for m in post.draft.media]


REFUSED = [
    ("words that block", {"text": "Go! #a #b #c #d #e #f"}, "text", "hashtags"),
    ("a new reason for review", {"text": f"Look: {LINK}"}, "text", "links to"),
    ("nothing changed", {"text": WORDS}, "text", "changed nothing"),
    ("no words given", {"text": None}, "text", "changed nothing"),
    ("no words left", {"text": " \n "}, "text", "Write something"),
    ("an alt text for no picture", {"alts": ("A lorry.",)}, "alts", "one alt text for each"),
]


@pytest.mark.parametrize(
    ("what", "edit", "field", "sentence"), REFUSED, ids=[row[0] for row in REFUSED]
)
def test_an_edit_that_cannot_stand_decides_nothing(what, edit, field, sentence):
    ledger, post = a_scene(text=WORDS)

    with pytest.raises(EditRefusedError, match=sentence) as told:
        rule(ledger, post, an_edit(post, **edit))
    assert told.value.field == field
    assert ledger.acts == []
    assert ledger.posts.get(post.post_id) == post


def test_what_was_to_be_reviewed_already_may_be_put_better():
    words = f"Look at this: {LINK}"
    found = tuple(f.as_dict() for f in check(a_candidate(words, "sandbox"), PACK).findings)
    ledger, post = a_scene(text=words, findings=found)
    assert [f["severity"] for f in found] == ["review"]

    rule(ledger, post, an_edit(post, f"Read more at {LINK}"))

    assert ledger.posts.get(post.post_id).version == 2


def test_one_more_of_what_was_to_be_reviewed_already_is_refused():
    words = f"Look at this: {LINK}"
    found = tuple(f.as_dict() for f in check(a_candidate(words, "sandbox"), PACK).findings)
    ledger, post = a_scene(text=words, findings=found)

    with pytest.raises(EditRefusedError) as told:
        rule(ledger, post, an_edit(post, f"{LINK} and https://other.example.org/leek"))
    assert [finding.rule for finding in told.value.findings] == ["external-link"]
    assert ledger.acts == []


def test_an_edit_while_the_account_is_silent_is_blocked():
    ledger, post = a_scene(text=WORDS)

    with pytest.raises(EditRefusedError, match="incident"):
        rule(ledger, post, an_edit(post), way=Way.QUEUE, board=Board(1, (an_incident(),)))
    assert ledger.acts == []


def test_of_an_edit_and_an_approval_one_is_made():
    ledger, post = a_scene(text=WORDS)
    both = ledger.approvals.get(post.post_id, 1)
    rule(ledger, post, a_choice(post), by=SOL)

    with pytest.raises(AlreadyDecidedError):
        rule(ledger, post, an_edit(post), approval=both)
    assert [p.version for p in ledger.posts.history(post.post_id)] == [1]


def test_an_edit_whose_machines_do_not_answer_stands_and_is_left_to_the_sweep():
    ledger, post = a_scene(text=WORDS)

    approval = rule(
        ledger, post, an_edit(post), conductor=Conductor(fault=NoAnswerError("No answer."))
    )

    assert not approval.delivered
    assert [p.state for p in ledger.posts.history(post.post_id)] == [
        State.SUPERSEDED,
        State.SUBMITTED,
    ]


def test_an_author_does_not_edit_their_own_words_through_this_door():
    ledger, post = a_scene(text=WORDS, author=PersonId("comms-sol"))

    with pytest.raises(MayNotDecideError):
        rule(ledger, post, an_edit(post), by=SOL)
    assert ledger.acts == []
